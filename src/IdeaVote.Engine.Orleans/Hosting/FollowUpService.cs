using IdeaVote.Engine.Partitions;
using Microsoft.Extensions.Hosting;

namespace IdeaVote.Engine.Grains.Hosting;

/// <summary>
/// Has the reactor of a silo work from when it has joined until before it leaves: what was added before this, which is the silo, is started earlier
/// and stopped later. Before and after that no grain can be called.
/// </summary>
/// <param name="desk">The reactor.</param>
internal sealed class FollowUpService(FollowUpDesk desk) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        desk.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => desk.DisposeAsync().AsTask();
}
