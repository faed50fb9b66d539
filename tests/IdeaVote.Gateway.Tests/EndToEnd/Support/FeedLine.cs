using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine.Codec;

namespace IdeaVote.Gateway.Tests.EndToEnd.Support;

/// <summary>One event of the feed as a caller gets it.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Prev">The hash before, in hexadecimal.</param>
/// <param name="Hash">Its own hash.</param>
/// <param name="Event">The event, byte for byte.</param>
public sealed record FeedLine(string Position, string Prev, string Hash, byte[] Event)
{
    /// <summary>What the first event's chain begins with.</summary>
    public const string Origin = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>The name of the event.</summary>
    public string Name => At("e").ShouldNotBeNull().GetValue<string>();

    /// <summary>A field of the event; null if it has none of this name.</summary>
    public JsonNode? At(string field) => JsonNode.Parse(Event)![field];

    /// <summary>Reads one line of the feed.</summary>
    public static FeedLine Parse(string line)
    {
        const string Marker = "\"event\":";
        var json = JsonNode.Parse(line)!;
        // The hash covers the event's bytes as they stand in the line, so they are cut out rather than written anew.
        var start = line.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length;
        return new FeedLine(
            json["position"]!.GetValue<string>(), json["prev"]!.GetValue<string>(), json["hash"]!.GetValue<string>(),
            Encoding.UTF8.GetBytes(line[start..line.LastIndexOf('}')]));
    }
}

/// <summary>Reads and checks feeds.</summary>
public static class Feeds
{
    /// <summary>The whole feed of a campaign so far.</summary>
    public static async Task<IReadOnlyList<FeedLine>> FeedAsync(this TestServer server, string campaign)
    {
        var answer = await server.Admin.With("Accept", "application/x-ndjson").GetAsync($"campaigns/{campaign}/feed").Expect(200);
        return [.. answer.Lines.Select(FeedLine.Parse)];
    }

    /// <summary>Every event carries the hash of the one before, and its own is right.</summary>
    public static void ShouldBeChained(this IEnumerable<FeedLine> feed, string after = FeedLine.Origin)
    {
        foreach (var line in feed)
        {
            line.Prev.ShouldBe(after);
            line.Hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(line.Prev), .. line.Event])));
            after = line.Hash;
        }
    }

    /// <summary>Counts a feed anew.</summary>
    public static Board Recount(this IEnumerable<FeedLine> feed)
    {
        var board = new Board();
        foreach (var line in feed)
            board.Apply(EventReader.Read(line.Event));
        return board;
    }
}
