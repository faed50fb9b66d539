using IdeaVote.Engine.Partitions;
using Microsoft.Extensions.Hosting;

namespace IdeaVote.Engine.Grains.Hosting;

/// <summary>Ends the reactor of a silo before it leaves: it is stopped before what was added before it, which is the silo.</summary>
/// <param name="desk">The reactor.</param>
internal sealed class FollowUpEnd(FollowUpDesk desk) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => desk.DisposeAsync().AsTask();
}
