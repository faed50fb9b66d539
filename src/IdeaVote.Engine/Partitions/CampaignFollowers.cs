using System.Collections.Concurrent;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Engine.Partitions;

/// <summary>The campaigns that this process follows: those in use, and no others.</summary>
public sealed class CampaignFollowers : IAsyncDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly IJournalStore journal;
    private readonly IReadOnlyList<IProjection> projections;
    private readonly PartitionedOptions options;
    private readonly IBoardCache? boards;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<CampaignId, Lazy<Task<FollowedCampaign?>>> followed = new();
    private readonly ITimer sweeper;
    private volatile bool isDisposed;

    /// <summary>Follows nothing yet.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="projections">What is folded of every campaign followed, besides its board.</param>
    /// <param name="options">How to behave.</param>
    /// <param name="time">The clock.</param>
    /// <param name="boards">Where boards are kept; null for nowhere.</param>
    public CampaignFollowers(
        IJournalStore journal, IReadOnlyList<IProjection> projections, PartitionedOptions options, TimeProvider time, IBoardCache? boards = null)
    {
        (this.journal, this.projections, this.options, this.time, this.boards) = (journal, projections, options, time, boards);
        sweeper = time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    /// <summary>Those followed now, as far as they are found.</summary>
    public IEnumerable<FollowedCampaign> Followed =>
        followed.Values.Where(static one => one is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: not null } }).Select(static one => one.Value.Result!);

    /// <summary>Raised with a campaign that this process begins (true) or ceases (false) to follow.</summary>
    public Action<CampaignId, bool>? Changed { get; set; }

    /// <summary>The campaign, which is followed from now on; null if there is none.</summary>
    /// <exception cref="JournalException">The journal can't be read.</exception>
    public async ValueTask<FollowedCampaign?> FindAsync(CampaignId campaign, CancellationToken cancellation = default)
    {
        if (isDisposed)
            return Followed.FirstOrDefault(known => known.Campaign == campaign);
        var one = followed.GetOrAdd(campaign, static (id, all) => new Lazy<Task<FollowedCampaign?>>(() => Task.Run(() => all.BeginAsync(id))), this);
        try
        {
            if (await one.Value.WaitAsync(cancellation) is { } found)
            {
                found.Touch();
                return found;
            }
        }
        catch
        {
            Forget(campaign, one);
            throw;
        }
        Forget(campaign, one);
        return null;
    }

    /// <summary>Raised when any campaign has news, also one that is not followed.</summary>
    public AsyncSignal News { get; } = new();

    /// <summary>Says that a campaign has news.</summary>
    public void Wake(CampaignId campaign)
    {
        News.Raise();
        if (followed.TryGetValue(campaign, out var one) && one is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: { } found } })
            found.Wake();
    }

    /// <summary>A feed of its own, for those who go at their own pace.</summary>
    public CampaignFeed FeedOf(CampaignId campaign) => new(journal, campaign, options.Partitions, time);

    /// <summary>Follows no more; what was read so far stays readable.</summary>
    public async ValueTask DisposeAsync()
    {
        isDisposed = true;
        await sweeper.DisposeAsync();
        foreach (var one in Followed)
            await one.DisposeAsync();
    }

    private async Task<FollowedCampaign?> BeginAsync(CampaignId campaign)
    {
        // Whoever asks for what is not there costs a look, and nothing that stays.
        if (await journal.HeadAsync(PartitionMap.Name(campaign, 0), CancellationToken.None) == 0)
            return null;
        var found = new FollowedCampaign(campaign, FeedOf(campaign), options, boards, time);
        await found.StartAsync(projections, CancellationToken.None);
        Changed?.Invoke(campaign, true);
        return found;
    }

    private void Forget(CampaignId campaign, Lazy<Task<FollowedCampaign?>> one)
    {
        // One that was not found, or could not be begun; whoever asks next tries again. A caller's impatience forgets nothing.
        if (one.Value.IsCompleted && (!one.Value.IsCompletedSuccessfully || one.Value.Result is null))
            followed.TryRemove(KeyValuePair.Create(campaign, one));
    }

    private void Sweep()
    {
        foreach (var (campaign, one) in followed)
        {
            if (one is not { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: { } found } } || found.Unused < options.KeepUnused)
                continue;
            if (!followed.TryRemove(KeyValuePair.Create(campaign, one)))
                continue;
            Changed?.Invoke(campaign, false);
            _ = found.DisposeAsync().AsTask();
        }
    }
}
