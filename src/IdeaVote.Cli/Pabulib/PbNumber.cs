using System.Globalization;

namespace IdeaVote.Cli.Pabulib;

/// <summary>
/// Reads amounts as people write them: <c>1200</c>, <c>12,50</c>, <c>969245.38</c>, <c>1 200 000</c>,
/// <c>1.200.000,50</c>. A single comma or point always separates the decimals; only where both occur, or one
/// of them more than once, do the earlier ones separate thousands.
/// </summary>
internal static class PbNumber
{
    /// <summary>The most an amount of money can be; more is a damaged file, and no server takes it.</summary>
    public const decimal MaxMoney = 999_999_999_999_999m;

    private const int MoneyDecimals = 4;

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Whether <paramref name="text"/> is an amount, and which.</summary>
    public static bool TryParse(string text, out decimal value)
    {
        var digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        return decimal.TryParse(WithPoint(digits), Style, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>
    /// Whether <paramref name="text"/> is an amount of money, 0 to <see cref="MaxMoney"/>, and which, to four decimals:
    /// more are the traces of a conversion, not of a price.
    /// </summary>
    public static bool TryParseMoney(string text, out decimal value)
    {
        if (!TryParse(text, out value) || value is < 0 or > MaxMoney)
            return false;
        value = decimal.Round(value, MoneyDecimals);
        return true;
    }

    private static string WithPoint(string digits)
    {
        var comma = digits.LastIndexOf(',');
        var point = digits.LastIndexOf('.');
        if (comma < 0 && point < 0)
            return digits;
        if (comma >= 0 && point >= 0)
        {
            var (thousands, separator) = comma > point ? ('.', ',') : (',', '.');
            return Without(digits, thousands).Replace(separator, '.');
        }
        var only = comma >= 0 ? ',' : '.';
        return digits.IndexOf(only, StringComparison.Ordinal) == Math.Max(comma, point)
            ? digits.Replace(only, '.')
            : Without(digits, only);
    }

    private static string Without(string digits, char separator) => string.Concat(digits.Where(c => c != separator));
}
