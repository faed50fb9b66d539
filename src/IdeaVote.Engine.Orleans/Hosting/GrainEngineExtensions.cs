using IdeaVote.Engine.Grains.Caches;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;
using IdeaVote.Engine.Projections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Storage;

namespace IdeaVote.Engine.Grains.Hosting;

/// <summary>Puts the cluster's engine together.</summary>
public static class GrainEngineExtensions
{
    /// <summary>How long a caller waits for a grain.</summary>
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Adds the engine of a process that serves people: <see cref="IEngine"/> over grains. The host adds the journal
    /// (<see cref="IJournalStore"/>), <see cref="PartitionedOptions"/>, the clock (<see cref="VoteClock"/>), and projections
    /// (<see cref="IProjection"/>), if any.
    /// </summary>
    /// <param name="services">The process's services.</param>
    /// <param name="keepsBoards">Whether boards are kept in grain storage: in silos, which have one.</param>
    public static IServiceCollection AddGrainEngine(this IServiceCollection services, bool keepsBoards)
    {
        services.AddSingleton(provider => new RecentRecords(provider.GetRequiredService<IJournalStore>()));
        services.AddSingleton(provider => new CampaignFollowers(
            provider.GetRequiredService<RecentRecords>(), [.. provider.GetServices<IProjection>()], provider.GetRequiredService<PartitionedOptions>(),
            provider.GetRequiredKeyedService<TimeProvider>(VoteClock.Key),
            keepsBoards ? new BoardCache(() => provider.GetRequiredKeyedService<IGrainStorage>(SiloParts.Storage)) : null));
        services.AddSingleton<IAggregates, GrainAggregates>();
        services.AddSingleton<PartitionedEngine>();
        services.AddSingleton<IEngine>(provider => provider.GetRequiredService<PartitionedEngine>());
        services.AddSingleton<IProjectionWaiter>(provider => provider.GetRequiredService<PartitionedEngine>());
        services.AddSingleton<IHostedService, FeedSubscriptions>();
        return services;
    }

    /// <summary>
    /// Adds what the grains of a silo need. The host adds <see cref="IBackersIndex"/>, and a grain storage and reminders of its choice:
    /// the storage by the name <see cref="SiloParts.Storage"/> and, where it takes one, with a <see cref="SnapshotSerializer"/>.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="traces">Whether calls carry traces. That costs a tenth of a vote, so ask for it only if somebody collects them.</param>
    public static ISiloBuilder AddIdeaVoteGrains(this ISiloBuilder silo, bool traces)
    {
        silo.Services.AddSingleton<SiloParts>();
        silo.Services.AddSingleton(provider => new FollowUpDesk(
            provider.GetRequiredService<IEngine>(), provider.GetRequiredService<IBackersIndex>(), provider.GetRequiredService<CampaignFollowers>(),
            // It only pauses by it, and a pause is one whatever the clock of the votes says.
            TimeProvider.System));
        silo.Services.AddSingleton<IHostedService, FollowUpService>();
        if (traces)
            silo.AddActivityPropagation();
        // Whoever asks one grain for more than it can do is told so, rather than that everybody waits.
        silo.Configure<SiloMessagingOptions>(options =>
        {
            options.ResponseTimeout = ResponseTimeout;
            options.MaxEnqueuedRequestsHardLimit = 50_000;
        });
        silo.Configure<LoadSheddingOptions>(options => options.LoadSheddingEnabled = true);
        // Whoever lives alone in a silo that died is served again within seconds.
        silo.Configure<ClusterMembershipOptions>(options => (options.ProbeTimeout, options.NumMissedProbesLimit) = (TimeSpan.FromSeconds(2), 3));
        // A voter who has not been heard of for a while leaves memory; the journal and a snapshot remember.
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(10));
        return silo;
    }
}
