namespace IdeaVote.Portal.Http;

/// <summary>Addresses to go back to, which a stranger's link could have chosen.</summary>
internal static class LocalUrl
{
    private const int MaxChars = 2_000;

    /// <summary>The address if it is one of this server's pages, else <paramref name="otherwise"/>.</summary>
    /// <param name="url">What the request says.</param>
    /// <param name="otherwise">Where to go instead.</param>
    public static string Or(string? url, string otherwise) => IsLocal(url) ? url! : otherwise;

    /// <summary>Whether this is a path on this server and nothing else: browsers take <c>//host</c> and <c>/\host</c> for other servers.</summary>
    public static bool IsLocal(string? url) =>
        url is { Length: > 0 and <= MaxChars } && url[0] == '/'
        && (url.Length == 1 || (url[1] != '/' && url[1] != '\\'))
        && !url.AsSpan().ContainsAnyInRange('\0', '\u001f') && !url.Contains('\u007f', StringComparison.Ordinal);
}
