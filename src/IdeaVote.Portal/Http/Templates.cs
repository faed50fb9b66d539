using Microsoft.Extensions.Caching.Memory;

namespace IdeaVote.Portal.Http;

/// <summary>Keeps templates. A key names all that a template shows; what it does not name must be a gap.</summary>
internal sealed class Templates : IDisposable
{
    private const long MaxBytes = 64L * 1024 * 1024;
    private const int OverheadBytes = 1_024;

    // What has changed has another key, and what nobody asks for any more goes by itself.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MaxBytes });

    /// <summary>The template of a key, made if it is not kept.</summary>
    public ValueTask<Template> GetAsync<TKey>(TKey key, Func<TKey, Task<string>> render)
        where TKey : class =>
        cache.TryGetValue(key, out Template? known) ? ValueTask.FromResult(known!) : MakeAsync(key, render);

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private async ValueTask<Template> MakeAsync<TKey>(TKey key, Func<TKey, Task<string>> render)
        where TKey : class
    {
        var made = Template.Of(await render(key));
        cache.Set(key, made, new MemoryCacheEntryOptions { Size = made.Bytes + OverheadBytes, AbsoluteExpirationRelativeToNow = Kept });
        return made;
    }
}
