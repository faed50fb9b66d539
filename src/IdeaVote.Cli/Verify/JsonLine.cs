using System.Text.Json;
using CsvHelper;

namespace IdeaVote.Cli.Verify;

/// <summary>Reads what exported JSON says.</summary>
internal static class JsonLine
{
    /// <summary>Whether an exception says that a file is not what it should be.</summary>
    public static bool IsUnreadable(Exception e) =>
        e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or CsvHelperException or ArgumentException;

    /// <summary>Whether the first line alone is an object that has a field.</summary>
    public static bool IsFirst(string text, string field)
    {
        try
        {
            using var first = JsonDocument.Parse(text.TrimStart().Split('\n')[0]);
            return first.RootElement.TryGetProperty(field, out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A text; null for none.</summary>
    public static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;

    /// <summary>A number; null for none.</summary>
    public static decimal? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var number) && number.ValueKind != JsonValueKind.Null ? number.GetDecimal() : null;

    /// <summary>What it says that it counts.</summary>
    public static Told ToldBy(JsonElement json) => new(
        Text(json, "campaign"),
        Text(json, "position"),
        json.TryGetProperty("parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Object
            ? parameters.EnumerateObject().ToDictionary(static each => each.Name, static each => each.Value.GetString()!, StringComparer.Ordinal)
            : null,
        Text(json, "ballots"));
}
