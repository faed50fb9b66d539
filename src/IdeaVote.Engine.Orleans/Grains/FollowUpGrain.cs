using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Grains.Hosting;
using IdeaVote.Engine.Partitions;

namespace IdeaVote.Engine.Grains;

/// <summary>
/// Has its silo see to a campaign's refunds and merges, from just before an idea is closed or merged until nothing has been owed for a while. A reminder
/// carries the duty over the death of a process.
/// </summary>
/// <param name="parts">What the silo has for it.</param>
public sealed class FollowUpGrain(SiloParts parts) : Grain, IFollowUpGrain, IRemindable
{
    private const string Reminder = "refunds";

    // Longer than any vote can be on its way that was decided before that.
    private static readonly TimeSpan Watch = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private DateTimeOffset until;
    private bool isReminded;
    private bool isTaken;

    /// <inheritdoc/>
    public async Task WatchAsync()
    {
        if (!isReminded)
            await this.RegisterOrUpdateReminder(Reminder, Period, Period);
        isReminded = true;
        await TakeAsync();
    }

    /// <inheritdoc/>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        isReminded = true;
        if (!isTaken)
            await TakeAsync();
        // As long as somebody is served it stays in memory.
        DelayDeactivation(Period * 3);
        if (parts.Time.GetUtcNow() < until || !await parts.FollowUps.IsQuietAsync(Campaign))
            return;
        if (await this.GetReminder(Reminder) is { } reminder)
            await this.UnregisterReminder(reminder);
        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (isTaken)
            await parts.FollowUps.LeaveAsync(Campaign);
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    private CampaignId Campaign => StreamKey.Parse(AggregateKind.Campaign, this.GetPrimaryKeyString()).Campaign;

    private async Task TakeAsync()
    {
        until = parts.Time.GetUtcNow() + Watch;
        DelayDeactivation(Period * 3);
        await parts.FollowUps.TakeAsync(Campaign);
        isTaken = true;
    }
}
