using System.Collections.Frozen;
using System.Text;

namespace IdeaVote.Server.Telemetry;

/// <summary>
/// How Prometheus calls what OpenTelemetry measures, by OpenTelemetry's specification "Prometheus and OpenMetrics Compatibility": words between
/// underscores, the unit in full at the end, <c>_total</c> behind what only grows.
/// </summary>
internal static class PrometheusNames
{
    /// <summary>What the sample of a counter ends with.</summary>
    public const string Total = "_total";

    // UCUM's codes that instruments of .NET and our own use, and their neighbours.
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["kBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["%"] = "percent",
        ["Hz"] = "hertz",
        ["Cel"] = "celsius",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> PerWords = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["s"] = "second",
        ["min"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A family's name: of a counter without <see cref="Total"/>.</summary>
    /// <param name="name">The instrument's name.</param>
    /// <param name="unit">Its unit in UCUM; may be empty.</param>
    /// <param name="kind">What it is.</param>
    public static string Family(string name, string unit, MetricKind kind)
    {
        var family = Plain(name, colons: true);
        if (kind == MetricKind.Counter && family.EndsWith(Total, StringComparison.Ordinal) && family.Length > Total.Length)
            family = family[..^Total.Length];
        var word = Unit(unit, kind);
        return word.Length == 0 || family == word || family.EndsWith("_" + word, StringComparison.Ordinal) ? family : $"{family}_{word}";
    }

    /// <summary>A unit in words; empty for none.</summary>
    public static string Unit(string unit, MetricKind kind)
    {
        var bare = WithoutNotes(unit);
        // Shares are told apart only where they can't be mistaken for counts.
        if (bare == "1")
            return kind == MetricKind.Gauge ? "ratio" : "";
        if (bare.Split('/', 2) is not [var of, var per])
            return Plain(Words.GetValueOrDefault(bare, bare), colons: false, first: false).Trim('_');
        var word = Plain(Words.GetValueOrDefault(of, of), colons: false, first: false).Trim('_');
        var divisor = Plain(PerWords.GetValueOrDefault(per, per), colons: false, first: false).Trim('_');
        return divisor.Length == 0 ? word : word.Length == 0 ? $"per_{divisor}" : $"{word}_per_{divisor}";
    }

    /// <summary>A label's name.</summary>
    /// <param name="key">The attribute's key.</param>
    public static string Label(string key)
    {
        var label = Plain(key, colons: false);
        // These names are the format's own.
        return label is "le" or "quantile" || label.StartsWith("otel_scope_", StringComparison.Ordinal) ? "exported_" + label : label;
    }

    /// <summary>A text of the characters that names may have, with what is between them as one underscore.</summary>
    private static string Plain(string text, bool colons, bool first = true)
    {
        var plain = new StringBuilder(text.Length + 1);
        foreach (var c in text)
        {
            var fits = char.IsAsciiLetterOrDigit(c) || (colons && c == ':');
            if (first && plain.Length == 0 && char.IsAsciiDigit(c))
                plain.Append('_');
            if (fits)
                plain.Append(c);
            else if (plain.Length == 0 || plain[^1] != '_')
                plain.Append('_');
        }
        return plain.Length == 0 && first ? "_" : plain.ToString();
    }

    /// <summary>A unit without what stands in braces, which only says what is counted.</summary>
    private static string WithoutNotes(string unit)
    {
        var bare = new StringBuilder(unit.Length);
        var isNote = false;
        foreach (var c in unit)
        {
            if (c == '{')
                isNote = true;
            else if (c == '}')
                isNote = false;
            else if (!isNote)
                bare.Append(c);
        }
        return bare.ToString();
    }
}

/// <summary>What a family of samples is, in the words of OpenMetrics.</summary>
internal enum MetricKind
{
    /// <summary>It goes up and down.</summary>
    Gauge,

    /// <summary>It only grows.</summary>
    Counter,

    /// <summary>A distribution.</summary>
    Histogram,
}
