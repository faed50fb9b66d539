using IdeaVote.Domain.Ranking;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Gateway.Votes;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Every ranking over HTTP, and what analysts can ask of it.</summary>
public sealed class RankingTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Methods = """ "approve":{},"rate":{},"invest":{"budgetCredits":100,"cost":"quadratic"},"rank":{"maxLength":3},"duel":{} """;

    [Fact]
    public async Task Each_ranking_says_its_score_how_sure_it_is_and_what_made_it()
    {
        var campaign = await VotedAsync();

        (await RowAsync(campaign, "approvals")).ShouldBe("1 a 2 [0.20766,0.938508] approvals=2 voters=3 share=0.666666667");
        (await RowAsync(campaign, "wilson")).ShouldBe("1 a 0.207659601 [0.20766,0.938508] approvals=2 voters=3 share=0.666666667");
        (await RowAsync(campaign, "investors")).ShouldBe("1 a 2 counts_are_exact credits=25 investors=2");
        (await RowAsync(campaign, "quadratic")).ShouldBe("1 a 7 counts_are_exact credits=25 investors=2");
        (await RowAsync(campaign, "borda")).ShouldBe("1 b 5 counts_are_exact place_1=1 place_2=1");
        (await RowAsync(campaign, "condorcet")).ShouldBe("1 a 2 counts_are_exact beaten=0 beaten_by=0 ballots=2");
        (await ShownAsync(campaign, "by=condorcet", server.Anyone)).ShouldBe("a 2|b 2|c 1");
        (await RowAsync(campaign, "bayesian&priorVotes=2&priorMean=3")).ShouldContain("votes=2 mean=4.5 prior_votes=2 prior_mean=3");
        (await RowAsync(campaign, "bayesian&priorVotes=2&priorMean=3")).ShouldStartWith("1 a 3.75 [");
        (await RowAsync(campaign, "controversial")).ShouldContain("not_an_estimate");
        (await RowAsync(campaign, "trending")).ShouldContain("half_life_hours=72");
        (await RowAsync(campaign, "needs-votes&places=1")).ShouldContain("cutoff=");
        (await RowAsync(campaign, "duels")).ShouldStartWith("1 c 0.");
        (await RowAsync(campaign, "elo")).ShouldStartWith("1 c 1746.587548 [1373.229694,2119.945402] duels=3 ");
    }

    [Fact]
    public async Task A_list_of_ideas_can_stand_in_the_order_of_any_ranking()
    {
        var campaign = await VotedAsync();

        foreach (var by in Enum.GetValues<RankBy>().Select(RankNames.Of))
        {
            var ranked = (await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard?by={by}").Expect(200)).Items("rows").Select(row => (string)row["reference"]!).ToList();
            var listed = (await server.Anyone.GetAsync($"campaigns/{campaign}/ideas?sort={by}").Expect(200)).Items().Select(idea => (string)idea["reference"]!).ToList();

            listed.ShouldBe(ranked, by);
        }
    }

    [Fact]
    public async Task Votes_can_be_counted_for_a_segment_a_tag_and_a_time()
    {
        var campaign = await VotedAsync();
        var analyst = server.Admin;

        (await ScoresAsync("by=approvals&segment=north", analyst)).ShouldBe("a 1|b 1|c 0");
        (await ScoresAsync("by=approvals&segment=south", analyst)).ShouldBe("a 1|b 0|c 0");
        (await ScoresAsync("by=approvals&segment=nowhere", analyst)).ShouldBe("a 0|b 0|c 0");
        (await ScoresAsync("by=rating&segment=south", analyst)).ShouldBe("a 5|b -|c -");
        (await ScoresAsync("by=borda&segment=north", analyst)).ShouldBe("b 3|c 2|a 1");
        (await ScoresAsync("by=approvals&to=2000-01-01T00:00:00Z", analyst)).ShouldBe("a 0|b 0|c 0");
        (await ScoresAsync("by=approvals&from=2000-01-01T00:00:00Z", analyst)).ShouldBe("a 2|b 1|c 0");
        (await ScoresAsync("by=approvals&status=declined", server.Anyone)).ShouldBe("");
        (await ScoresAsync("by=approvals&status=published", server.Anyone)).ShouldBe("a 2|b 1|c 0");

        async Task<string> ScoresAsync(string query, Api caller) => await ShownAsync(campaign, query, caller);
    }

    [Fact]
    public async Task Before_a_campaign_there_was_nothing_to_rank()
    {
        var campaign = await VotedAsync();

        foreach (var by in Enum.GetValues<RankBy>().Select(RankNames.Of))
            (await server.Admin.GetAsync($"campaigns/{campaign}/leaderboard?by={by}&asOf=2000-01-01T00:00:00Z").Expect(200)).Items("rows").ShouldBeEmpty(by);
    }

    [Fact]
    public async Task Weights_decide_the_rank_and_stand_beside_the_plain_score()
    {
        var campaign = await VotedAsync();

        var rows = (await server.Admin.GetAsync($"campaigns/{campaign}/leaderboard?by=approvals&weights=north:0.5,south:3").Expect(200)).Items("rows");
        rows.Select(row => $"{row["reference"]} {row["score"]} {row["weighted"]}").ShouldBe(["a 2 3.5", "b 1 0.5", "c 0 0"]);
        rows = (await server.Admin.GetAsync($"campaigns/{campaign}/leaderboard?by=rating&weights=north:3,south:1").Expect(200)).Items("rows");
        rows.Select(row => $"{row["reference"]} {row["score"]} {row["weighted"]}").ShouldBe(["a 4.5 4.25", "b 2 2", "c  "]);
    }

    [Fact]
    public async Task The_past_answers_the_same_for_ever()
    {
        var campaign = await VotedAsync();
        var then = (await server.Admin.GetAsync($"campaigns/{campaign}/leaderboard?by=approvals").Expect(200)).Text("position");
        await server.CastAsync(campaign, """{"voter":"9","approve":["ref:b","ref:c"],"segment":"north"}""");

        (await ShownAsync(campaign, "by=approvals", server.Admin)).ShouldBe("a 2|b 2|c 1");
        (await ShownAsync(campaign, $"by=approvals&asOf={then}", server.Admin)).ShouldBe("a 2|b 1|c 0");
        (await ShownAsync(campaign, $"by=approvals&segment=north&asOf={then}", server.Admin)).ShouldBe("a 1|b 1|c 0");
        (await ShownAsync(campaign, $"by=duels&asOf={then}", server.Admin)).ShouldStartWith("c ");
        (await ShownAsync(campaign, "by=approvals&asOf=2000-01-01T00:00:00Z", server.Admin)).ShouldBe("");
        await server.Admin.GetAsync($"campaigns/{campaign}/leaderboard?asOf=2999-01-01T00:00:00Z").Refused(409, "not_settled", "asOf");
    }

    [Fact]
    public async Task A_pool_is_split_by_quadratic_matching()
    {
        var campaign = await VotedAsync();

        // a: (3 + 4)² − (9 + 16) = 24; b has one investor only.
        var rows = (await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard?by=quadratic&pool=100").Expect(200)).Items("rows");
        rows.Select(row => $"{row["reference"]} {row["explain"]!["match"]}").ShouldBe(["a 100", "b 0", "c 0"]);
        await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard?by=approvals&pool=100").Refused(400, "invalid_field", "pool");
        await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard?by=quadratic&pool=0.001").Refused(400, "invalid_field", "pool");
    }

    [Fact]
    public async Task A_ranking_can_be_drawn()
    {
        var campaign = await VotedAsync();
        await server.IdeaAsync(campaign, "<script>alert(1)</script>&\"so\"");

        var drawn = await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard.svg?by=rating").Expect(200);

        drawn.ContentType.ShouldBe("image/svg+xml; charset=utf-8");
        var svg = System.Xml.Linq.XDocument.Parse(drawn.Body);
        svg.Descendants().Where(element => element.Name.LocalName == "circle").Count().ShouldBe(2);
        svg.Descendants().ShouldNotContain(element => element.Name.LocalName == "script");
        svg.Descendants().Select(element => element.Value).ShouldContain("3. <script>alert(1)</script>&\"so\"");
    }

    [Theory]
    [InlineData("segment=north")]
    [InlineData("from=2026-01-01T00:00:00Z")]
    [InlineData("weights=north:2")]
    [InlineData("asOf=2026-01-01T00:00:00Z")]
    public async Task What_could_tell_single_votes_apart_is_for_analysts(string query)
    {
        var campaign = await server.CampaignAsync();

        await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard?{query}").Refused(403, "forbidden");
    }

    [Theory]
    [InlineData("criterion=taste", 400, "unknown_criterion", "criterion")]
    [InlineData("by=borda&weights=north:2", 400, "invalid_field", "weights")]
    [InlineData("weights=north", 400, "invalid_field", "weights")]
    [InlineData("weights=north:-1", 400, "invalid_field", "weights")]
    [InlineData("weights=north:2,north:3", 400, "invalid_field", "weights")]
    [InlineData("segment=north&weights=north:2", 400, "invalid_field", "weights")]
    [InlineData("priorVotes=-1", 400, "invalid_field", "priorVotes")]
    [InlineData("priorMean=6", 400, "invalid_field", "priorMean")]
    [InlineData("places=0", 400, "invalid_field", "places")]
    [InlineData("from=yesterday", 400, "invalid_field", "from")]
    [InlineData("asOf=12:00", 400, "invalid_field", "asOf")]
    [InlineData("asOf=nonsense", 400, "invalid_position", "asOf")]
    [InlineData("status=done", 400, "invalid_field", "status")]
    public async Task A_query_that_makes_no_sense_is_refused(string query, int status, string code, string field)
    {
        var campaign = await server.CampaignAsync(Methods);

        await server.Admin.GetAsync($"campaigns/{campaign}/leaderboard?{query}").Refused(status, code, field);
    }

    private async Task<string> VotedAsync()
    {
        var campaign = await server.CampaignAsync(Methods);
        await server.IdeasAsync(campaign, "a", "b", "c");
        await server.CastAsync(campaign,
            """{"voter":"1","segment":"north","approve":["ref:a","ref:b"],"rate":{"ref:a":{"overall":4},"ref:b":{"overall":2}},"invest":{"ref:a":9},"rank":["ref:b","ref:c","ref:a"],"duel":[["ref:c","ref:a"]]}""",
            """{"voter":"2","segment":"south","approve":["ref:a"],"rate":{"ref:a":{"overall":5}},"invest":{"ref:a":16,"ref:b":4},"rank":["ref:a","ref:b"],"duel":[["ref:c","ref:b"],["ref:a","ref:b"]]}""",
            """{"voter":"3","duel":[["ref:c","ref:b"]]}""");
        return campaign;
    }

    private async Task<string> RowAsync(string campaign, string by)
    {
        var row = (await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard?by={by}").Expect(200)).Items("rows")[0];
        var interval = row["interval"] is { } ends ? $"[{ends["low"]},{ends["high"]}]" : row["noInterval"]!.GetValue<string>();
        return $"{row["rank"]} {row["reference"]} {row["score"]?.ToJsonString() ?? "-"} {interval} "
            + string.Join(' ', row["explain"]!.AsObject().Select(term => $"{term.Key}={term.Value}"));
    }

    private static async Task<string> ShownAsync(string campaign, string query, Api caller) =>
        string.Join('|', (await caller.GetAsync($"campaigns/{campaign}/leaderboard?{query}").Expect(200))
            .Items("rows").Select(row => $"{row["reference"]} {row["score"]?.ToJsonString() ?? "-"}"));
}
