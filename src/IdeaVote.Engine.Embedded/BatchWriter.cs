using System.Diagnostics;
using System.Runtime.ExceptionServices;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Snapshots;
using IdeaVote.Engine.Telemetry;

namespace IdeaVote.Engine.Embedded;

/// <summary>
/// Writes batches on a thread of its own, one at a time: encodes, chains and appends the events, waits for the disk, then saves
/// the snapshots. Meanwhile the commit loop decides the next batch.
/// </summary>
internal sealed class BatchWriter : IDisposable
{
    private readonly Committer committer;
    private readonly ISnapshotStore snapshots;
    private readonly EngineTelemetry telemetry;
    private readonly Handover submitted = new();
    private readonly Handover written = new();
    private readonly Thread thread;
    private Batch? batch;
    private Exception? failure;
    private bool stopping;

    public BatchWriter(Committer committer, ISnapshotStore snapshots, EngineTelemetry telemetry)
    {
        this.committer = committer;
        this.snapshots = snapshots;
        this.telemetry = telemetry;
        thread = new Thread(Run) { IsBackground = true, Name = "batch writer" };
        thread.Start();
    }

    /// <summary>The batch that was handed over and not yet given back.</summary>
    public Batch? Current => batch;

    /// <summary>Hands a batch over; the one before must have been given back.</summary>
    public void Submit(Batch next)
    {
        batch = next;
        submitted.Give();
    }

    /// <summary>Waits until the batch handed over is durable, and gives it back.</summary>
    /// <exception cref="JournalException">It could not be written; the outcome is unknown, and the batch stays <see cref="Current"/>.</exception>
    public Batch Finish()
    {
        written.Take();
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        var done = batch!;
        batch = null;
        return done;
    }

    /// <summary>Ends the thread, after what was handed over.</summary>
    public void Dispose()
    {
        stopping = true;
        submitted.Give();
        thread.Join();
    }

    private void Run()
    {
        while (true)
        {
            submitted.Take();
            if (stopping)
                return;
            try
            {
                Write(batch!);
            }
            catch (Exception e)
            {
                // Whatever it was, the loop must hear it and stop: it holds the callers.
                failure = e;
            }
            written.Give();
        }
    }

    private void Write(Batch writing)
    {
        using var span = writing.Events.Count > 0 && EngineTelemetry.Traces.HasListeners() ? TurnSpan.BeginCommit(writing.Commands.Select(pending => pending.Span)) : null;
        span?.SetTag("ideavote.batch.commands", writing.Commands.Count).SetTag("ideavote.batch.events", writing.Events.Count);
        var started = Stopwatch.GetTimestamp();
        foreach (var recorded in writing.Events)
            Wait(committer.StageAsync(recorded));
        var bytes = committer.PendingBytes;
        Wait(committer.CommitAsync());
        telemetry.Committed(writing.Commands.Count, writing.Events.Count, bytes, Stopwatch.GetElapsedTime(started).TotalSeconds);
        if (writing.Snapshots is { } taken)
            Wait(taken.SaveAsync(snapshots));
    }

    // This thread exists to wait; most of what it waits for has ended already.
    private static void Wait(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully)
            task.AsTask().GetAwaiter().GetResult();
    }
}
