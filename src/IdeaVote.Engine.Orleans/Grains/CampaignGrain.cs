using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Grains.Hosting;
using IdeaVote.Engine.Grains.Wire;
using IdeaVote.Engine.Partitions;

namespace IdeaVote.Engine.Grains;

/// <summary>
/// A campaign. An alarm records stages on the minute while it is in memory; a reminder wakes it when it is not, and after the
/// process has died.
/// </summary>
/// <param name="parts">What the silo has for it.</param>
public sealed class CampaignGrain(SiloParts parts) : AggregateGrain(AggregateKind.Campaign, parts), ICampaignGrain, IRemindable, IDisposable
{
    private const string Reminder = "stage";
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private StageAlarm? alarm;
    private long remindedVersion = -1;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (self, factory) = (this.GetPrimaryKeyString(), GrainFactory);
        // It rings on any thread, so it calls from outside, as everybody does.
        alarm = new StageAlarm(Parts.Time, () => factory.GetGrain<ICampaignGrain>(self).HandleAsync(new WireCommand(new KeepSchedule())).AsTask().Ignore());
        return base.OnActivateAsync(cancellationToken);
    }

    /// <summary>Takes the alarm back.</summary>
    public void Dispose() => alarm?.Dispose();

    /// <inheritdoc/>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        // Due or not: the campaign knows, by the clock. And the next one is set by what its schedule says now.
        remindedVersion = -1;
        await HandleAsync(new WireCommand(new KeepSchedule()));
    }

    /// <inheritdoc/>
    protected override async Task AfterAsync(Aggregate state)
    {
        var due = alarm!.Set((Campaign)state);
        if (state.Version == remindedVersion)
            return;
        if (due is { } wait)
            await this.RegisterOrUpdateReminder(Reminder, wait > Longest ? Longest : wait, Period);
        else if (await this.GetReminder(Reminder) is { } old)
            await this.UnregisterReminder(old);
        remindedVersion = state.Version;
    }
}
