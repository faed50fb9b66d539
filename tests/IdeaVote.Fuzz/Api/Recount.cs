using IdeaVote.Fuzz.Commands;
using IdeaVote.Server.Tests.Support;

namespace IdeaVote.Fuzz.Api;

/// <summary>Counts campaigns again from their exports, as anybody could, and compares what the server says they come to.</summary>
internal static class Recount
{
    /// <summary>Fails if anything differs.</summary>
    /// <param name="server">The server.</param>
    /// <param name="campaigns">The campaigns' keys.</param>
    public static async Task CheckAsync(FuzzedServer server, IReadOnlyList<string> campaigns)
    {
        using var folder = new TempFolder();
        var (feed, ranking) = (folder.File("feed.jsonl"), folder.File("ranking.json"));
        foreach (var campaign in campaigns)
        {
            await ShouldBeDoneAsync(server, "export", campaign, "--output", feed);
            foreach (var by in new[] { "approvals", "invested" })
            {
                var shown = await ShouldBeDoneAsync(server, "leaderboard", campaign, "--by", by, "--format", "json", "--top", "1000");
                await File.WriteAllTextAsync(ranking, shown);
                await ShouldBeDoneAsync(server, "verify", feed, "--leaderboard", ranking, "--key", server.Address.OriginalString);
            }
        }
    }

    private static async Task<string> ShouldBeDoneAsync(FuzzedServer server, params string[] args)
    {
        var ended = await Shell.RunAsync(server.Address, args);
        ended.Code.ShouldBe(0, $"{string.Join(' ', args)}: {ended.Output}{ended.Said}");
        return ended.Output;
    }
}
