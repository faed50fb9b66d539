namespace IdeaVote.Cli.Api;

/// <summary>
/// Repeats what failed for the moment: up to <see cref="MaxTries"/> tries, waiting twice as long each time, with
/// jitter so that many clients do not come back together, and never earlier than the server asks.
/// </summary>
/// <param name="time">The clock to wait by.</param>
/// <param name="jitter">Gives numbers from 0 up to, not including, 1.</param>
/// <param name="notice">Told about every wait, in a line for people.</param>
internal sealed class Backoff(TimeProvider time, Func<double> jitter, Action<string> notice)
{
    /// <summary>How often a request is tried altogether.</summary>
    public const int MaxTries = 8;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // A server that asks for more than this is not busy but away; the person at the terminal should know.
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(10);

    /// <summary>Runs the attempt until it succeeds.</summary>
    /// <exception cref="ApiException">The last failure, when it is final or the tries are used up.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await attempt();
            }
            catch (ApiException e) when (e.IsTransient && tries < MaxTries && !(e.RetryAfter > LongestAsked))
            {
                var delay = Delay(tries, e.RetryAfter);
                notice($"{e.Message}; trying again in {delay.TotalSeconds:0.0} s (try {tries + 1} of {MaxTries})");
                await Task.Delay(delay, time, cancel);
            }
        }
    }

    private TimeSpan Delay(int tries, TimeSpan? asked)
    {
        var own = First * Math.Pow(2, tries - 1);
        if (own > Longest)
            own = Longest;
        own *= 0.5 + (jitter() / 2);
        return asked is { } least ? least + (own / 4) : own;
    }
}
