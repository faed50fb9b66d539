using System.Diagnostics;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Snapshots;
using IdeaVote.Engine.Telemetry;

namespace IdeaVote.Engine.Embedded;

/// <summary>
/// The heart: one thread that takes the commands waiting, runs their turns on states not yet committed, appends all events
/// once, waits for the disk, folds the boards and only then answers. While it waits for the disk the next batch gathers, so
/// the busier it is the cheaper each commit gets.
/// </summary>
internal sealed class CommitLoop
{
    private readonly CommandQueue queue;
    private readonly Committer committer;
    private readonly ISnapshotStore snapshots;
    private readonly Slots slots;
    private readonly Boards boards;
    private readonly LoopClock clock;
    private readonly LoopContext context;
    private readonly EngineTelemetry telemetry;
    private readonly AsyncSignal committed;
    private readonly EmbeddedOptions options;
    private readonly List<Pending> batch = [];
    private readonly List<RecordedEvent> events = [];
    private bool campaignsChanged;

    public CommitLoop(
        CommandQueue queue, Committer committer, ISnapshotStore snapshots, Slots slots, Boards boards, LoopClock clock,
        EngineTelemetry telemetry, AsyncSignal committed, EmbeddedOptions options)
    {
        this.queue = queue;
        this.committer = committer;
        this.snapshots = snapshots;
        this.slots = slots;
        this.boards = boards;
        this.clock = clock;
        this.telemetry = telemetry;
        this.committed = committed;
        this.options = options;
        context = new LoopContext(slots);
    }

    /// <summary>Called on the loop's thread after a commit that changed a campaign: its schedule may be another.</summary>
    public Action? CampaignChanged { get; init; }

    /// <summary>Called on the loop's thread after each commit and before its answers, with the new head.</summary>
    public Action<long>? Committed { get; init; }

    /// <summary>Runs until the queue is completed and empty; then saves all snapshots.</summary>
    /// <exception cref="JournalException">A commit failed. Everybody waiting has been told that the outcome is unknown.</exception>
    public void Run()
    {
        try
        {
            while (WaitForWork())
            {
                TakeBatch();
                RunTurns();
                Commit();
                Fold();
                Answer();
                KeepHouse();
            }
            while (NeedsSaving)
                SaveBucket(boardsBehind: 1);
        }
        catch
        {
            FailAll();
            throw;
        }
    }

    private bool WaitForWork()
    {
        while (true)
        {
            var waiting = queue.Reader.WaitToReadAsync();
            if (waiting.IsCompleted)
                return waiting.Result;
            var task = waiting.AsTask();
            // Nothing comes: time to save snapshots, a bucket at a time so that whoever comes next does not wait for all.
            while (!task.Wait(options.Idle) && NeedsSaving)
                SaveBucket(boardsBehind: 1);
            return task.GetAwaiter().GetResult();
        }
    }

    private bool NeedsSaving => slots.Dirty.Count > 0 || boards.SavedUpTo(committer.Head.Offset) < committer.Head.Offset;

    private void TakeBatch()
    {
        while (batch.Count < options.BatchCommands && queue.Reader.TryRead(out var pending))
            batch.Add(pending);
    }

    private void RunTurns()
    {
        var now = clock.Read();
        foreach (var pending in batch)
        {
            var state = slots.Get(pending.Stream);
            if (pending.Command is not { } command)
            {
                pending.Decided = Reply.Accepted(state, default, changed: false);
                continue;
            }
            context.Enter(pending.Stream.Campaign, now);
            var result = Turn.Run(pending.Stream, state, command, context);
            if (result.Refusal is { } refusal)
            {
                telemetry.Refused(refusal.Code);
                pending.Decided = Reply.Refused(refusal);
                continue;
            }
            if (result.Events.Length > 0)
                Stage(pending.Stream, result);
            pending.Decided = Reply.Accepted(result.State, default, result.Events.Length > 0);
        }
    }

    private void Stage(StreamId stream, in Turn.Result result)
    {
        var position = committer.Head.Offset + events.Count + 1;
        foreach (var recorded in result.Events)
        {
            Wait(committer.StageAsync(recorded));
            events.Add(recorded);
        }
        slots.Set(stream, result.State, position);
        campaignsChanged |= stream.Kind == AggregateKind.Campaign;
    }

    private void Commit()
    {
        using var span = events.Count > 0 ? EngineTelemetry.Traces.StartActivity("commit") : null;
        span?.SetTag("ideavote.batch.commands", batch.Count).SetTag("ideavote.batch.events", events.Count);
        var started = Stopwatch.GetTimestamp();
        Wait(committer.CommitAsync());
        telemetry.Committed(batch.Count, events.Count, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private void Fold()
    {
        if (events.Count == 0)
            return;
        var position = committer.Head.Offset - events.Count;
        HostedBoard? board = null;
        foreach (var recorded in events)
        {
            if (board?.Campaign != recorded.Stream.Campaign)
            {
                board?.Changed.Raise();
                board = boards.GetOrAdd(recorded.Stream.Campaign);
            }
            board.Apply(recorded, ++position);
        }
        board?.Changed.Raise();
        events.Clear();
        Committed?.Invoke(committer.Head.Offset);
        committed.Raise();
    }

    private void Answer()
    {
        var head = committer.Head;
        var bulk = 0;
        foreach (var pending in batch)
        {
            if (pending.IsBulk)
                bulk++;
            pending.Resolve(pending.Decided.Kind == ReplyKind.Accepted ? pending.Decided with { Position = head } : pending.Decided);
        }
        batch.Clear();
        queue.Release(bulk);
        if (!campaignsChanged)
            return;
        campaignsChanged = false;
        CampaignChanged?.Invoke();
    }

    private void KeepHouse()
    {
        // One bucket a commit keeps up with any load: a full house is many commits' worth of changes.
        var restartMustFold = committer.Head.Offset - slots.Dirty.SavedUpTo(committer.Head.Offset);
        if (slots.Dirty.Weight > options.DirtyWeight || restartMustFold > options.RestartEvents)
            SaveBucket(options.BoardSnapshotEvents);
        slots.Evict();
    }

    private void SaveBucket(long boardsBehind)
    {
        var head = committer.Head.Offset;
        var aggregates = slots.Dirty.TakeBucket();
        var boardSnapshots = boards.TakeSnapshots(head, boardsBehind);
        var upTo = Math.Min(slots.Dirty.SavedUpTo(head), boards.SavedUpTo(head));
        Wait(snapshots.SaveAsync(aggregates, boardSnapshots, new Checkpoint(upTo, AggregateSnapshots.Format)));
    }

    private void FailAll()
    {
        // First the door: what comes from now on is told so, and nothing waits behind the last one read here.
        queue.Close();
        while (queue.Reader.TryRead(out var pending))
            batch.Add(pending);
        foreach (var pending in batch)
            pending.Resolve(Reply.OutcomeUnknown);
        queue.Release(batch.Count(pending => pending.IsBulk));
    }

    // This thread exists to wait; most of what it waits for has ended already.
    private static void Wait(ValueTask task)
    {
        if (task.IsCompletedSuccessfully)
            return;
        task.AsTask().GetAwaiter().GetResult();
    }
}
