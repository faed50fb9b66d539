using System.Text.RegularExpressions;
using IdeaVote.Domain.Ranking;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Gateway.Votes;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>
/// While scores are hidden, nothing tells of a tally: two servers that differ in nothing but the votes of others answer
/// everybody without the scope <c>export</c> alike, byte for byte.
/// </summary>
public sealed partial class HiddenScoresTests(HiddenScoresTests.Twins twins) : IClassFixture<HiddenScoresTests.Twins>
{
    private const string Campaign = "campaigns/hidden";

    private static readonly string[] Reads =
    [
        "campaigns", Campaign,
        $"{Campaign}/ideas", $"{Campaign}/ideas?sort=oldest", $"{Campaign}/ideas?limit=2", $"{Campaign}/ideas?sort=oldest&limit=2",
        $"{Campaign}/ideas?q=idea", $"{Campaign}/ideas?q=idea&limit=2", $"{Campaign}/ideas?q=idea&sort=newest&limit=1", $"{Campaign}/ideas?tag=common", $"{Campaign}/ideas?status=published",
        $"{Campaign}/ideas?sort=approvals", $"{Campaign}/ideas?sort=rating", $"{Campaign}/ideas?sort=invested", $"{Campaign}/ideas?q=idea&sort=rating",
        .. Enum.GetValues<RankBy>().Select(by => $"{Campaign}/ideas?sort={RankNames.Of(by)}&limit=2"), $"{Campaign}/ideas?q=idea&sort=needs-votes",
        $"{Campaign}/ideas/ref:1", $"{Campaign}/ideas/ref:2", $"{Campaign}/ideas/ref:3", $"{Campaign}/ideas/ref:4", $"{Campaign}/ideas/ref:none", $"{Campaign}/ideas/ref:1/history", $"{Campaign}/ideas/ref:2/history",
        $"{Campaign}/ideas/ref:1/threads", $"{Campaign}/ideas/ref:1/threads?order=oldest", $"{Campaign}/ideas/ref:1/threads/00000000000000000000", $"{Campaign}/reports",
        $"{Campaign}/ballot", $"{Campaign}/results", $"{Campaign}/news",
        $"{Campaign}/leaderboard", $"{Campaign}/leaderboard?by=rating", $"{Campaign}/leaderboard?by=invested&top=1", $"{Campaign}/leaderboard?format=csv", $"{Campaign}/leaderboard?format=jsonl", $"{Campaign}/portfolio", $"{Campaign}/portfolio?rule=greedy&fund=5&format=csv",
        $"{Campaign}/word-of-mouth", $"{Campaign}/feed?follow=false", $"{Campaign}/head", $"{Campaign}/ballots", $"{Campaign}/ballots/published", "tokens", "backup", "log-levels", "/metrics", "/", "/c/hidden", "/c/hidden?sort=top", "/c/hidden/ideas/ref:1", "/c/hidden/ideas/ref:2", "/c/hidden/results", "/openapi/v1.json", "/healthz/live", "/healthz/ready",
    ];

    private static readonly (string Method, string Path, string? Body)[] Votes =
    [
        ("PUT", $"{Campaign}/ideas/ref:1/approval", null), ("PUT", $"{Campaign}/ideas/ref:1/approval", null), ("DELETE", $"{Campaign}/ideas/ref:2/approval", null),
        ("PUT", $"{Campaign}/ideas/ref:1/rating", """{"scores":{"overall":4}}"""), ("DELETE", $"{Campaign}/ideas/ref:1/rating", null),
        ("PUT", $"{Campaign}/ideas/ref:2/investment", """{"credits":30}"""), ("PUT", $"{Campaign}/ideas/ref:3/investment", """{"credits":71}"""), ("DELETE", $"{Campaign}/ideas/ref:2/investment", null),
        ("PUT", $"{Campaign}/ballot", """{"approve":["ref:1","ref:3"],"invest":{"ref:4":50}}"""), ("PUT", $"{Campaign}/ballot", """{"approve":["ref:none"]}"""), ("DELETE", $"{Campaign}/ideas/ref:1/approval", null),
        ("PATCH", $"{Campaign}/ideas/ref:4", """{"title":"Idea of Anna","cost":9}"""), ("POST", $"{Campaign}/ideas", """{"title":"Late idea","reference":"late"}"""),
    ];

    private static readonly (string Method, string Path, string? Body)[] Management =
    [
        ("PATCH", $"{Campaign}/ideas/ref:1", """{"cost":7}"""), ("PUT", $"{Campaign}/ideas/ref:1/status", """{"status":"planned","answer":"Soon"}"""),
        ("PUT", $"{Campaign}/ideas/ref:3/status", """{"status":"declined"}"""), ("PUT", $"{Campaign}/ideas/ref:3/status", """{"status":"published"}"""),
        ("PUT", $"{Campaign}/ideas/ref:3/merge", """{"into":"ref:1"}"""), ("DELETE", $"{Campaign}/ideas/ref:3/merge", null),
        ("PATCH", Campaign, """{"brief":"New"}"""), ("PATCH", Campaign, """{"hideScores":false}"""), ("PATCH", Campaign, """{"approve":null}"""), ("PATCH", Campaign, """{"invest":{"budgetCredits":99}}"""),
        ("PUT", $"{Campaign}/voters/other-0", """{"segment":"south","attributes":{"age":"old"}}"""), ("PUT", $"{Campaign}/voters/other-1", "{}"), ("PUT", $"{Campaign}/roll", """{"entries":[{"voter":"other-0"}]}"""),
        ("PUT", $"{Campaign}/stage", """{"stage":"vote"}"""), ("POST", $"{Campaign}/ideas", """{"title":"Of the team","reference":"team"}"""),
    ];

    [Fact]
    public async Task Whoever_may_not_export_is_answered_alike_whatever_the_tallies()
    {
        foreach (var (who, ask) in Callers)
        {
            var answers = await twins.BothAsync(ask);
            answers.One.ShouldBe(answers.Other, who);
            answers.One.Count.ShouldBeGreaterThan(Reads.Length);
        }
    }

    [Fact]
    public async Task Whoever_may_export_sees_the_tallies_and_they_differ()
    {
        foreach (var path in new[] { $"{Campaign}/leaderboard", $"{Campaign}/leaderboard?by=rating", $"{Campaign}/leaderboard?by=invested", $"{Campaign}/ideas", $"{Campaign}/ideas?sort=invested", $"{Campaign}/ideas?sort=trending", $"{Campaign}/ideas?sort=bayesian", $"{Campaign}/ideas/ref:2", $"{Campaign}/ideas/ref:2/history" })
        {
            var answers = await twins.BothAsync(async server => [Shown(await (await server.AsAsync("export")).GetAsync(path).Expect(200))]);
            answers.One.ShouldNotBe(answers.Other, path);
        }
    }

    [Theory]
    [InlineData("stage")]
    [InlineData("clock")]
    public async Task When_voting_has_closed_everybody_sees_the_tallies(string how)
    {
        await using var server = await TestServer.StartAsync();
        var campaign = await server.FullCampaignAsync($$"""
            "hideScores":true,"stages":[{"name":"vote","allows":["submit","vote"]},{"name":"review","starts":"{{server.Clock.After(TimeSpan.FromHours(1))}}"}]
            """);
        await server.IdeaAsync(campaign, "1");
        await server.CastAsync(campaign, """{"voter":"a","approve":["ref:1"]}""");
        await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard").Refused(403, "scores_hidden");
        await server.Anyone.GetAsync($"campaigns/{campaign}/ideas?sort=approvals").Refused(403, "scores_hidden");
        (await server.Anyone.GetAsync($"campaigns/{campaign}/ideas/ref:1").Expect(200)).At("tally").ShouldBeNull();

        if (how == "clock")
            server.Clock.Jump(TimeSpan.FromHours(1));
        else
            await server.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"review"}""").Expect(200);
        // By hand it is over only when no later start would open it again; by the clock it is.
        (await server.Anyone.GetAsync($"campaigns/{campaign}").Expect(200)).At("scoresVisible").ShouldBeJson("true");

        (await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard").Expect(200)).Number("rows.0.votes").ShouldBe(1);
        (await server.Anyone.GetAsync($"campaigns/{campaign}/ideas?sort=approvals").Expect(200)).Number("items.0.tally.approvals").ShouldBe(1);
        (await server.Anyone.GetAsync($"campaigns/{campaign}/ideas/ref:1").Expect(200)).Number("tally.approvals").ShouldBe(1);
    }

    private static IEnumerable<(string Who, Func<TestServer, Task<List<string>>> Ask)> Callers =>
    [
        ("anyone", server => WalkAsync(server, server.Anyone, [])),
        ("a voter", async server => await WalkAsync(server, await server.VoterAsync("anna"), Votes)),
        ("a back end", async server => await WalkAsync(server, (await server.AsAsync("vote:any")).For("anna"), Votes)),
        ("the team", async server => await WalkAsync(server, await server.AsAsync("manage"), Management)),
        ("a voter of the team", async server => await WalkAsync(server, await server.AsAsync("manage vote", "anna"), [.. Votes, .. Management])),
    ];

    /// <summary>Everything a caller can see, before and after everything a caller can do.</summary>
    private static async Task<List<string>> WalkAsync(TestServer server, Api caller, (string Method, string Path, string? Body)[] writes)
    {
        var seen = new List<string>();
        await ReadAsync(caller);
        var reader = caller;
        foreach (var (method, path, body) in writes)
        {
            using var content = body is null ? null : Api.Body(System.Text.Encoding.UTF8.GetBytes(body), "application/json");
            var written = await caller.SendAsync(method, path, content);
            seen.Add($"{method} {path}: {Shown(written)}");
            if (written.Headers.ContainsKey("IdeaVote-Position"))
                reader = caller.With("IdeaVote-After", written.Position);
            if (written.Status == 200 && path.EndsWith("/merge", StringComparison.Ordinal))
                await UntilAnnaFollowsAsync(server, isMerged: method == "PUT");
        }
        if (writes.Length > 0)
            await ReadAsync(reader);
        return seen;

        async Task ReadAsync(Api caller)
        {
            foreach (var path in Reads)
            {
                var answer = await caller.GetAsync(path);
                seen.Add($"GET {path}: {Shown(answer)}");
                // Lists are read to their end.
                while (answer is { Status: 200 } && path.Contains("limit", StringComparison.Ordinal) && answer.At("next") is { } next)
                    seen.Add(Shown(answer = await caller.GetAsync($"{path}&cursor={next.GetValue<string>()}").Expect(200)));
            }
        }
    }

    /// <summary>Votes follow a merge when they are told to; one that is undone before that leaves another version of the ballot.</summary>
    private static async Task UntilAnnaFollowsAsync(TestServer server, bool isMerged)
    {
        await using var feed = await FeedReader.OpenAsync(server.Admin, "hidden");
        while ((await server.Admin.For("anna").GetAsync($"{Campaign}/ballot").Expect(200)).At("merged") is not null != isMerged)
            await feed.UntilAsync(line => line.Name is "votes_merged" or "votes_unmerged");
    }

    /// <summary>An answer without what differs between any two servers: the time of day, the port, and what is encrypted or random.</summary>
    private static string Shown(Answer answer)
    {
        var headers = answer.Headers.Where(header => header.Key != "Date").OrderBy(header => header.Key, StringComparer.Ordinal)
            .Select(header => $"{header.Key}: {(header.Key == "IdeaVote-Position" ? new string('*', header.Value.Length) : header.Value)}");
        return $"{answer.Status}\n{string.Join('\n', headers)}\n\n{Port().Replace(Opaque().Replace(answer.Body, "\"${name}\":\"*\""), "127.0.0.1")}";
    }

    [GeneratedRegex("\"(?<name>position|next)\":\"[^\"]+\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Opaque();

    [GeneratedRegex(@"127\.0\.0\.1:\d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Port();

    /// <summary>Two servers of the same secret and clock, with the same campaign, and with other votes of other people.</summary>
    public sealed class Twins : IAsyncLifetime
    {
        private readonly List<TestServer> servers = [];

        public async Task InitializeAsync()
        {
            var secret = new byte[32];
            Array.Fill(secret, (byte)7);
            for (var twin = 0; twin < 2; twin++)
            {
                var server = await TestServer.StartAsync(secret);
                servers.Add(server);
                await PrepareAsync(server, voters: 5 + 20 * twin, twin);
            }
        }

        public async Task DisposeAsync()
        {
            foreach (var server in servers)
                await server.DisposeAsync();
        }

        /// <summary>Asks both for the same.</summary>
        public async Task<(List<string> One, List<string> Other)> BothAsync(Func<TestServer, Task<List<string>>> ask) => (await ask(servers[0]), await ask(servers[1]));

        private static async Task PrepareAsync(TestServer server, int voters, int twin)
        {
            await server.Admin.PostAsync("campaigns", """
                {"key":"hidden","title":"Hidden","hideScores":true,"publishBallots":true,"approve":{},"rate":{},"invest":{"budgetCredits":100},
                "stages":[{"name":"vote","allows":["submit","vote"]},{"name":"over"}]}
                """).Expect(201);
            foreach (var number in new[] { "1", "2", "3" })
                await server.Admin.PostAsync($"{Campaign}/ideas", $$"""{"title":"Idea {{number}}","reference":"{{number}}","tags":["common"]}""").Expect(201);
            var anna = await server.VoterAsync("anna");
            await anna.PostAsync($"{Campaign}/ideas", """{"title":"Idea of Anna","reference":"4"}""").Expect(201);
            await anna.PutAsync($"{Campaign}/ballot", """{"approve":["ref:2"],"rate":{"ref:2":{"overall":3}},"invest":{"ref:1":20}}""").Expect(200);
            await server.CastAsync("hidden", Enumerable.Range(0, voters).Select(i =>
                $$$"""{"voter":"other-{{{i}}}","approve":["ref:{{{1 + twin}}}"],"rate":{"ref:2":{"overall":{{{1 + twin + i % 3}}} } },"invest":{"ref:{{{2 + twin}}}":{{{i + 1}}} } }"""));
            // What is searched for has been folded on both.
            var last = await server.Admin.PatchAsync(Campaign, """{"brief":"Ready"}""").Expect(200);
            await server.Admin.With("IdeaVote-After", last.Position).GetAsync($"{Campaign}/ideas?q=idea").Expect(200);
        }
    }
}
