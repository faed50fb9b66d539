using IdeaVote.Gateway.Texts;

namespace IdeaVote.Gateway.Access;

/// <summary>Mail addresses, as far as voting needs them: which domain they are of.</summary>
public static class Addresses
{
    /// <summary>The longest address, in characters.</summary>
    public const int MaxChars = 254;

    /// <summary>Whether this can be an address: something, an @, and a domain.</summary>
    public static bool IsValid(string? address) =>
        address is { Length: <= MaxChars } && TextRules.IsLine(address) && !address.Contains(' ')
        && address.LastIndexOf('@') is > 0 and var at && IsDomain(address.AsSpan(at + 1));

    /// <summary>The domain of a valid address, in lower case.</summary>
    public static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();

    /// <summary>Whether this can be a mail domain: names of letters, digits and hyphens, with points between them.</summary>
    public static bool IsDomain(ReadOnlySpan<char> domain)
    {
        if (domain.Length is 0 or > 253 || domain[0] is '.' or '-' || domain[^1] is '.' or '-')
            return false;
        for (var i = 0; i < domain.Length; i++)
            if (!char.IsLetterOrDigit(domain[i]) && domain[i] != '-' && (domain[i] != '.' || domain[i - 1] == '.'))
                return false;
        return true;
    }
}
