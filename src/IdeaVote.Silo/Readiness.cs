using IdeaVote.Engine.Partitions;

namespace IdeaVote.Silo;

/// <summary>
/// Whether this process can take requests: it has joined the cluster, and whatever it follows has been read. It is made before the services are,
/// since logs are made of what the gateway is told and everything else is made with logs.
/// </summary>
internal sealed class Readiness
{
    private volatile bool isJoined;
    private CampaignFollowers? followers;

    /// <summary>Whether it can.</summary>
    public bool IsReady => isJoined && followers!.Followed.All(static found => found.Follower.IsLoaded);

    /// <summary>Begins to look at a process that has not started yet.</summary>
    public void Watch(IServiceProvider services)
    {
        followers = services.GetRequiredService<CampaignFollowers>();
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStarted.Register(() => isJoined = true);
        lifetime.ApplicationStopping.Register(() => isJoined = false);
    }
}
