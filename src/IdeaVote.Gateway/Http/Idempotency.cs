using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Http;

/// <summary>Makes POSTs safe to repeat: a key belongs to one request of one caller for 24 hours.</summary>
/// <param name="access">Where keys are kept, hashed.</param>
/// <param name="pseudonyms">Hashes them.</param>
/// <param name="time">The clock.</param>
public sealed class Idempotency(IAccessStore access, Pseudonyms pseudonyms, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The longest key, in characters.</summary>
    public const int MaxKeyChars = 200;

    /// <summary>
    /// Claims the request's key, if it has one, before the request is carried out. Call it after the body has been
    /// checked, so that a body refused as malformed can be put right under the same key.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="body">The body, byte for byte.</param>
    /// <returns>The key; null if the caller gave none.</returns>
    /// <exception cref="ApiException">400 <c>invalid_idempotency_key</c> or 422 <c>idempotency_key_reused</c>.</exception>
    public async ValueTask<string?> ClaimAsync(HttpContext context, ReadOnlyMemory<byte> body) =>
        (await ClaimOnceAsync(context, body)).Key;

    /// <summary>As <see cref="ClaimAsync"/>, and says whether the same request came before.</summary>
    public async ValueTask<(string? Key, bool Repeated)> ClaimOnceAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        if (Read(context) is not { } key)
            return (null, false);
        var claim = await access.ClaimAsync(
            pseudonyms.ClaimKey(context.Caller().Name, context.Request.Path.Value ?? "", key),
            pseudonyms.Fingerprint(body.Span),
            Instant.From(time.GetUtcNow()), context.RequestAborted);
        return claim switch
        {
            Claim.Reused => throw new ApiException(StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused",
                "This Idempotency-Key came with another body before. Use a new key for a new request.", Header),
            _ => (key, claim == Claim.Repeated),
        };
    }

    private static string? Read(HttpContext context)
    {
        var values = context.Request.Headers[Header];
        if (values.Count == 0)
            return null;
        var key = values.ToString();
        if (values.Count > 1 || key.Length is 0 or > MaxKeyChars || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ApiException(StatusCodes.Status400BadRequest, "invalid_idempotency_key", $"An Idempotency-Key is 1 to {MaxKeyChars} printable ASCII characters without spaces.", Header);
        return key;
    }
}
