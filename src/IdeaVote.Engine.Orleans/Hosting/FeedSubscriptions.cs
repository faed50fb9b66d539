using System.Collections.Concurrent;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Partitions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Engine.Grains.Hosting;

/// <summary>
/// Has this process told when a campaign that it follows has grown, and asks again now and then, since partitions' grains come and
/// go. What is not told is found by looking (<see cref="PartitionedOptions.Poll"/>).
/// </summary>
/// <param name="grains">The grains.</param>
/// <param name="followers">The campaigns that this process follows.</param>
/// <param name="options">How many partitions each has.</param>
/// <param name="logger">Where it says why it failed.</param>
internal sealed partial class FeedSubscriptions(
    IGrainFactory grains, CampaignFollowers followers, PartitionedOptions options, ILogger<FeedSubscriptions> logger) : BackgroundService, IFeedObserver
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<CampaignId, bool> campaigns = new();
    private IFeedObserver? self;

    public Task GrownAsync(string partition)
    {
        if (PartitionMap.TryParse(partition, out var campaign, out _))
            followers.Wake(campaign);
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        self = grains.CreateObjectReference<IFeedObserver>(this);
        followers.Changed = (campaign, begins) =>
        {
            if (!begins)
                campaigns.TryRemove(campaign, out _);
            else if (campaigns.TryAdd(campaign, true))
                _ = SubscribeAsync(campaign);
        };
        using var timer = new PeriodicTimer(Renewal);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var campaign in campaigns.Keys)
                await SubscribeAsync(campaign);
    }

    private async Task SubscribeAsync(CampaignId campaign)
    {
        try
        {
            for (var number = 0; number < options.Partitions; number++)
                await grains.GetGrain<IJournalGrain>(PartitionMap.Name(campaign, number)).SubscribeAsync(self!);
        }
        catch (Exception e)
        {
            LogFailed(campaign, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Listening to campaign {Campaign} failed: {Reason}")]
    private partial void LogFailed(CampaignId campaign, string reason);
}
