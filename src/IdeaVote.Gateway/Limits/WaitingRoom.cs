using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Limits;

/// <summary>Lets a few callers at a time do work that takes a processor or much memory, a few more wait, and turns the others away.</summary>
/// <param name="atOnce">How many work at a time.</param>
/// <param name="maxWaiting">How many wait at most.</param>
/// <param name="what">What there is too much of, the beginning of a sentence.</param>
internal sealed class WaitingRoom(int atOnce, int maxWaiting, string what)
{
    private const int RetryAfterSeconds = 5;

    private int waiting;

    /// <summary>How long a caller waits at most; for ever unless given.</summary>
    public TimeSpan Patience { get; init; } = Timeout.InfiniteTimeSpan;

    private SemaphoreSlim Places { get; } = new(atOnce);

    /// <summary>Waits for a place, which is taken until the answer is disposed of.</summary>
    /// <exception cref="ApiException">503 <c>overloaded</c>.</exception>
    public async ValueTask<Place> EnterAsync(CancellationToken cancellation)
    {
        // Who finds a place at once does not wait, however many places there are.
        if (Places.Wait(TimeSpan.Zero, CancellationToken.None))
            return new Place(Places);
        if (Interlocked.Increment(ref waiting) > maxWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw Overloaded();
        }
        try
        {
            return await Places.WaitAsync(Patience, cancellation) ? new Place(Places) : throw Overloaded();
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private ApiException Overloaded() => new(StatusCodes.Status503ServiceUnavailable, "overloaded", $"{what}. Send the same request again later.") { RetryAfterSeconds = RetryAfterSeconds };

    /// <summary>A place that is taken; dispose of it once.</summary>
    /// <param name="places">Gets it back.</param>
    public readonly struct Place(SemaphoreSlim places) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => places.Release();
    }
}
