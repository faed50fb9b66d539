namespace IdeaVote.Engine.Tests.Support;

/// <summary>Waits for what will happen soon; only a failing test ever waits long.</summary>
public static class Patiently
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(this AsyncSignal signal, Func<bool> condition)
    {
        while (true)
        {
            var next = signal.NextAsync();
            if (condition())
                return;
            await next.WaitAsync(Patience);
        }
    }

    public static Task Ended(this Task task) => task.WaitAsync(Patience);
}
