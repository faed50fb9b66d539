using IdeaVote.Engine.Partitions;
using Microsoft.Extensions.Hosting;

namespace IdeaVote.Engine.Grains.Hosting;

/// <summary>Ends the refunds of a silo before it leaves: it is stopped before what was added before it, which is the silo.</summary>
/// <param name="refunds">The refunds.</param>
internal sealed class RefundEnd(RefundDesk refunds) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => refunds.DisposeAsync().AsTask();
}
