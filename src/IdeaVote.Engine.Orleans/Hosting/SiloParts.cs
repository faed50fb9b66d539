using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace IdeaVote.Engine.Grains.Hosting;

/// <summary>What a silo has for its grains.</summary>
/// <param name="services">The silo's services.</param>
public sealed class SiloParts(IServiceProvider services)
{
    /// <summary>The name of the grain storage for snapshots.</summary>
    public const string Storage = "ideavote-snapshots";

    /// <summary>The journal; those who follow it here find in memory what was appended here.</summary>
    public IJournalStore Journal { get; } = services.GetRequiredService<RecentRecords>();

    /// <summary>The campaigns that this process follows.</summary>
    public CampaignFollowers Followers { get; } = services.GetRequiredService<CampaignFollowers>();

    /// <summary>The refunds and merges that this process sees to.</summary>
    public FollowUpDesk FollowUps { get; } = services.GetRequiredService<FollowUpDesk>();

    /// <summary>Where snapshots lie.</summary>
    public IGrainStorage Snapshots { get; } = services.GetRequiredKeyedService<IGrainStorage>(Storage);

    /// <summary>How many partitions a campaign has.</summary>
    public int Partitions { get; } = services.GetRequiredService<PartitionedOptions>().Partitions;

    /// <summary>The silo's calls to partitions.</summary>
    public PartitionCalls Calls { get; } = new(services.GetRequiredService<IGrainFactory>());

    /// <summary>How partitions are written.</summary>
    public PartitionOptions Writing { get; } = services.GetService<PartitionOptions>() ?? new PartitionOptions();

    /// <summary>After how many events an aggregate's snapshot is taken.</summary>
    public int SnapshotEvents { get; } = 64;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = services.GetRequiredKeyedService<TimeProvider>(VoteClock.Key);

    /// <summary>Where grains say what is wrong.</summary>
    public ILogger Logger { get; } = services.GetRequiredService<ILoggerFactory>().CreateLogger("IdeaVote.Grains");
}
