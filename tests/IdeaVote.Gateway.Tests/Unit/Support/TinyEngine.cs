using System.Runtime.CompilerServices;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;

namespace IdeaVote.Gateway.Tests.Unit.Support;

/// <summary>The engine in memory and in one piece: each command has its turn at once, under one lock, and nothing is kept.</summary>
internal sealed class TinyEngine : IEngine
{
    private readonly Lock gate = new();
    private readonly Dictionary<StreamId, Aggregate> states = [];
    private readonly Dictionary<CampaignId, Board> boards = [];
    private long head;
    private int waiting;

    /// <summary>When set, no command is answered before it ends.</summary>
    public Task? Hold { get; set; }

    /// <summary>The events of the feed, which a test makes up.</summary>
    public Func<Position, bool, CancellationToken, IAsyncEnumerable<FeedEntry>>? Feed { get; set; }

    /// <summary>The most commands that ever waited at once.</summary>
    public int MostWaiting { get; private set; }

    public ValueTask<IReadOnlyList<CampaignId>> CampaignsAsync(CancellationToken cancellation = default) => new([.. boards.Keys]);

    public async ValueTask<Reply> SendAsync(StreamId stream, Command command, CancellationToken cancellation = default)
    {
        lock (gate)
            MostWaiting = Math.Max(MostWaiting, ++waiting);
        if (Hold is { } hold)
            await hold.WaitAsync(cancellation);
        lock (gate)
        {
            waiting--;
            var board = BoardOf(stream.Campaign);
            var result = Turn.Run(stream, StateOf(stream), command, new Context(board));
            if (result.Refusal is { } refusal)
                return Reply.Refused(refusal);
            states[stream] = result.State;
            foreach (var recorded in result.Events)
                board.Apply(recorded);
            head += result.Events.Length;
            return Reply.Accepted(result.State, Places.At(head), result.Events.Length > 0);
        }
    }

    public ValueTask<Reply> SendWhenRoomAsync(StreamId stream, Command command, CancellationToken cancellation = default) =>
        SendAsync(stream, command, cancellation);

    public ValueTask<Reply> ReadAsync(StreamId stream, CancellationToken cancellation = default)
    {
        lock (gate)
            return ValueTask.FromResult(Reply.Accepted(StateOf(stream), Places.At(head), changed: false));
    }

    public T Query<T>(CampaignId campaign, Func<Board, Position, T> read)
    {
        lock (gate)
            return read(BoardOf(campaign), Places.At(head));
    }

    public ValueTask<T> QueryAsync<T>(CampaignId campaign, Func<Board, Position, T> read, CancellationToken cancellation = default) => new(Query(campaign, read));

    public ValueTask<bool> WaitAsync(Position position, TimeSpan patience, CancellationToken cancellation = default) =>
        ValueTask.FromResult(Places.At(head).Includes(position));

    public IAsyncEnumerable<FeedEntry> FeedAsync(CampaignId campaign, Position after, bool follow, CancellationToken cancellation = default) =>
        Feed!(after, follow, cancellation);

    /// <summary>A feed of these events, which then goes on for ever if it is followed.</summary>
    public static async IAsyncEnumerable<FeedEntry> Entries(
        IEnumerable<FeedEntry> entries, bool follow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var entry in entries)
            yield return entry;
        if (follow)
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
    }

    private Aggregate StateOf(StreamId stream) => states.GetValueOrDefault(stream) ?? Aggregate.Empty(stream.Kind);

    private Board BoardOf(CampaignId campaign)
    {
        if (!boards.TryGetValue(campaign, out var board))
            boards.Add(campaign, board = new Board());
        return board;
    }

    private sealed class Context(Board board) : TurnContext
    {
        public override Instant Now => new(1_000);

        public override Campaign Campaign => board.Campaign;

        public override IdeaStatus? StatusOf(IdeaId idea) => board.Find(idea)?.Status;
    }
}
