using System.Security.Cryptography;
using System.Text;

namespace IdeaVote.Cli.Import;

/// <summary>The short names of campaigns: 1 to 63 of a-z, 0-9 and -, not starting with -.</summary>
internal static class CampaignKey
{
    private const int MaxLength = 63;
    private const int FingerprintLength = 8;

    /// <summary>Whether the text can be a campaign's key.</summary>
    public static bool IsValid(string text) =>
        text.Length is > 0 and <= MaxLength && text[0] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>A key from a file's name, always the same for the same name; empty if the name has no letter or digit of ASCII.</summary>
    public static string FromFile(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var slug = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        var key = slug.ToString().TrimEnd('-');
        return key.Length <= MaxLength ? key : $"{key[..(MaxLength - FingerprintLength - 1)].TrimEnd('-')}-{Fingerprint(name)}";
    }

    // Long names differ at the end, which is what is cut off; without this two elections would become one campaign.
    private static string Fingerprint(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..FingerprintLength];
}
