using System.Text.Json;
using IdeaVote.Cli.Api;

namespace IdeaVote.Cli.Commands;

/// <summary>Copies a campaign's feed, line by line and byte for byte, going on where a connection broke.</summary>
/// <param name="client">The server.</param>
/// <param name="campaign">The campaign's key.</param>
/// <param name="after">The position to start after; null for the beginning.</param>
internal sealed class FeedExport(ApiClient client, string campaign, string? after)
{
    private readonly string path = $"campaigns/{Uri.EscapeDataString(campaign)}/feed?follow=false";

    /// <summary>The position of the last line written; null if there is none and the export started at the beginning.</summary>
    public string? Position { get; private set; } = after;

    /// <summary>How many lines have been written.</summary>
    public long Lines { get; private set; }

    /// <summary>Writes every event that is there now, and the signed head of the last as a last line.</summary>
    /// <exception cref="ApiException">The server refused, or cannot be reached any more.</exception>
    public async Task WriteAsync(TextWriter output, CancellationToken cancel)
    {
        await WriteEventsAsync(output, cancel);
        if (Position is { } last)
            await WriteHeadAsync(output, last, cancel);
    }

    /// <summary>
    /// Writes the signed head of what was exported. Events may have come in between: it is asked for at the position of the last line.
    /// </summary>
    private async Task WriteHeadAsync(TextWriter output, string last, CancellationToken cancel)
    {
        var head = await client.GetAsync<JsonElement>($"campaigns/{Uri.EscapeDataString(campaign)}/head?position={Uri.EscapeDataString(last)}", cancel);
        output.Write("{\"head\":");
        output.Write(JsonSerializer.Serialize(head, ApiJson.Options));
        output.Write("}\n");
        await output.FlushAsync(cancel);
    }

    private async Task WriteEventsAsync(TextWriter output, CancellationToken cancel)
    {
        while (true)
        {
            var before = Position;
            try
            {
                await client.Backoff.RunAsync(() => CopyAsync(output, cancel), cancel);
                return;
            }
            catch (ApiException e) when (e.IsTransient && Position != before)
            {
                // The connection is bad, not gone: as long as lines arrive it is worth going on.
            }
        }
    }

    private async Task<string?> CopyAsync(TextWriter output, CancellationToken cancel)
    {
        await foreach (var line in client.GetLinesAsync(path, Position, cancel))
        {
            var position = PositionOf(line);
            output.Write(line);
            output.Write('\n');
            Position = position;
            Lines++;
        }
        await output.FlushAsync(cancel);
        return Position;
    }

    private static string PositionOf(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty("position") is var position && position.ValueKind == JsonValueKind.String
                ? position.GetString()!
                : position.GetRawText();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The usual cause is a line that a broken connection cut off.
            throw new ApiException("a line of the feed broke off or cannot be read") { IsTransient = true };
        }
    }
}
