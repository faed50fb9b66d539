using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Caching.Memory;

namespace IdeaVote.Portal.Accounts;

/// <summary>
/// Reads sessions' cookies, those of the last minute without decrypting them again. Whether the session has ended is looked up elsewhere, each
/// time: a cookie only says which session it is.
/// </summary>
/// <param name="inner">Encrypts and decrypts.</param>
internal sealed class KnownTickets(ISecureDataFormat<AuthenticationTicket> inner) : ISecureDataFormat<AuthenticationTicket>, IDisposable
{
    private const int MaxKept = 20_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MaxKept });

    /// <inheritdoc/>
    public string Protect(AuthenticationTicket data) => inner.Protect(data);

    /// <inheritdoc/>
    public string Protect(AuthenticationTicket data, string? purpose) => inner.Protect(data, purpose);

    /// <inheritdoc/>
    public AuthenticationTicket? Unprotect(string? protectedText) => Unprotect(protectedText, null);

    /// <inheritdoc/>
    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose)
    {
        if (protectedText is null)
            return null;
        if (cache.TryGetValue((protectedText, purpose), out AuthenticationTicket? known))
            return known;
        // What can't be read is not kept: anybody can send any amount of it.
        if (inner.Unprotect(protectedText, purpose) is not { } ticket)
            return null;
        cache.Set((protectedText, purpose), ticket, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
        return ticket;
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();
}
