namespace IdeaVote.Server;

/// <summary>Leaves signals to the command line, which begins to drain before anything ends; the host's own would end everything at once.</summary>
internal sealed class CommandLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
