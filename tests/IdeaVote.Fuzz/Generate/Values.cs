using System.Globalization;

namespace IdeaVote.Fuzz.Generate;

/// <summary>Texts that programs trip over.</summary>
internal static class Values
{
    private static readonly string[] Known =
    [
        "", " ", "0", "-0", "-1", "1", "2147483648", "-9223372036854775809", "18446744073709551616", "1e999", "-1e-999", "0.1", "0.01", "1.005", "NaN", "Infinity", "0x10", "1_000", "٣", "１",
        "79228162514264337593543950335", "79228162514264337593543950336", "1e28", "0.0000000000000000000000000001", "true", "null", "undefined", "[]", "{}", "\"", "'", "\\", "\0", "\t", "\r\n",
        "\u007f", "\u0085", "\u2028", "\ufeff", "\u202e", "\u200d", "e\u0301", "\ud800", "\udc00x", "😀", "ﬀ", "İ", "ß", "\uffff",
        "..", ".", "/", "//", "%", "%00", "%2e%2e", "%FF", "%E0%80", "a%2Fb", "?", "#", "&", "=", "+", ";", ",", ",,", ":", "*", "@", "ref:", "ref:ref:", "ref:\0", "ref:bike-lanes", "me",
        "=1+1", "+1", "-1+1", "@SUM(A1)", "<script>", "<!--", "]]>", "&amp;", "javascript:alert(1)", "{{7*7}}", "${7*7}", "$(id)", "`id`", "; ls", "| ls", "%s%n", "'; DROP TABLE x; --", "\" OR \"\"=\"",
        "a AND", "a* NEAR(b", "(", "1/0", "200/2000", "off", "2026-11-22", "2026-11-22T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "10000-01-01",
        "-0001-01-01", "2026-02-30T00:00:00Z", "2026-11-22T00:00:00+14:59", "2016-12-31T23:59:60Z", "P1D", "00000000000000000000", "zzzzzzzzzzzzzzzzzzzz", "AAAA", "W/\"1\"", "\"1\"", "\"9223372036854775808\"",
        "bytes=0-", "bytes=9999-,-1", "gzip", "text/html;q=0.1,*/*", "application/json;q=NaN", "Bearer", "Basic QTpC", "north:2", "north:1e99,south:-1", "100-continue", "trailers",
    ];

    /// <summary>One of them, two together, a long one, a number or noise.</summary>
    public static string Next(Random random) => random.Next(14) switch
    {
        0 => new string((char)random.Next(32, 127), random.Next(1, random.Next(4) == 0 ? 5_000 : 300)),
        1 => string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => (char)random.Next(1, 0xFFFF))),
        2 => Known[random.Next(Known.Length)] + Known[random.Next(Known.Length)],
        3 => random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
        4 => random.Next(-5, 120).ToString(CultureInfo.InvariantCulture),
        _ => Known[random.Next(Known.Length)],
    };

    /// <summary>One of several.</summary>
    public static T Pick<T>(this Random random, IReadOnlyList<T> of) => of[random.Next(of.Count)];

    /// <summary>True once in so many times.</summary>
    public static bool OneIn(this Random random, int times) => random.Next(times) == 0;
}
