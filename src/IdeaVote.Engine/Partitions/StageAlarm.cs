using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Partitions;

/// <summary>
/// Rings when the next stage of a campaign is due, so that the feed says when it began. It may ring too early or never: whether
/// a vote is in time the campaign decides by the clock.
/// </summary>
public sealed class StageAlarm : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly TimeProvider time;
    private readonly ITimer timer;

    /// <summary>Makes an alarm that is not set.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="ring">What to do when it rings; on any thread.</param>
    public StageAlarm(TimeProvider time, Action ring)
    {
        this.time = time;
        timer = time.CreateTimer(_ => ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets it to what a campaign's schedule says now.</summary>
    /// <returns>In how long the next stage is due: zero for at once, null for never.</returns>
    public TimeSpan? Set(Campaign campaign)
    {
        var now = Instant.From(time.GetUtcNow());
        var due = !campaign.Exists ? null
            : campaign.StageAt(now) != campaign.CurrentStage ? TimeSpan.Zero
            : campaign.NextStartAfter(now) is { } starts ? TimeSpan.FromMilliseconds(starts.UnixMilliseconds - now.UnixMilliseconds)
            : (TimeSpan?)null;
        // A day at the most: the clock may be set meanwhile.
        timer.Change(due is { } wait ? (wait > Longest ? Longest : wait) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return due;
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();
}
