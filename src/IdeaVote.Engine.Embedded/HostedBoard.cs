using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Engine.Embedded;

/// <summary>A board, folded by the commit loop and read by everybody, one at a time.</summary>
internal sealed class HostedBoard(CampaignId campaign, string partition, Board board, long position)
{
    private readonly Lock gate = new();
    private long savedPosition = position;
    private long savedRevision = board.Revision;
    private long position = position;

    /// <summary>The campaign it counts.</summary>
    public CampaignId Campaign { get; } = campaign;

    /// <summary>Raised when something new has been folded.</summary>
    public AsyncSignal Changed { get; } = new();

    /// <summary>The last position its snapshot includes, if it has changed since; null if not. For the commit loop only.</summary>
    public long? SavedUpTo => board.Revision == savedRevision ? null : savedPosition;

    public T Read<T>(Func<Board, Position, T> read)
    {
        lock (gate)
            return read(board, Position.Of(partition, position));
    }

    /// <summary>Folds an event, unless it has been folded already.</summary>
    public void Apply(RecordedEvent recorded, long at)
    {
        lock (gate)
        {
            if (at <= position)
                return;
            board.Apply(recorded);
            position = at;
        }
    }

    public BoardSnapshot TakeSnapshot()
    {
        (savedPosition, savedRevision) = (position, board.Revision);
        return new BoardSnapshot(Campaign, position, BoardSnapshots.Write(board));
    }
}
