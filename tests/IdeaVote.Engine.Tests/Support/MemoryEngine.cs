using System.Runtime.CompilerServices;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Engine.Tests.Support;

/// <summary>The smallest engine there can be: one turn, one commit, one answer, and then the next.</summary>
public sealed class MemoryEngine : IEngine, IDisposable
{
    public const string Partition = OnePartition.Name;

    private readonly SemaphoreSlim turn = new(1);
    private readonly Committer committer;
    private readonly Dictionary<StreamId, Aggregate> states = [];
    private readonly Dictionary<CampaignId, Board> boards = [];

    public MemoryEngine(FaultyMemoryJournal journal)
    {
        Journal = journal;
        committer = new Committer(journal, Partition);
    }

    public FaultyMemoryJournal Journal { get; }

    /// <summary>Raised after each commit.</summary>
    public AsyncSignal Committed { get; } = new();

    /// <summary>Its newest events; so few that a runner soon needs the journal.</summary>
    public FeedTail Tail { get; } = new(4);

    /// <summary>What is answered without looking at the command; null to look at it.</summary>
    public Func<Command, Reply?> Fault { get; set; } = _ => null;

    /// <summary>What voters' turns believe of an idea's status instead of the truth; null for the truth.</summary>
    public Func<IdeaId, IdeaStatus?> Hearsay { get; set; } = _ => null;

    /// <summary>Every command that was looked at.</summary>
    public List<(StreamId Stream, Command Command, Reply Reply)> Sent { get; } = [];

    public Position Head => OnePartition.At(committer.Head);

    public ValueTask<IReadOnlyList<CampaignId>> CampaignsAsync(CancellationToken cancellation = default) => new([.. boards.Keys]);

    /// <summary>The journal as projections see it.</summary>
    public IFeedSource Source => new JournalFeed(Journal, Partition, Tail, Committed);

    public static async Task<MemoryEngine> StartAsync(FaultyMemoryJournal? journal = null)
    {
        var engine = new MemoryEngine(journal ?? new FaultyMemoryJournal());
        await engine.committer.BeginAsync();
        engine.Tail.Begin(engine.committer.Head);
        return engine;
    }

    public async ValueTask<Reply> SendAsync(StreamId stream, Command command, CancellationToken cancellation = default)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var reply = Fault(command) ?? await RunAsync(stream, command);
            Sent.Add((stream, command, reply));
            return reply;
        }
        finally
        {
            turn.Release();
        }
    }

    public ValueTask<Reply> SendWhenRoomAsync(StreamId stream, Command command, CancellationToken cancellation = default) =>
        SendAsync(stream, command, cancellation);

    public ValueTask<Reply> ReadAsync(StreamId stream, CancellationToken cancellation = default) =>
        new(Reply.Accepted(State(stream), Head, changed: false));

    public ValueTask<T> QueryAsync<T>(CampaignId campaign, Func<Board, Position, T> read, CancellationToken cancellation = default) =>
        new(read(boards.GetValueOrDefault(campaign) ?? new Board(), Head));

    public ValueTask<bool> WaitAsync(Position position, TimeSpan patience, CancellationToken cancellation = default) => new(Head.Includes(position));

    public async IAsyncEnumerable<FeedEntry> FeedAsync(
        CampaignId campaign, Position after, bool follow, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var previous = HashChain.Origin;
        foreach (var record in await Journal.ReadAsync(Partition, 0, campaign, int.MaxValue, cancellation))
        {
            if (record.Position > after.Offset())
                yield return new FeedEntry(OnePartition.At(record.Position), campaign, 0, record.Body, previous, record.Hash);
            previous = record.Hash;
        }
    }

    /// <summary>The events of the journal.</summary>
    public IReadOnlyList<RecordedEvent> Feed() => [.. Journal.All(Partition).Select(record => EventReader.Read(record.Body))];

    public Aggregate State(StreamId stream) => states.GetValueOrDefault(stream) ?? Aggregate.Empty(stream.Kind);

    public void Dispose()
    {
        committer.Dispose();
        turn.Dispose();
    }

    private async Task<Reply> RunAsync(StreamId stream, Command command)
    {
        var context = new FixedContext(T((int)committer.Head), (Campaign)State(StreamId.Of(stream.Campaign)), idea => StatusOf(stream.Campaign, idea));
        var result = Turn.Run(stream, State(stream), command, context);
        if (result.Refusal is { } refusal)
            return Reply.Refused(refusal);
        foreach (var recorded in result.Events)
            await committer.StageAsync(recorded);
        await committer.CommitAsync();
        states[stream] = result.State;
        if (!boards.TryGetValue(stream.Campaign, out var board))
            boards.Add(stream.Campaign, board = new Board());
        foreach (var recorded in result.Events)
            board.Apply(recorded);
        Tail.Add(result.Events);
        if (result.Events.Length > 0)
            Committed.Raise();
        return Reply.Accepted(result.State, Head, result.Events.Length > 0);
    }

    private IdeaStatus? StatusOf(CampaignId campaign, IdeaId idea) =>
        Hearsay(idea) ?? (State(StreamId.Of(campaign, idea)) is Idea { Exists: true } known ? known.Status : null);
}
