using System.Runtime.CompilerServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;
using IdeaVote.Engine.Reactors;
using IdeaVote.Engine.Snapshots;
using IdeaVote.Engine.Telemetry;

namespace IdeaVote.Engine.Embedded;

/// <summary>
/// The engine that runs in the server's own process: one commit loop, one journal, boards in memory, other projections and
/// reactors behind them.
/// </summary>
public sealed class EmbeddedEngine : IEngine, IProjectionWaiter, IAsyncDisposable
{
    private const int FeedPage = 1_000;
    // Enough for a projection that pauses for a moment, and few enough to cost the garbage collector nothing.
    private const int TailEvents = 16_384;
    private static readonly Board NoBoard = new();

    private readonly IJournalStore journal;
    private readonly string partition;
    private readonly Committer committer;
    private readonly Boards boards;
    private readonly CommandQueue queue;
    private readonly AsyncSignal committed = new();
    private readonly FeedTail tail = new(TailEvents);
    private readonly EngineTelemetry telemetry;
    private readonly List<ProjectionRunner> runners = [];
    private readonly TaskCompletionSource loopEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WakeUps wakeUps;
    private readonly Slots slots;
    private FollowUpReactor? refunds;
    private Thread? loop;
    private long head;

    private EmbeddedEngine(IJournalStore journal, string partition, Slots slots, EmbeddedOptions options, TimeProvider time)
    {
        this.journal = journal;
        this.partition = partition;
        this.slots = slots;
        boards = new Boards(partition);
        committer = new Committer(journal, partition);
        queue = new CommandQueue(options.QueueCommands);
        telemetry = new EngineTelemetry(() => queue.Count, () => slots.Count);
        telemetry.ObserveQueue(options.QueueCommands, () => queue.Overloads);
        telemetry.ObserveJournal(() => Volatile.Read(ref head));
        wakeUps = new WakeUps(this, boards, time);
    }

    /// <summary>Opens the journal, folds what the snapshots lack, and begins to serve.</summary>
    /// <param name="journal">Where events lie.</param>
    /// <param name="partition">The journal's one partition.</param>
    /// <param name="snapshots">Where snapshots lie.</param>
    /// <param name="projections">Projections that follow on their own; an <see cref="IBackersIndex"/> among them brings refunds.</param>
    /// <param name="options">How to behave.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="JournalException">The journal can't be used; the message says why and what to do.</exception>
    public static async Task<EmbeddedEngine> StartAsync(
        IJournalStore journal, string partition, ISnapshotStore snapshots, IReadOnlyList<IProjection> projections,
        EmbeddedOptions options, TimeProvider time)
    {
        var engine = new EmbeddedEngine(journal, partition, new Slots(snapshots, journal, partition, options.CacheWeight), options, time);
        try
        {
            await engine.committer.BeginAsync();
            var clock = new LoopClock(time);
            await new Recovery(journal, partition, snapshots, engine.slots, engine.boards, clock, options).RunAsync(engine.committer.Head);
            engine.head = engine.committer.Head;
            engine.tail.Begin(engine.head);
            engine.StartLoop(snapshots, clock, options);
            await engine.FollowAsync(projections, time);
            engine.wakeUps.Ring();
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Ends when the engine has stopped serving: well after <see cref="DisposeAsync"/>, with the exception after a failed commit
    /// or a projection that can't go on. The process must then stop, and say why.
    /// </summary>
    public Task Completion => Task.WhenAny([loopEnded.Task, .. runners.Select(r => r.Running), refunds?.Running ?? loopEnded.Task]).Unwrap();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CampaignId>> CampaignsAsync(CancellationToken cancellation = default) => new(boards.Campaigns);

    /// <inheritdoc/>
    public ValueTask<Reply> SendAsync(StreamId stream, Command command, CancellationToken cancellation = default) =>
        queue.Send(stream, command);

    /// <inheritdoc/>
    public ValueTask<Reply> SendWhenRoomAsync(StreamId stream, Command command, CancellationToken cancellation = default) =>
        queue.SendWhenRoom(stream, command, cancellation);

    /// <inheritdoc/>
    public ValueTask<Reply> ReadAsync(StreamId stream, CancellationToken cancellation = default) => queue.Send(stream, null);

    /// <inheritdoc/>
    public ValueTask<T> QueryAsync<T>(CampaignId campaign, Func<Board, Position, T> read, CancellationToken cancellation = default) =>
        new(boards.Find(campaign) is { } board ? board.Read(read) : read(NoBoard, Position.Start));

    /// <inheritdoc/>
    public ValueTask<bool> WaitAsync(Position position, TimeSpan patience, CancellationToken cancellation = default)
    {
        var offset = position.In(partition);
        return committed.UntilAsync(() => Volatile.Read(ref head) >= offset, patience, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> WaitAsync(string projection, Position position, TimeSpan patience, CancellationToken cancellation = default)
    {
        foreach (var runner in runners)
            if (string.Equals(runner.Name, projection, StringComparison.Ordinal))
                return await runner.WaitAsync(position, patience, cancellation);
        throw new ArgumentException($"There is no projection '{projection}'.", nameof(projection));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedEntry> FeedAsync(
        CampaignId campaign, Position after, bool follow, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ReadOnlyMemory<byte> previous = HashChain.Origin;
        var offset = after.In(partition);
        if (offset > 0 && await journal.LastOfAsync(partition, campaign, offset, cancellation) is { } last)
            previous = last.Hash;
        while (true)
        {
            var next = boards.Find(campaign)?.Changed.NextAsync() ?? committed.NextAsync();
            var page = await journal.ReadAsync(partition, offset, campaign, FeedPage, cancellation);
            foreach (var record in page)
            {
                offset = record.Position;
                yield return new FeedEntry(Position.Of(partition, offset), campaign, 0, record.Body, previous, record.Hash);
                previous = record.Hash;
            }
            if (page.Count > 0)
                continue;
            if (!follow)
                yield break;
            await next.WaitAsync(cancellation);
        }
    }

    /// <summary>Takes no more commands, answers those waiting, saves all snapshots and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        wakeUps.Dispose();
        if (refunds is not null)
            await StopAsync(refunds);
        queue.Close();
        if (loop is not null)
            await loopEnded.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var runner in runners)
            await StopAsync(runner);
        committer.Dispose();
        telemetry.Dispose();
    }

    private static Debts CountDebts(IBackersIndex backers)
    {
        try
        {
            return backers.CountDebtsAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (JournalException)
        {
            // Whoever keeps the index up says why it can't be read; here it only can't be told.
            return default;
        }
    }

    private static async Task StopAsync(IAsyncDisposable part)
    {
        try
        {
            await part.DisposeAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Completion has told why it failed; stopping goes on with the rest.
        }
    }

    private void StartLoop(ISnapshotStore snapshots, LoopClock clock, EmbeddedOptions options)
    {
        var writer = new BatchWriter(committer, snapshots, telemetry);
        var commitLoop = new CommitLoop(queue, writer, slots, boards, partition, tail, clock, telemetry, committed, options)
        {
            CampaignChanged = wakeUps.Ring,
            Committed = offset => Volatile.Write(ref head, offset),
        };
        loop = new Thread(() =>
        {
            try
            {
                using (writer)
                    commitLoop.Run(head);
                loopEnded.TrySetResult();
            }
            catch (Exception e)
            {
                // Whatever it was: nothing is served any more, and who watches Completion stops the process.
                loopEnded.TrySetException(e);
            }
        })
        { IsBackground = true, Name = "commit loop" };
        loop.Start();
    }

    private async Task FollowAsync(IReadOnlyList<IProjection> projections, TimeProvider time)
    {
        var feed = new JournalFeed(journal, partition, tail, committed);
        foreach (var projection in projections)
        {
            var runner = new ProjectionRunner(projection, feed);
            await runner.StartAsync();
            runners.Add(runner);
            // A log whose end is damaged looks to the store like one that ends there. Whoever has folded more knows better.
            if (runner.Position.In(partition) > head)
            {
                throw new JournalException(
                    $"The journal ends at event {head}, but {runner.Name} was made from {runner.Position.In(partition)}: its end is damaged or lost. Restore the data folder from a backup; "
                    + $"if an older journal was put in its place on purpose, delete what is made from it: {string.Join(", ", projections.Select(p => $"{p.Name}.db"))}.");
            }
            telemetry.ObserveLag(runner.Name, () => Volatile.Read(ref head) - runner.Position.In(partition));
            if (projection is not IBackersIndex backers)
                continue;
            telemetry.ObserveDebts(() => CountDebts(backers));
            refunds = new FollowUpReactor(this, backers, runner.Folded, time);
            refunds.Start();
        }
    }
}
