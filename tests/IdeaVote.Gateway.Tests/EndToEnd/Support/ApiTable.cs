namespace IdeaVote.Gateway.Tests.EndToEnd.Support;

/// <summary>One call of the API, and one that succeeds.</summary>
/// <param name="Method">The method.</param>
/// <param name="Route">The route, with names for its variable parts.</param>
/// <param name="Scopes">The scopes, any of which is enough, with spaces between; empty for anyone.</param>
/// <param name="Body">A body that is right; null if it takes none.</param>
/// <param name="ContentType">The body's content type.</param>
public sealed record Call(string Method, string Route, string Scopes, string? Body = null, string? ContentType = "application/json")
{
    /// <summary>Whether it answers events without end.</summary>
    public bool IsEndless => Route.EndsWith("/feed", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Route}";

    /// <summary>The path to send, with something for each variable part.</summary>
    public string Path(string campaign, string idea, string voter = "nobody", string token = "00000000000000000000", TalkIds? talk = null) => Route
        .Replace("{c}", campaign, StringComparison.Ordinal)
        .Replace("{i}", idea, StringComparison.Ordinal)
        .Replace("{j}", "ref:Other", StringComparison.Ordinal)
        .Replace("{t}", (talk ?? TalkIds.None).Thread, StringComparison.Ordinal)
        // Nobody edits what others wrote, and nobody reports what they wrote themselves.
        .Replace("{m}", Method is "PATCH" or "DELETE" ? (talk ?? TalkIds.None).Thread : (talk ?? TalkIds.None).Reply, StringComparison.Ordinal)
        .Replace("{voter}", voter, StringComparison.Ordinal)
        .Replace("{id}", token, StringComparison.Ordinal) + (Route.EndsWith("/portfolio", StringComparison.Ordinal) ? "?fund=100" : "");
}

/// <summary>Every call of the API. A test compares it with what the server maps.</summary>
public static class ApiTable
{
    private const string Idea = "/api/v1/campaigns/{c}/ideas/{i}";
    private const string Voters = "vote vote:any";

    private const string FullCampaign = """
        {"key":"made","title":"Made","brief":"Text","preset":"budget","stages":[{"name":"open","starts":null,"allows":["submit","vote"]}],
        "approve":{"max":3},"rate":{"criteria":[{"key":"overall","weight":1}]},"invest":{"budgetCredits":100,"minCredits":1,"maxCredits":50,"cost":"linear"},
        "rank":{"maxLength":3},"duel":{},"ranking":{"halfLifeHours":24,"priorWeight":5.5,"priorMean":3},
        "canChangeVotes":true,"hideScores":false,"publishBallots":true,"fund":{"amount":50000.25,"unit":"EUR"},
        "voters":{"who":"confirmed","domains":["example.com"]},"moderation":"none"}
        """;

    public static readonly IReadOnlyList<Call> Calls =
    [
        new("POST", "/api/v1/campaigns", "manage", FullCampaign),
        new("GET", "/api/v1/campaigns", ""),
        new("GET", "/api/v1/campaigns/{c}", ""),
        new("PATCH", "/api/v1/campaigns/{c}", "manage", """{"title":"Changed","brief":"Also changed","fund":{"amount":50000.25,"unit":"EUR"}}"""),
        new("PUT", "/api/v1/campaigns/{c}/stage", "manage", """{"stage":"open"}"""),
        new("PUT", "/api/v1/campaigns/{c}/results", "manage", """{"text":"Thanks","chosen":["ref:Idea"],"by":"rating"}"""),
        new("GET", "/api/v1/campaigns/{c}/results", ""),
        new("GET", "/api/v1/campaigns/{c}/news", Voters),
        new("PUT", "/api/v1/campaigns/{c}/roll", "manage", """{"entries":[{"voter":"nobody","segment":"north"}]}"""),
        new("PUT", "/api/v1/campaigns/{c}/voters/{voter}", "vote:any manage", """{"segment":"north","attributes":{"age":"30-39"}}"""),
        new("POST", "/api/v1/campaigns/{c}/ideas", "vote vote:any manage", """{"title":"Submitted","body":"Text","tags":["a","b"],"cost":12.5,"reference":"submitted","buildsOn":"ref:Idea"}"""),
        new("GET", "/api/v1/campaigns/{c}/ideas", ""),
        new("GET", Idea, ""),
        new("GET", Idea + "/history", ""),
        new("PATCH", Idea, "vote vote:any manage", """{"title":"Edited","body":"Text","tags":["c"],"cost":13}"""),
        new("PUT", Idea + "/status", "manage", """{"status":"planned","answer":"Soon"}"""),
        new("PUT", Idea + "/merge", "manage", """{"into":"ref:Other","answer":"The same"}"""),
        new("DELETE", Idea + "/merge", "manage"),
        new("GET", Idea + "/threads", ""),
        new("POST", Idea + "/threads", "vote vote:any manage", """{"text":"Begun"}"""),
        new("GET", Idea + "/threads/{t}", ""),
        new("POST", Idea + "/threads/{t}/comments", "vote vote:any manage", """{"text":"Said","replyTo":null}"""),
        new("PATCH", Idea + "/threads/{t}/comments/{m}", "vote vote:any manage", """{"text":"Edited"}"""),
        new("PUT", Idea + "/threads/{t}/comments/{m}/report", Voters, """{"reason":"spam"}"""),
        new("PUT", Idea + "/threads/{t}/comments/{m}/hidden", "manage", """{"reason":"abuse"}"""),
        new("DELETE", Idea + "/threads/{t}/comments/{m}", "vote vote:any manage"),
        new("GET", "/api/v1/campaigns/{c}/reports", "manage"),
        new("PUT", Idea + "/approval", Voters, "{}"),
        new("DELETE", Idea + "/approval", Voters),
        new("PUT", Idea + "/rating", Voters, """{"scores":{"overall":4}}"""),
        new("DELETE", Idea + "/rating", Voters),
        new("PUT", Idea + "/investment", Voters, """{"credits":3}"""),
        new("DELETE", Idea + "/investment", Voters),
        new("PUT", "/api/v1/campaigns/{c}/ranking", Voters, """{"ideas":["ref:Idea"]}"""),
        new("DELETE", "/api/v1/campaigns/{c}/ranking", Voters),
        new("PUT", "/api/v1/campaigns/{c}/duels", Voters, """{"better":"ref:Idea","worse":"ref:Other"}"""),
        new("DELETE", "/api/v1/campaigns/{c}/duels/{i}/{j}", Voters),
        new("GET", "/api/v1/campaigns/{c}/duels/next", Voters),
        new("GET", "/api/v1/campaigns/{c}/ballot", Voters),
        new("PUT", "/api/v1/campaigns/{c}/ballot", Voters, """{"approve":["ref:Idea"],"rate":{"ref:Idea":{"overall":4}},"invest":{"ref:Idea":30},"rank":["ref:Idea"],"duel":[["ref:Idea","ref:Other"]]}"""),
        new("POST", "/api/v1/campaigns/{c}/ballots", "vote:any", """{"line":1,"voter":"nobody","segment":"north","approve":["ref:Idea"],"rate":{"ref:Idea":{"overall":4}},"invest":{"ref:Idea":30}}""", "application/x-ndjson"),
        new("GET", "/api/v1/campaigns/{c}/leaderboard", ""),
        new("GET", "/api/v1/campaigns/{c}/leaderboard.svg", ""),
        new("GET", "/api/v1/campaigns/{c}/portfolio", ""),
        new("GET", "/api/v1/campaigns/{c}/word-of-mouth", "export"),
        new("GET", "/api/v1/campaigns/{c}/election.pb", "export"),
        new("GET", "/api/v1/campaigns/{c}/feed", "export"),
        new("GET", "/api/v1/campaigns/{c}/head", "export"),
        new("GET", "/api/v1/campaigns/{c}/ballots", "export"),
        new("GET", "/api/v1/campaigns/{c}/ballots/published", ""),
        new("POST", "/api/v1/tokens", "admin", """{"name":"made","scopes":["manage"],"voter":"nobody","address":"nobody@example.com","expires":"2031-01-01T00:00:00Z"}"""),
        new("GET", "/api/v1/tokens", "admin"),
        new("DELETE", "/api/v1/tokens/{id}", "admin"),
        new("DELETE", "/api/v1/persons/{voter}", "admin"),
        new("GET", "/api/v1/backup", "admin"),
        new("GET", "/api/v1/log-levels", "admin"),
        new("PUT", "/api/v1/log-levels", "admin", """{"levels":"information,Microsoft=warning"}"""),
        new("GET", "/.well-known/ideavote-keys.json", ""),
        new("GET", "/metrics", "metrics"),
        new("GET", "/healthz/live", ""),
        new("GET", "/healthz/ready", ""),
        new("GET", "/openapi/v1.json", ""),
    ];

    /// <summary>All calls, by name, for theories.</summary>
    public static TheoryData<string> All => [.. Calls.Select(call => call.ToString())];

    /// <summary>The calls that not everybody may make.</summary>
    public static TheoryData<string> Guarded => [.. Calls.Where(call => call.Scopes.Length > 0).Select(call => call.ToString())];

    /// <summary>The calls that take JSON.</summary>
    public static TheoryData<string> WithJson => [.. Calls.Where(call => call is { Body: not null, ContentType: "application/json" }).Select(call => call.ToString())];

    /// <summary>The call of a name.</summary>
    public static Call Find(string name) => Calls.Single(call => call.ToString() == name);
}
