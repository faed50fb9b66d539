using IdeaVote.Engine.Journal;
using IdeaVote.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IdeaVote.Gateway.Access;

/// <summary>Loads the tokens before the first request is taken, and where other processes issue some too, again and again.</summary>
internal sealed class TokenBookLoader(TokenBook tokens, GatewayOptions options, [FromKeyedServices(VoteClock.Key)] TimeProvider time) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stop = new();
    private Task refreshing = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await tokens.LoadAsync(cancellationToken);
        if (options.SharesStores)
            refreshing = RefreshAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await refreshing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => stop.Dispose();

    private async Task RefreshAsync()
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stop.Token))
        {
            try
            {
                await tokens.RefreshAsync(stop.Token);
            }
            catch (JournalException)
            {
                // The store can't be asked now; those known stay known.
            }
        }
    }
}
