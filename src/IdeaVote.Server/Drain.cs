using IdeaVote.Gateway.Health;

namespace IdeaVote.Server;

/// <summary>How a process that is told to end stops being asked before it stops answering.</summary>
internal static class Drain
{
    /// <summary>Waits until the process is told to end; then it is not ready any more, goes on answering for a while, and ends.</summary>
    /// <param name="app">The application.</param>
    /// <param name="length">How long it goes on answering.</param>
    /// <param name="time">The clock.</param>
    /// <param name="told">Is cancelled when the process is told to end.</param>
    public static async Task RunAsync(WebApplication app, TimeSpan length, TimeProvider time, CancellationToken told)
    {
        var lifetime = app.Lifetime;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(told, lifetime.ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        app.Services.GetRequiredService<Draining>().Begin();
        await Task.Delay(length, time, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }
}
