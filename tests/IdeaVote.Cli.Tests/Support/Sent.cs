using System.Text.Json;

namespace IdeaVote.Cli.Tests.Support;

/// <summary>A request as it reached the fake API.</summary>
internal sealed record Sent(string Method, string Address, string Path, string? Token, string? IdempotencyKey, string? LastEventId, string? After, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public IReadOnlyList<JsonElement> Lines =>
        [.. Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public bool Is(string method, string pathEnd) => Method == method && Path.EndsWith(pathEnd, StringComparison.Ordinal);
}
