using Microsoft.Extensions.Hosting;

namespace IdeaVote.Gateway.Access;

/// <summary>Loads the tokens before the first request is taken.</summary>
internal sealed class TokenBookLoader(TokenBook tokens) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => tokens.LoadAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
