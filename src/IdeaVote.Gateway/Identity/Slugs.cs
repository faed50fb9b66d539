namespace IdeaVote.Gateway.Identity;

/// <summary>The keys of campaigns.</summary>
public static class Slugs
{
    /// <summary>The longest one, in characters.</summary>
    public const int MaxChars = 63;

    /// <summary>Whether this is one: <c>[a-z0-9][a-z0-9-]{0,62}</c>.</summary>
    public static bool IsValid(ReadOnlySpan<char> slug)
    {
        if (slug.Length is 0 or > MaxChars || slug[0] == '-')
            return false;
        foreach (var c in slug)
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                return false;
        return true;
    }
}
