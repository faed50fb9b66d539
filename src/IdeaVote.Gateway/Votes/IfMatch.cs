using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Votes;

/// <summary>Ballot versions in the headers <c>If-Match</c> and <c>ETag</c>.</summary>
internal static class IfMatch
{
    /// <summary>The version the caller saw; null if it does not matter.</summary>
    /// <exception cref="ApiException">400 <c>invalid_if_match</c>.</exception>
    public static long? Expected(HttpContext context)
    {
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0)
            return null;
        return TryRead(header.ToString(), out var version) ? version : throw CommonProblems.Invalid(
            "If-Match", "If-Match is the ETag of the ballot you saw, such as \"7\" with its quotes, or *.", "invalid_if_match");
    }

    /// <summary>Reads <c>"7"</c>, or <c>*</c> for any version.</summary>
    public static bool TryRead(string text, out long? version)
    {
        version = null;
        if (text == "*")
            return true;
        if (text.Length < 3 || text[0] != '"' || text[^1] != '"'
            || !long.TryParse(text.AsSpan(1, text.Length - 2), System.Globalization.NumberStyles.None, null, out var number))
            return false;
        version = number;
        return true;
    }

    /// <summary>Says in the answer which version it shows.</summary>
    public static void WriteETag(HttpContext context, long version) => context.Response.Headers.ETag = $"\"{version}\"";
}
