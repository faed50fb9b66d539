using System.Globalization;

namespace IdeaVote.Portal.Submit;

/// <summary>Reads sums of money as people type them: with a point or a comma for the decimals, and with or without groups.</summary>
internal static class Amounts
{
    private const int MaxChars = 40;

    /// <summary>Reads a sum, 0 or more, of at most two decimals.</summary>
    /// <remarks>The last point or comma stands before decimals unless three digits follow it, which make it a group's.</remarks>
    public static bool TryRead(string text, out decimal amount)
    {
        amount = 0;
        var plain = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('\u00a0' or '\u202f' or '\'')));
        if (plain.Length is 0 or > MaxChars || !plain.All(c => char.IsAsciiDigit(c) || c is '.' or ','))
            return false;
        var last = plain.LastIndexOfAny(['.', ',']);
        var decimals = last < 0 ? 0 : plain.Length - last - 1;
        var isGroup = decimals == 3 && (plain.Count(c => c == plain[last]) > 1 || plain.IndexOfAny(['.', ',']) == last || plain.All(c => char.IsAsciiDigit(c) || c == plain[last]));
        if (last >= 0 && !isGroup && (decimals > 2 || decimals == 0))
            return false;
        var whole = last < 0 || isGroup ? plain : plain[..last];
        var digits = whole.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        var fraction = last < 0 || isGroup ? "" : "." + plain[(last + 1)..];
        return decimal.TryParse(digits + fraction, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
    }
}
