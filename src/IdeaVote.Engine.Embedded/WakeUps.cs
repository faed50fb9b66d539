using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Embedded;

/// <summary>
/// Wakes campaigns when a stage is due to start, so that the feed says when it did. Whether a vote is in time does not depend
/// on it: that the campaign decides by the clock.
/// </summary>
internal sealed class WakeUps : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly IEngine engine;
    private readonly Boards boards;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private bool stopped;

    public WakeUps(IEngine engine, Boards boards, TimeProvider time)
    {
        this.engine = engine;
        this.boards = boards;
        this.time = time;
        timer = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Looks for what is due, wakes it, and sets the alarm for what is next.</summary>
    public void Ring()
    {
        var now = Instant.From(time.GetUtcNow());
        Instant? next = null;
        foreach (var id in boards.Campaigns)
        {
            if (boards.Find(id)?.Read(static (board, _) => board.Campaign) is not { Exists: true } campaign)
                continue;
            if (campaign.StageAt(now) != campaign.CurrentStage)
                // A deadline is when most people vote: where the queue is full, the wake-up waits for its place. No alarm would ring again.
                _ = engine.SendWhenRoomAsync(StreamId.Of(id), new KeepSchedule()).AsTask();
            if (campaign.NextStartAfter(now) is { } starts && (next is null || starts < next))
                next = starts;
        }
        Set(now, next);
    }

    public void Dispose()
    {
        lock (gate)
            stopped = true;
        timer.Dispose();
    }

    private void Set(Instant now, Instant? next)
    {
        lock (gate)
        {
            if (stopped)
                return;
            var wait = next is { } starts ? TimeSpan.FromMilliseconds(starts.UnixMilliseconds - now.UnixMilliseconds) : Timeout.InfiniteTimeSpan;
            // A day at the most: the clock may be set meanwhile.
            timer.Change(wait > Longest ? Longest : wait, Timeout.InfiniteTimeSpan);
        }
    }
}
