using System.Text.Json;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>What of an idea's text can be searched.</summary>
internal sealed record IdeaWords(string Title, string Body, string Tags)
{
    /// <summary>Reads a document's content; what is missing or of another type is empty. Null if it is not JSON at all.</summary>
    public static IdeaWords? Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            var root = json.RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? new IdeaWords(Text(root, "title"), Text(root, "body"), JoinTags(root))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string with half a surrogate pair in it is JSON but no text.
            return null;
        }
    }

    private static string JoinTags(JsonElement root) =>
        root.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array
            ? string.Join('\n', tags.EnumerateArray().Select(Clean))
            : "";

    private static string Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? Clean(value) : "";

    // SQLite ends a text at a NUL in some places and not in others.
    private static string Clean(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()!.Replace('\0', ' ') : "";
}
