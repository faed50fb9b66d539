using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;
using IdeaVote.Engine.Telemetry;

namespace IdeaVote.Engine.Embedded;

/// <summary>
/// The heart: one thread that takes the commands waiting, runs their turns on states not yet committed, hands the events to the
/// <see cref="BatchWriter"/>, and once they are on disk folds the boards and only then answers. While one batch is being
/// written the next is decided, so the busier it is the cheaper each commit gets.
/// </summary>
internal sealed class CommitLoop(
    CommandQueue queue, BatchWriter writer, Slots slots, Boards boards, string partition, FeedTail tail, LoopClock clock,
    EngineTelemetry telemetry, AsyncSignal committed, EmbeddedOptions options)
{
    private readonly LoopContext context = new(slots);
    private Batch deciding = new();
    private Batch spare = new();
    private Batch? folding;

    /// <summary>The position of the last event that is decided, on disk or on its way.</summary>
    private long decided;

    /// <summary>The position of the last event that is on disk and folded into the boards.</summary>
    private long folded;

    /// <summary>Called on the loop's thread after a commit that changed a campaign: its schedule may be another.</summary>
    public Action? CampaignChanged { get; init; }

    /// <summary>Called on the loop's thread after each commit and before its answers, with the new head.</summary>
    public Action<long>? Committed { get; init; }

    /// <summary>Runs until the queue is completed and empty; then saves all snapshots.</summary>
    /// <param name="head">The position of the journal's last event.</param>
    /// <exception cref="JournalException">A commit failed. Everybody waiting has been told that the outcome is unknown.</exception>
    public void Run(long head)
    {
        decided = folded = head;
        try
        {
            while (TakeBatch())
            {
                RunTurns();
                KeepHouse();
                Finish();
                Submit();
            }
            SaveAll();
        }
        catch
        {
            FailAll();
            throw;
        }
    }

    /// <summary>Fills the next batch, waiting for its first command if need be; false when there will be none any more.</summary>
    private bool TakeBatch()
    {
        while (true)
        {
            while (deciding.Commands.Count < options.BatchCommands && queue.Reader.TryRead(out var pending))
                deciding.Commands.Add(pending);
            if (deciding.Commands.Count > 0)
                return true;
            // Nobody waits but those who are being written: theirs is the next turn.
            if (writer.Current is not null)
                Finish();
            else if (!WaitForWork())
                return false;
        }
    }

    private bool WaitForWork()
    {
        var waiting = queue.Reader.WaitToReadAsync();
        if (waiting.IsCompleted)
            return waiting.Result;
        var task = waiting.AsTask();
        // Nothing comes: time to save snapshots, a bucket at a time so that whoever comes next does not wait for all.
        while (!task.Wait(options.Idle) && NeedsSaving)
            SaveBucket();
        return task.GetAwaiter().GetResult();
    }

    private void RunTurns()
    {
        var now = clock.Read();
        foreach (var pending in deciding.Commands)
        {
            var state = slots.Get(pending.Stream);
            if (pending.Command is not { } command)
            {
                pending.Decided = Reply.Accepted(state, default, changed: false);
                continue;
            }
            context.Enter(pending.Stream.Campaign, now);
            var result = Turn.Run(pending.Stream, state, command, context);
            TurnSpan.Decided(pending.Span);
            if (result.Refusal is { } refusal)
            {
                telemetry.Refused(refusal.Code);
                pending.Decided = Reply.Refused(refusal);
                continue;
            }
            if (result.Events.Length > 0)
                Keep(pending.Stream, result);
            pending.Decided = Reply.Accepted(result.State, default, result.Events.Length > 0);
        }
    }

    private void Keep(StreamId stream, in Turn.Result result)
    {
        deciding.Events.AddRange(result.Events);
        slots.Set(stream, result.State, decided + 1);
        decided += result.Events.Length;
        deciding.ChangesCampaigns |= stream.Kind == AggregateKind.Campaign;
    }

    private void Submit()
    {
        writer.Submit(deciding);
        deciding = spare;
    }

    /// <summary>Waits for the batch that is being written, if any; folds it and answers.</summary>
    private void Finish()
    {
        if (writer.Current is null)
            return;
        var batch = folding = writer.Finish();
        Fold(batch);
        folding = null;
        Answer(batch);
        batch.Snapshots?.Release();
        batch.Clear();
        spare = batch;
    }

    private void Fold(Batch batch)
    {
        if (batch.Events.Count == 0)
            return;
        HostedBoard? board = null;
        foreach (var recorded in batch.Events)
        {
            if (board?.Campaign != recorded.Stream.Campaign)
            {
                board?.Changed.Raise();
                board = boards.GetOrAdd(recorded.Stream.Campaign);
            }
            board.Apply(recorded, ++folded);
        }
        board?.Changed.Raise();
        tail.Add(batch.Events);
        Committed?.Invoke(folded);
        committed.Raise();
    }

    private void Answer(Batch batch)
    {
        var head = Position.Of(partition, folded);
        var bulk = 0;
        foreach (var pending in batch.Commands)
        {
            if (pending.IsBulk)
                bulk++;
            pending.Resolve(pending.Decided.Kind == ReplyKind.Accepted ? pending.Decided with { Position = head } : pending.Decided);
        }
        queue.Release(bulk);
        if (batch.ChangesCampaigns)
            CampaignChanged?.Invoke();
    }

    private void KeepHouse()
    {
        // One bucket a commit keeps up with any load: a full house is many commits' worth of changes.
        var restartMustFold = decided - slots.Dirty.SavedUpTo(decided);
        if (slots.Dirty.Weight > options.DirtyWeight || restartMustFold > options.RestartEvents)
            deciding.Snapshots = TakenSnapshots.Take(slots, boards, decided, folded, options.BoardSnapshotEvents);
        slots.Evict();
    }

    private bool NeedsSaving => slots.Dirty.Count > 0 || boards.SavedUpTo(folded) < folded;

    private void SaveBucket()
    {
        deciding.Snapshots = TakenSnapshots.Take(slots, boards, decided, folded, boardsBehind: 1);
        Submit();
        Finish();
    }

    private void SaveAll()
    {
        while (NeedsSaving)
            SaveBucket();
    }

    private void FailAll()
    {
        // First the door: what comes from now on is told so, and nothing waits behind the last one read here.
        queue.Close();
        while (queue.Reader.TryRead(out var pending))
            deciding.Commands.Add(pending);
        Fail(folding);
        Fail(writer.Current);
        Fail(deciding);
    }

    private void Fail(Batch? batch)
    {
        if (batch is null)
            return;
        foreach (var pending in batch.Commands)
            pending.Resolve(Reply.OutcomeUnknown);
        queue.Release(batch.Commands.Count(pending => pending.IsBulk));
    }
}
