using System.Globalization;
using System.Text.Json;
using OpenTelemetry;

namespace IdeaVote.Server.Telemetry;

/// <summary>Attributes as labels.</summary>
internal static class MetricLabels
{
    /// <summary>Labels as they are written, without braces, in the order of their names.</summary>
    /// <param name="scope">The meter that measured.</param>
    /// <param name="tags">The attributes.</param>
    public static string Of(string scope, ReadOnlyTagCollection tags)
    {
        if (tags.Count == 0)
            return ScrapeText.Label("otel_scope_name", scope);
        var pairs = new List<KeyValuePair<string, object?>>(tags.Count);
        foreach (var tag in tags)
            pairs.Add(tag);
        return Join(pairs) + "," + ScrapeText.Label("otel_scope_name", scope);
    }

    /// <summary>Attributes as labels as they are written.</summary>
    public static string Join(IEnumerable<KeyValuePair<string, object?>> attributes)
    {
        // Of two keys that differ only in what a label's name can't hold, both values are kept in one label.
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            var name = PrometheusNames.Label(key);
            var text = Text(value);
            labels[name] = labels.TryGetValue(name, out var other) ? $"{other};{text}" : text;
        }
        return string.Join(',', labels.Select(label => ScrapeText.Label(label.Key, label.Value)));
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool yes => yes ? "true" : "false",
        Array many => JsonSerializer.Serialize(many, many.GetType()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
