namespace IdeaVote.Portal.Tests.Support;

/// <summary>For what follows behind a write on its own.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks again until it holds; fails if it never does.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            patience.IsCancellationRequested.ShouldBeFalse("It did not come to hold.");
            await Task.Delay(50);
        }
    }
}
