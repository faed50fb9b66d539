using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Partitions;

/// <summary>
/// A process's own copy of one campaign's board, folded from all its partitions. It knows how old it is: turns decide by its rules
/// only while they are known to be fresh. One refresh at a time; anybody may read meanwhile.
/// </summary>
/// <param name="feed">The campaign's events.</param>
/// <param name="time">The clock that turns go by.</param>
public sealed class CampaignFollower(CampaignFeed feed, TimeProvider time)
{
    /// <summary>How old the copy of the rules may be at most for a turn to decide by it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private const int Page = 5_000;

    private readonly Lock gate = new();
    private Board board = new();
    private Position position;
    private long freshAsOf = long.MinValue;

    /// <summary>Whether it was ever up to date.</summary>
    public bool IsLoaded => Volatile.Read(ref freshAsOf) != long.MinValue;

    /// <summary>Whether turns may decide by the copy now: its rules and statuses were the newest less than a <see cref="Lease"/> ago.</summary>
    public bool IsFresh => IsLoaded && Instant.From(time.GetUtcNow()).UnixMilliseconds - Volatile.Read(ref freshAsOf) <= (long)Lease.TotalMilliseconds;

    /// <summary>How far it is.</summary>
    public Position Position => Read(static (_, position) => position);

    /// <summary>Reads the board and how far it is; keep it short.</summary>
    public T Read<T>(Func<Board, Position, T> read)
    {
        lock (gate)
            return read(board, position);
    }

    /// <summary>Begins with a board that was folded before, rather than with an empty one. Before the first refresh only.</summary>
    public void Restore(Board folded, Position upTo)
    {
        lock (gate)
            (board, position) = (folded, upTo);
    }

    /// <summary>Folds what is new, up to a page from each partition.</summary>
    /// <returns>Whether more is waiting.</returns>
    /// <exception cref="JournalException">The journal can't be read. What was folded stays; ask again later.</exception>
    public async ValueTask<bool> RefreshAsync(CancellationToken cancellation = default)
    {
        var page = await feed.ReadPageAsync(Position, Page, cancellation);
        var events = page.Records.Select(placed => EventReader.Read(placed.Record.Body)).ToList();
        lock (gate)
        {
            foreach (var recorded in events)
                board.Apply(recorded);
            position = page.UpTo;
        }
        if (page.AsOf is { } asOf)
            Volatile.Write(ref freshAsOf, asOf.UnixMilliseconds);
        return page.HasMore;
    }
}
