using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Limits;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>
/// Where elections are counted: one at a time, because one takes a whole processor and much memory, with a short queue, and no longer
/// than a minute. What came of the last ones is kept.
/// </summary>
internal sealed class PortfolioDesk
{
    /// <summary>The most callers that wait.</summary>
    public const int MaxWaiting = 16;

    /// <summary>The most results kept.</summary>
    public const int MaxKept = 32;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly LinkedList<(string Key, PortfolioBody Body)> kept = [];
    private readonly WaitingRoom room = new(1, MaxWaiting, "Too many elections wait to be counted");

    /// <summary>What came of the same work before, or comes of it now.</summary>
    /// <param name="key">Stands for all that the result depends on.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellation">Ends waiting and work.</param>
    /// <exception cref="ApiException">409 <c>allocation_too_large</c> or 503 <c>overloaded</c>.</exception>
    public async ValueTask<PortfolioBody> GetAsync(string key, Func<CancellationToken, Task<PortfolioBody>> work, CancellationToken cancellation) =>
        Find(key) ?? await WorkAsync(
            async token =>
            {
                // Those who waited for the same take what the first of them worked out.
                if (Find(key) is { } known)
                    return known;
                var body = await work(token);
                Keep(key, body);
                return body;
            },
            cancellation);

    /// <summary>Does work that is too large to be done twice at a time.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellation">Ends waiting and work.</param>
    /// <exception cref="ApiException">409 <c>allocation_too_large</c> or 503 <c>overloaded</c>.</exception>
    public async ValueTask<T> WorkAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        using var place = await room.EnterAsync(cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(Longest);
        try
        {
            return await Task.Run(() => work(end.Token), end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new ApiException(
                StatusCodes.Status409Conflict, RefusalCode.AllocationTooLarge,
                $"Counting this election takes longer than {Longest.TotalSeconds:0} seconds; use another rule or completion, or the command ideavote portfolio with a file.");
        }
    }

    private PortfolioBody? Find(string key)
    {
        lock (gate)
        {
            for (var node = kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Key != key)
                    continue;
                kept.Remove(node);
                kept.AddFirst(node);
                return node.Value.Body;
            }
            return null;
        }
    }

    private void Keep(string key, PortfolioBody body)
    {
        lock (gate)
        {
            kept.AddFirst((key, body));
            if (kept.Count > MaxKept)
                kept.RemoveLast();
        }
    }
}
