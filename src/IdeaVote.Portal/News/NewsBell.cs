using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Gateway.Http;
using IdeaVote.Portal.Http;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Portal.News;

/// <summary>
/// Says on every page how much is new to whoever looks. It is counted anew only when something has happened anywhere, and for one person at
/// most every few seconds; no page fails for it.
/// </summary>
/// <param name="desk">Counts.</param>
/// <param name="log">Says what went wrong.</param>
internal sealed class NewsBell(NewsDesk desk, ILogger<NewsBell> log) : IDisposable
{
    /// <summary>From here on it is said that there is more.</summary>
    public const int MaxCount = 99;

    private const int MaxKept = 20_000;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MaxKept });

    /// <summary>How much the visitor has not seen; one more than <see cref="MaxCount"/> for anything above it.</summary>
    public async ValueTask<int> CountAsync(Visit visit, CancellationToken cancellation)
    {
        if (visit.Account is not { } account)
            return 0;
        var (changes, now) = (desk.Changes, Environment.TickCount64);
        cache.TryGetValue(account.Id, out Counted? known);
        if (known is not null && known.Seen == account.NewsSeen && (known.Changes == changes || now - known.At < Between.TotalMilliseconds))
            return known.Count;
        try
        {
            var count = await desk.CountAsync(account, MaxCount + 1, cancellation);
            cache.Set(account.Id, new Counted(changes, account.NewsSeen, now, count), new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Kept });
            return count;
        }
        catch (Exception e) when (e is JournalException or ApiException)
        {
            log.LogWarning(e, "News could not be counted");
            return known?.Count ?? 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private sealed record Counted(long Changes, Instant? Seen, long At, int Count);
}
