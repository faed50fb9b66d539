using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IdeaVote.Engine.Audit;
using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>The ballots of a campaign that publishes them: for anybody, once voting is over, and linked to nobody.</summary>
public sealed class PublicationTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task They_are_the_ballots_that_the_head_vouches_for_under_other_names()
    {
        var campaign = await ElectionAsync(server);
        await CloseAsync(server, campaign);
        var head = SignedHead.Read((await server.Admin.GetAsync($"campaigns/{campaign}/head").Expect(200)).Bytes);
        var original = (await server.Admin.GetAsync($"campaigns/{campaign}/ballots").Expect(200)).Lines;

        var published = await server.Anyone.GetAsync($"campaigns/{campaign}/ballots/published").Expect(200);

        var lines = published.Lines;
        var statement = SignedPublication.Read(System.Text.Encoding.UTF8.GetBytes(lines[^1]));
        statement.CheckSignature();
        (statement.Head.Position, statement.Head.Ballots, statement.Head.Kid, statement.Voters).ShouldBe((head.Position, head.Ballots, head.Kid, 3));
        Convert.ToHexStringLower(SHA256.HashData(published.Bytes.AsSpan(0, published.Bytes.Length - lines[^1].Length - 1))).ShouldBe(statement.Published);

        var ballots = lines.Where(line => line.StartsWith("{\"voter\"", StringComparison.Ordinal)).ToList();
        ballots.ShouldBe(ballots.Order(StringComparer.Ordinal));
        ballots.Select(WithoutVoter).Order(StringComparer.Ordinal).ShouldBe(original.Select(WithoutVoter).Order(StringComparer.Ordinal));
        // Nothing leads back to the feed: no voter's id, no time, no segment.
        var feed = await server.FeedAsync(campaign);
        foreach (var line in feed.Where(line => line.At("s")!.GetValue<string>() == "voter"))
            published.Body.ShouldNotContain(line.At("k")!.GetValue<string>());
        foreach (var segment in feed.Select(line => line.At("segment")?.GetValue<string>()).OfType<string>())
            published.Body.ShouldNotContain(segment);
        ballots.ShouldAllBe(line => !line.Contains("first") && !line.Contains("segment"));

        using var counted = new PublishedElection();
        foreach (var line in lines.SkipLast(1))
            counted.Take(System.Text.Encoding.UTF8.GetBytes(line), _ => { });
        counted.Compare(statement);
        counted.Board.Voters.ShouldBe(3);
    }

    [Fact]
    public async Task Whoever_asks_whenever_gets_the_same_bytes()
    {
        await using var own = await TestServer.StartAsync();
        var campaign = await ElectionAsync(own);
        await CloseAsync(own, campaign);
        var first = (await own.Anyone.GetAsync($"campaigns/{campaign}/ballots/published").Expect(200)).Bytes;

        (await own.Admin.GetAsync($"campaigns/{campaign}/ballots/published").Expect(200)).Bytes.ShouldBe(first);
        // Refunds change ballots after voting has closed; what was published stays.
        await own.Admin.PutAsync($"campaigns/{campaign}/ideas/ref:1/status", """{"status":"declined"}""").Expect(200);
        await own.RestartAsync();
        (await own.Anyone.GetAsync($"campaigns/{campaign}/ballots/published").Expect(200)).Bytes.ShouldBe(first);
    }

    [Fact]
    public async Task Not_before_voting_is_over_and_votes_have_arrived()
    {
        await using var own = await TestServer.StartAsync();
        var campaign = await ElectionAsync(own, more: "\"hideScores\":true,");
        var path = $"campaigns/{campaign}/ballots/published";
        await own.Admin.GetAsync(path).Refused(409, "voting_not_over");

        await own.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"review"}""").Expect(200);
        own.Clock.Advance(Settled - TimeSpan.FromSeconds(1));
        await own.Anyone.GetAsync(path).Refused(409, "voting_not_over");
        own.Clock.Advance(TimeSpan.FromSeconds(1));
        await own.Anyone.GetAsync(path).Expect(200);

        await own.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"vote"}""").Expect(200);
        await own.Anyone.GetAsync(path).Refused(409, "voting_not_over");
    }

    [Fact]
    public async Task Only_where_voters_were_told_before()
    {
        var silent = await ElectionAsync(server, rule: "");
        await CloseAsync(server, silent);
        await server.Anyone.GetAsync($"campaigns/{silent}/ballots/published").Refused(404, "ballots_not_published");
        await server.Admin.PatchAsync($"campaigns/{silent}", """{"publishBallots":true}""").Refused(409, "rule_frozen", "publishBallots");
        (await server.Anyone.GetAsync($"campaigns/{silent}").Expect(200)).At("publishBallots")!.GetValue<bool>().ShouldBeFalse();

        var open = await ElectionAsync(server);
        (await server.Anyone.GetAsync($"campaigns/{open}").Expect(200)).At("publishBallots")!.GetValue<bool>().ShouldBeTrue();
        await server.Admin.PatchAsync($"campaigns/{open}", """{"publishBallots":false}""").Refused(409, "rule_frozen", "publishBallots");
        await server.Anyone.GetAsync($"campaigns/{open}/ballots/published?what=ever").Refused(400, "unknown_field", "what");
    }

    private static async Task<string> ElectionAsync(TestServer server, string rule = "\"publishBallots\":true,", string more = "")
    {
        var campaign = await server.FullCampaignAsync($$"""{{rule}}{{more}}"stages":[{"name":"vote","allows":["submit","vote"]},{"name":"review"}]""");
        await server.IdeasAsync(campaign, "1", "2", "3");
        await server.CastAsync(
            campaign,
            """{"voter":"a","segment":"north","approve":["ref:1","ref:2"],"invest":{"ref:1":30},"rate":{"ref:2":{"overall":5}}}""",
            """{"voter":"b","approve":["ref:3"],"rank":["ref:3","ref:1"],"duel":[["ref:1","ref:2"]]}""",
            """{"voter":"c","segment":"north","approve":["ref:1","ref:2"],"invest":{"ref:2":40}}""");
        return campaign;
    }

    private static async Task CloseAsync(TestServer server, string campaign)
    {
        await server.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"review"}""").Expect(200);
        server.Clock.Advance(Settled);
    }

    private static string WithoutVoter(string line)
    {
        var ballot = JsonNode.Parse(line)!.AsObject();
        ballot.Remove("voter");
        ballot.Remove("segment");
        foreach (var vote in ballot.Select(each => each.Value).SelectMany(value => value is JsonArray votes ? votes.AsEnumerable() : [value]))
            vote!.AsObject().Remove("first");
        return ballot.ToJsonString();
    }
}
