using System.Security.Cryptography;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Votes;

/// <summary>
/// The Idempotency-Key of a vote. A vote may be repeated without one; with one, a repetition that comes late, after a newer
/// vote of the same voter, does nothing either. It names the attempt in the voter's own history, so it is claimed nowhere else.
/// </summary>
internal static class VoteKeys
{
    /// <summary>Names this attempt, the same for each repetition of it; null when the caller gave it no key.</summary>
    /// <exception cref="ApiException">400 <c>invalid_idempotency_key</c>.</exception>
    public static CommandId? Attempt(HttpContext context, Pseudonyms pseudonyms, Caller caller, ReadOnlySpan<byte> body) =>
        Read(context) is { } key
            ? pseudonyms.Command(caller.Name, key, $"{context.Request.Method} {context.Request.Path}\n{Convert.ToHexStringLower(SHA256.HashData(body))}")
            : null;

    private static string? Read(HttpContext context)
    {
        var values = context.Request.Headers[Idempotency.Header];
        if (values.Count == 0)
            return null;
        var key = values.ToString();
        return values.Count == 1 && key.Length is > 0 and <= Idempotency.MaxKeyChars && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? key
            : throw CommonProblems.Invalid(
                Idempotency.Header, $"An Idempotency-Key is 1 to {Idempotency.MaxKeyChars} printable ASCII characters without spaces.", "invalid_idempotency_key");
    }
}
