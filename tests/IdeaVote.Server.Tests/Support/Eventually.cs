namespace IdeaVote.Server.Tests.Support;

/// <summary>Waits for what nothing announces; only a failing test ever waits long.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            limit.IsCancellationRequested.ShouldBeFalse($"waited in vain for {what}");
            await timer.WaitForNextTickAsync();
        }
    }
}
