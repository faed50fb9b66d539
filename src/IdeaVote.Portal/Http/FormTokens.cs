using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace IdeaVote.Portal.Http;

/// <summary>
/// Makes what a form must send along. It belongs to a browser's cookie and to who has signed in, so that of the last minute will do for the
/// same two.
/// </summary>
/// <param name="antiforgery">Makes them.</param>
/// <param name="options">Says what the cookie is called.</param>
public sealed class FormTokens(IAntiforgery antiforgery, IOptions<AntiforgeryOptions> options) : IDisposable
{
    private const int MaxKept = 20_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MaxKept });
    private readonly string cookieName = options.Value.Cookie.Name!;

    /// <summary>What the forms of a page send along.</summary>
    public string Of(HttpContext context)
    {
        // By who it is and not by the cookie that says so: a session can have ended that its cookie does not know of.
        var key = (context.Request.Cookies[cookieName], context.User.FindFirstValue(ClaimTypes.NameIdentifier));
        if (key.Item1 is not null && cache.TryGetValue(key, out string? known))
            return known!;
        var tokens = antiforgery.GetAndStoreTokens(context);
        // A cookie that was not taken is replaced by another, to which this belongs.
        if (key.Item1 is not null && tokens.CookieToken is null)
            cache.Set(key, tokens.RequestToken!, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
        return tokens.RequestToken!;
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();
}
