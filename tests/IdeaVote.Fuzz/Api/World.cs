using System.Text.Json;

namespace IdeaVote.Fuzz.Api;

/// <summary>
/// What a round of requests is about: a campaign that has what the examples of the description speak of, and callers of each sort. A round
/// has one of its own, since what is tried sooner or later closes, merges, withdraws or erases everything.
/// </summary>
internal sealed class World
{
    private const int MostKept = 30;

    private static readonly string[] References = ["bike-lanes", "more-trees", "playground", "bike-path", "a/b c%20ü"];
    private static readonly string[] Scopes = ["vote", "vote:any", "manage", "export", "metrics"];

    private readonly List<string> positions = [];
    private readonly List<string> cursors = [];

    private readonly TimeProvider time;

    private World(string key, TimeProvider time)
    {
        Key = key;
        this.time = time;
    }

    /// <summary>The time at the server.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The campaign's key.</summary>
    public string Key { get; }

    /// <summary>Voters who have voted.</summary>
    public string[] Voters => [Key + "-ada", Key + "-bob"];

    /// <summary>What the variable parts of paths may be, by their names.</summary>
    public Dictionary<string, string[]> Parts { get; } = new(StringComparer.Ordinal);

    /// <summary>Tokens of each sort of caller.</summary>
    public List<string> Tokens { get; } = [FuzzedServer.AdminToken];

    /// <summary>Positions that the server gave.</summary>
    public IReadOnlyList<string> Positions => positions;

    /// <summary>Cursors that the server gave.</summary>
    public IReadOnlyList<string> Cursors => cursors;

    /// <summary>Makes one.</summary>
    /// <param name="server">Where.</param>
    /// <param name="seed">The seed of the round.</param>
    public static async Task<World> MakeAsync(FuzzedServer server, int seed)
    {
        var random = Run.Of(-seed);
        var world = new World($"fuzz-{seed}", server.Clock);
        var api = $"/api/v1/campaigns/{world.Key}";
        var (isOver, isModerated) = (random.OneIn(4), random.OneIn(6));
        await server.SendAsync(HttpMethod.Post, "/api/v1/campaigns", $$$"""
            {"key":"{{{world.Key}}}","title":"Fuzz","stages":[{"name":"vote","allows":["submit","discuss","vote"]},{"name":"over","allows":[]}],
             "approve":{"max":null},"rate":{"criteria":[{"key":"overall","weight":1},{"key":"effort","weight":2}]},"invest":{"budgetCredits":1000},"rank":{"maxLength":5},"duel":{},
             "fund":{"amount":50000,"unit":"EUR"},"hideScores":{{{Json(random.OneIn(8))}}},"publishBallots":{{{Json(isOver || random.OneIn(4))}}},"canChangeVotes":{{{Json(!random.OneIn(8))}}},
             "moderation":"{{{(isModerated ? "before" : "none")}}}"}
            """);
        var ids = new List<string>();
        foreach (var reference in References)
            ids.Add(Id(await server.SendAsync(HttpMethod.Post, $"{api}/ideas", $$"""{"title":"An idea","body":"Text","reference":"{{reference}}","tags":["traffic"],"cost":100}""", isModerated ? null : world.Voters[0])));
        foreach (var voter in world.Voters)
            await server.SendAsync(HttpMethod.Put, $"{api}/ballot", """{"approve":["ref:bike-lanes"],"rate":{"ref:more-trees":{"overall":4}},"invest":{"ref:playground":30},"rank":["ref:bike-lanes"]}""", voter);
        var thread = Id(await server.SendAsync(HttpMethod.Post, $"{api}/ideas/ref:bike-lanes/threads", """{"text":"Words"}""", world.Voters[0]));
        var reply = Id(await server.SendAsync(HttpMethod.Post, $"{api}/ideas/ref:bike-lanes/threads/{thread}/comments", """{"text":"More"}""", world.Voters[1]));
        foreach (var scope in Scopes)
            world.Tokens.Add(await TokenAsync(server, scope, scope == "vote" ? world.Voters[0] : null));
        var disposable = Id(await server.SendAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"fuzz","scopes":["export"]}"""));
        if (isOver)
        {
            await server.SendAsync(HttpMethod.Put, $"{api}/stage", """{"stage":"over"}""");
            // What voters may still have under way has arrived by then.
            server.Clock.Pass(TimeSpan.FromMinutes(2));
        }
        world.Parts["c"] = [world.Key];
        // What is talked about and what the examples name; the last is what nothing else speaks of.
        world.Parts["i"] = ["ref:bike-lanes", "ref:bike-lanes", "ref:bike-lanes", ids[0], "ref:more-trees", "ref:playground", "ref:" + References[^1]];
        world.Parts["j"] = ["ref:more-trees", "ref:playground", ids[1]];
        world.Parts["t"] = [thread];
        world.Parts["m"] = [thread, reply];
        world.Parts["voter"] = [.. world.Voters, world.Key + "-new"];
        world.Parts["id"] = [disposable];
        return world;
    }

    /// <summary>Keeps what an answer gave to go on with.</summary>
    public void Learn(WireAnswer answer)
    {
        if (answer.Headers.TryGetValue("IdeaVote-Position", out var position))
            Keep(positions, position);
        var text = answer.Body.Length is > 0 and < 100_000 ? answer.Text : "";
        if (After(text, "\"next\":\"") is { } cursor)
            Keep(cursors, cursor);
        if (After(text, "\"position\":\"") is { } named)
            Keep(positions, named);
    }

    private static string? After(string text, string mark)
    {
        var begin = text.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        return begin < mark.Length ? null : text[begin..text.IndexOf('"', begin)];
    }

    private static void Keep(List<string> kept, string text)
    {
        if (kept.Count == MostKept)
            kept.RemoveAt(0);
        kept.Add(text);
    }

    private static string Id(JsonElement made) => made.GetProperty("id").GetString()!;

    private static string Json(bool value) => value ? "true" : "false";

    private static async Task<string> TokenAsync(FuzzedServer server, string scope, string? voter) =>
        (await server.SendAsync(HttpMethod.Post, "/api/v1/tokens", JsonSerializer.Serialize(new { name = "fuzz", scopes = new[] { scope }, voter }))).GetProperty("token").GetString()!;
}
