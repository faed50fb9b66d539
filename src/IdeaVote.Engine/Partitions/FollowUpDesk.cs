using System.Collections.Concurrent;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;
using IdeaVote.Engine.Reactors;

namespace IdeaVote.Engine.Partitions;

/// <summary>
/// Gives investments back, and has votes follow merges, in those campaigns where that is this process's work. Should two processes hold
/// the same campaign to be theirs, both send the same commands, of which each counts once.
/// </summary>
public sealed class FollowUpDesk : IAsyncDisposable
{
    private readonly IBackersIndex backers;
    private readonly CampaignFollowers followers;
    private readonly AsyncSignal folded = new();
    private readonly FollowUpReactor reactor;
    private readonly ConcurrentDictionary<CampaignId, Lazy<Task<Led>>> led = new();
    private int isDisposed;

    /// <summary>Makes a desk that works for no campaign yet, and tells nobody anything before <see cref="Start"/>.</summary>
    /// <param name="engine">Where commands are sent.</param>
    /// <param name="backers">Who backed what, in the campaigns of this desk.</param>
    /// <param name="followers">Where the events come from.</param>
    /// <param name="time">For the pause after a failure.</param>
    public FollowUpDesk(IEngine engine, IBackersIndex backers, CampaignFollowers followers, TimeProvider time)
    {
        (this.backers, this.followers) = (backers, followers);
        reactor = new FollowUpReactor(engine, backers, folded, time);
    }

    /// <summary>
    /// Begins to send what is owed, once commands arrive. What the index has kept is owed already, and it must not be sent from a process
    /// that has not joined yet.
    /// </summary>
    public void Start() => reactor.Start();

    /// <summary>Begins to work for a campaign, if it does not yet.</summary>
    public async Task TakeAsync(CampaignId campaign)
    {
        var task = led.GetOrAdd(campaign, static (id, desk) => new Lazy<Task<Led>>(() => desk.BeginAsync(id)), this);
        try
        {
            await task.Value;
        }
        catch
        {
            led.TryRemove(KeyValuePair.Create(campaign, task));
            throw;
        }
    }

    /// <summary>Whether everything that a campaign's feed has brought so far is folded, and nothing is owed any more in any campaign of this desk.</summary>
    public async ValueTask<bool> IsQuietAsync(CampaignId campaign, CancellationToken cancellation = default)
    {
        if (!led.TryGetValue(campaign, out var task))
            return false;
        var (found, runner) = await task.Value;
        await found.RefreshAsync(cancellation);
        return runner.Position.Includes(found.Follower.Position)
            && await backers.NextRefundAsync(cancellation) is null
            && (await backers.LateRefundsAsync(1, cancellation)).Count == 0
            && await backers.NextMergeAsync(cancellation) is null
            && (await backers.StragglersAsync(1, cancellation)).Count == 0;
    }

    /// <summary>Ceases to work for a campaign.</summary>
    public async Task LeaveAsync(CampaignId campaign)
    {
        if (!led.TryRemove(campaign, out var task))
            return;
        var (found, runner) = await task.Value;
        await runner.DisposeAsync();
        found.Release();
    }

    /// <summary>Works for nobody any more; what is still owed somebody else finds. May be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) != 0)
            return;
        await reactor.DisposeAsync();
        foreach (var campaign in led.Keys)
            await LeaveAsync(campaign);
    }

    private async Task<Led> BeginAsync(CampaignId campaign)
    {
        var found = await followers.FindAsync(campaign) ?? throw new JournalException($"There is no campaign {campaign}.");
        found.Hold();
        var runner = new ProjectionRunner(backers, found.Feed, folded);
        await runner.StartAsync();
        return new Led(found, runner);
    }

    private sealed record Led(FollowedCampaign Campaign, ProjectionRunner Runner);
}
