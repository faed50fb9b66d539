namespace IdeaVote.Portal.Tests.Hostile;

/// <summary>Numbers, times and sizes beyond what there is, and addresses elsewhere.</summary>
internal static class ValueAttacks
{
    public static IEnumerable<string> Numbers =>
    [
        "-1", "-0", "0", "00000000000000000001", "2147483647", "2147483648", "-2147483649", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551616", "79228162514264337593543950336", "1e999", "1e-999", "-1e5", "1E5", "NaN", "Infinity", "-Infinity", "∞", "0x10", "0b1", "1_000",
        "1.5", "1,5", "1.000.000,00", "0.1e1", ".5", "5.", "1/2", "½", "²", "٣", "۴۵", "१०", "Ⅳ", "五", "１２", "1 000", " 1 ", "+1", "--1", "1\u200b", "1\0", "99999999999999999999999999999999999999999999", "0.00000000000000000000000000000000001",
    ];

    public static IEnumerable<string> Times =>
    [
        "0000-00-00T00:00", "0001-01-01T00:00", "9999-12-31T23:59", "10000-01-01T00:00", "-0001-01-01T00:00", "2026-02-30T12:00", "2026-13-01T00:00", "2026-12-31T24:00", "2026-12-31T23:60", "2026-12-31T23:59:60", "1970-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-22T12:00Z[Europe/Berlin]", "yesterday", "٢٠٢٦-١١-٢٢T١٢:٠٠",
    ];

    /// <summary>One more than each limit that is stated, and far more.</summary>
    public static IEnumerable<string> Sizes =>
    [
        new('x', 61), new('x', 64), new('x', 101), new('x', 201), new('x', 255), new('x', 1_101), new('x', 2_001), new('x', 5_001), new('x', 20_001), new('ü', 20_001), new('x', 60_000), new('<', 5_000), new('[', 2_000), new('>', 2_000), new('*', 3_000), new('`', 3_000), new('_', 3_000),
        string.Concat(Enumerable.Repeat("![](", 1_000)), string.Concat(Enumerable.Repeat("- ", 2_000)), string.Join(",", Enumerable.Range(0, 200).Select(static i => $"t{i}")), new(',', 3_000), new('\n', 3_000), new(' ', 3_000), new('\\', 2_000), new('%', 2_000), new('\u200d', 2_000),
        string.Concat(Enumerable.Repeat("| a ", 500)) + "\n" + string.Concat(Enumerable.Repeat("|---", 500)), $"{new string('a', 250)}@example.com",
    ];

    /// <summary>Where a way back must not lead.</summary>
    public static IEnumerable<string> Elsewhere =>
    [
        "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\/evil.example", "/\t/evil.example", "/\r\n/evil.example", "https:evil.example", "/%2f%2fevil.example", "/.//evil.example", "http://[::1]", "/ü/\u0416", "/c/x\u2028", "/\ud83d\ude00", "/c/none?to=//evil.example", "/..", "?x", "#x", "https://localhost@evil.example", "/@evil.example",
    ];
}
