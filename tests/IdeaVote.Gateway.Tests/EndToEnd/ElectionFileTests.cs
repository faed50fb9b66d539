using System.Text.Json.Nodes;
using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>A campaign's election as a .pb file.</summary>
public sealed class ElectionFileTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Methods = """ "approve":{"max":3},"rate":{"criteria":[{"key":"use","weight":3},{"key":"fun","weight":1}]},"invest":{"budgetCredits":100},"rank":{"maxLength":3},"fund":{"amount":30.50,"unit":"EUR"} """;

    [Fact]
    public async Task Approvals_stand_with_their_ideas_and_nobodys_name()
    {
        var (campaign, comma) = await VotedAsync();

        var file = await server.Admin.GetAsync($"campaigns/{campaign}/election.pb").Expect(200);
        file.ContentType.ShouldBe("text/plain; charset=utf-8");
        file.Headers["Content-Disposition"].ShouldBe($"attachment; filename=\"{campaign}.pb\"");
        var head = IdeaVote.Engine.Audit.SignedHead.Read((await server.Admin.GetAsync($"campaigns/{campaign}/head").Expect(200)).Bytes);
        var comment = $"position {head.Position}, from=approvals, ballots sha256 {head.Ballots}";
        file.Body.ShouldBe($""""
            META
            key;value
            description;Campaign {campaign}
            instance;{campaign}
            num_projects;3
            num_votes;3
            budget;30.5
            currency;EUR
            vote_type;approval
            max_length;3
            comment;{comment}
            PROJECTS
            project_id;cost;votes;score;name;category
            A;10.5;2;2;"Bench; ""red""";park,light and water
            {comma};;1;1;Commas, many;
            "C;3";5;1;1;Lamp;
            VOTES
            voter_id;vote
            1;"C;3,A"
            2;A,{comma}
            3;

            """");
    }

    [Theory]
    [InlineData("investments", "cumulative", "max_sum_points;100", "1;\"A,C;3\";9,1|2;A;16")]
    [InlineData("ratings", "scoring", "comment;4 points are one star, position ", "1;\"A,C;3\";16,8|2;A;9")]
    public async Task Credits_and_stars_become_points(string from, string type, string meta, string ballots)
    {
        var (campaign, _) = await VotedAsync();

        var lines = (await server.Admin.GetAsync($"campaigns/{campaign}/election.pb?from={from}").Expect(200)).Lines;
        lines.ShouldContain($"vote_type;{type}");
        lines.ShouldContain(line => line.StartsWith(meta, StringComparison.Ordinal));
        string.Join('|', lines[(Array.IndexOf(lines, "VOTES") + 2)..]).ShouldBe(ballots);
    }

    [Fact]
    public async Task An_order_keeps_the_place_of_what_is_not_ranked_any_more()
    {
        var (campaign, _) = await VotedAsync();
        await server.Admin.PutAsync($"campaigns/{campaign}/ideas/ref:C;3/status", """{"status":"declined"}""").Expect(200);

        var lines = (await server.Admin.GetAsync($"campaigns/{campaign}/election.pb?from=ranks").Expect(200)).Lines;
        lines.ShouldContain("max_length;3");
        lines.ShouldContain("\"C;3\";;1;3;Lamp;");
        lines[^1].ShouldBe("1;\"C;3,A\"");
        lines = (await server.Admin.GetAsync($"campaigns/{campaign}/election.pb").Expect(200)).Lines;
        lines.ShouldContain("num_projects;2");
        lines[^3].ShouldBe("1;A");
    }

    [Fact]
    public async Task The_past_can_be_exported_too()
    {
        var (campaign, _) = await VotedAsync();
        var then = await server.Admin.GetAsync($"campaigns/{campaign}/election.pb").Expect(200);
        await server.CastAsync(campaign, """{"voter":"zoe","approve":["ref:A"]}""");

        (await server.Admin.GetAsync($"campaigns/{campaign}/election.pb").Expect(200)).Lines.ShouldContain("4;A");
        (await server.Admin.GetAsync($"campaigns/{campaign}/election.pb?asOf={then.Position}").Expect(200)).Body.ShouldBe(then.Body);
    }

    [Theory]
    [InlineData("from=duels", 400, "invalid_field", "from")]
    [InlineData("fund=1", 400, "unknown_field", "fund")]
    [InlineData("asOf=nonsense", 400, "invalid_position", "asOf")]
    public async Task A_query_that_makes_no_sense_is_refused(string query, int status, string code, string field)
    {
        var campaign = await server.CampaignAsync(Methods);

        await server.Admin.GetAsync($"campaigns/{campaign}/election.pb?{query}").Refused(status, code, field);
        await (await server.AsAsync("manage vote:any")).GetAsync($"campaigns/{campaign}/election.pb").Refused(403, "forbidden");
    }

    private async Task<(string Campaign, string Comma)> VotedAsync()
    {
        var campaign = await server.CampaignAsync(Methods);
        await IdeaAsync("A", "Bench; \"red\"", 10.50m, "park", "light and water");
        var comma = await IdeaAsync("B,2", "Commas, many", null);
        await IdeaAsync("C;3", "Lamp", 5);
        await server.CastInTurnAsync(campaign,
            """{"voter":"ann@example.com","approve":["ref:C;3","ref:A"],"rate":{"ref:A":{"use":5,"fun":1},"ref:C;3":{"fun":2}},"invest":{"ref:A":9,"ref:C;3":1},"rank":["ref:C;3","ref:A"]}""",
            """{"voter":"bob","approve":["ref:A","ref:B,2"],"rate":{"ref:A":{"use":2,"fun":3}},"invest":{"ref:A":16}}""",
            """{"voter":"cem","approve":["ref:D"]}""".Replace("ref:D", await DeclinedAsync(), StringComparison.Ordinal));
        await server.Admin.PutAsync($"campaigns/{campaign}/ideas/ref:D/status", """{"status":"declined"}""").Expect(200);
        return (campaign, comma);

        async Task<string> DeclinedAsync() => await IdeaAsync("D", "Declined", 1);

        async Task<string> IdeaAsync(string reference, string title, decimal? cost, params string[] tags) => (await server.Admin.PostAsync(
            $"campaigns/{campaign}/ideas",
            new JsonObject { ["title"] = title, ["reference"] = reference, ["cost"] = cost, ["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]) }.ToJsonString())
            .Expect(201)).Text("id");
    }
}
