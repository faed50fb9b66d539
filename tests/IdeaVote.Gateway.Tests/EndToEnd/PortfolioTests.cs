using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>What a fund pays for, over HTTP.</summary>
public sealed class PortfolioTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Methods = """ "approve":{},"rate":{"criteria":[{"key":"use","weight":3},{"key":"fun","weight":1}]},"invest":{"budgetCredits":100},"rank":{"maxLength":4} """;
    private const string Fund = """ "fund":{"amount":30,"unit":"EUR"} """;

    [Theory]
    [InlineData("rule=greedy", "a,c,e", 30, 3)]
    [InlineData("rule=greedy-stop", "a,c", 25, 4)]
    [InlineData("rule=knapsack", "a,c,e", 30, 3)]
    [InlineData("rule=equal-shares&completion=none", "a", 10, 4)]
    [InlineData("rule=equal-shares&completion=none&utility=cardinality", "a", 10, 4)]
    [InlineData("completion=greedy", "a,c,e", 30, 3)]
    [InlineData("", "a", 10, 4)]
    [InlineData("rule=greedy&fund=12.5", "a", 10, 4)]
    [InlineData("rule=greedy&fund=0", "", 0, 10)]
    public async Task Each_rule_funds_what_it_should(string query, string selected, decimal spent, int unrepresented)
    {
        var portfolio = await server.Anyone.GetAsync($"campaigns/{await TownAsync()}/portfolio?{query}").Expect(200);

        References(portfolio, "selected").ShouldBe(selected);
        portfolio.Number("spent").ShouldBe(spent);
        portfolio.Number("unrepresented").ShouldBe(unrepresented);
        portfolio.Number("voters").ShouldBe(10);
        portfolio.Text("unit").ShouldBe("EUR");
        (portfolio.Items("selected").Count + portfolio.Items("rejected").Count).ShouldBe(4);
        portfolio.At("notConsidered.0.why")!.GetValue<string>().ShouldBe("no_cost");
        References(portfolio, "notConsidered").ShouldBe("d");
    }

    [Fact]
    public async Task It_says_who_paid_what_others_lacked_and_what_other_rules_would_do()
    {
        var campaign = await TownAsync();
        var portfolio = await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio").Expect(200);

        (portfolio.Text("campaign"), portfolio.Text("rule"), portfolio.Text("utility"), portfolio.Text("completion"), portfolio.Text("from"))
            .ShouldBe((campaign, "equal-shares", "cost", "add1u", "approvals"));
        portfolio.At("share").ShouldBeJson("""{"each":"4","about":4,"unitsAdded":1}""");
        portfolio.At("selected.0.paid").ShouldBeJson("""[{"voters":6,"amount":"5/3","about":1.666666666667,"total":"10"}]""");
        (portfolio.Text("selected.0.title"), portfolio.Number("selected.0.score"), portfolio.Number("selected.0.supporters")).ShouldBe(("a", 6, 6));
        (portfolio.Text("rejected.0.reference"), portfolio.Text("rejected.0.lacked"), portfolio.Number("rejected.0.missing"))
            .ShouldBe(("c", "its 6 supporters have 14 left, 1 too little", 1));
        portfolio.Items("comparison").Select(row => $"{row["rule"]} {row["selected"]} {row["utility"]} {row["unrepresented"]} {row["spent"]}")
            .ShouldBe(["equal-shares 1 6 4 10", "greedy 3 13 3 30", "greedy-stop 2 12 4 25", "knapsack 3 13 3 30"]);
    }

    [Fact]
    public async Task Ties_go_to_the_cheaper_and_then_to_the_first_reference()
    {
        var campaign = await server.CampaignAsync($"{Methods},{Fund}");
        foreach (var (reference, cost) in new[] { ("z", 20), ("y", 20), ("x", 21) })
            await IdeaAsync(campaign, reference, cost);
        await server.CastAsync(campaign, """{"voter":"1","approve":["ref:z","ref:y","ref:x"]}""");

        foreach (var rule in new[] { "greedy", "greedy-stop" })
            References(await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio?rule={rule}").Expect(200), "selected").ShouldBe("y", rule);
        // Equal shares asks for nothing but what the money gives its supporters, and so for the reference at once.
        References(await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio").Expect(200), "selected").ShouldBe("x");
        // Of the two choices, the one with the project that comes first by score.
        References(await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio?rule=knapsack").Expect(200), "selected").ShouldBe("y");
    }

    [Theory]
    [InlineData("investments", "invested", 1)]
    [InlineData("ranks", "borda", 1)]
    [InlineData("approvals", "approvals", 1)]
    public async Task Scores_are_those_of_the_leaderboard(string from, string by, int factor)
    {
        var campaign = await WeighedAsync();
        var portfolio = await server.Admin.GetAsync($"campaigns/{campaign}/portfolio?from={from}&fund=50").Expect(200);
        var board = await server.Admin.GetAsync($"campaigns/{campaign}/leaderboard?by={by}").Expect(200);

        portfolio.Text("from").ShouldBe(from);
        Scores(portfolio.Items("selected").Concat(portfolio.Items("rejected")), factor).ShouldBe(Scores(board.Items("rows"), 1));
    }

    [Fact]
    public async Task A_rating_weighs_its_weighted_mean()
    {
        var portfolio = await server.Admin.GetAsync($"campaigns/{await WeighedAsync()}/portfolio?from=ratings&fund=50&rule=greedy").Expect(200);

        // (3·5 + 1·1) ÷ 4 = 4 of the first, 2 of the second who speaks of one criterion; then 5 stars.
        portfolio.Items("selected").Select(row => $"{row["reference"]} {row["score"]} {row["supporters"]}").ShouldBe(["a 6 2", "b 5 1"]);
    }

    [Theory]
    [InlineData("approvals")]
    [InlineData("ratings")]
    [InlineData("investments")]
    [InlineData("ranks")]
    public async Task What_was_paid_adds_up_to_the_cost(string from)
    {
        var campaign = await WeighedAsync();
        foreach (var payments in new[] { "&payments=true", "" })
        {
            var portfolio = await server.Admin.GetAsync($"campaigns/{campaign}/portfolio?from={from}&fund=47.77&completion=none{payments}").Expect(200);
            var funded = portfolio.Items("selected").ToList();
            funded.ShouldNotBeEmpty();
            foreach (var idea in funded)
            {
                var cost = Exact(idea["cost"]!.ToJsonString());
                Sum(idea["paid"]!.AsArray().Select(paid => Exact(paid!["total"]!.GetValue<string>()))).ShouldBe(cost);
                if (payments.Length > 0)
                    Sum(idea["paid"]!.AsArray().Select(paid =>
                    {
                        var (over, under) = Exact(paid!["amount"]!.GetValue<string>());
                        return (over * paid["voters"]!.GetValue<long>(), under);
                    })).ShouldBe(cost);
            }
        }
    }

    [Fact]
    public async Task A_vote_taken_back_or_on_what_is_not_considered_supports_nothing()
    {
        var campaign = await TownAsync();
        await server.CastAsync(campaign, """{"voter":"10","approve":[]}""", """{"voter":"9","approve":["ref:d"]}""");

        var portfolio = await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio?rule=greedy").Expect(200);
        (portfolio.Number("voters"), portfolio.Number("unrepresented")).ShouldBe((9, 3));
        await server.Admin.PutAsync($"campaigns/{campaign}/ideas/ref:a/status", """{"status":"declined"}""").Expect(200);
        portfolio = await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio?rule=greedy").Expect(200);
        References(portfolio, "selected").ShouldBe("c");
        References(portfolio, "rejected").ShouldBe("b,e");
    }

    [Fact]
    public async Task The_past_answers_the_same_and_is_for_analysts()
    {
        var campaign = await TownAsync();
        var then = await server.Admin.GetAsync($"campaigns/{campaign}/portfolio?rule=greedy").Expect(200);
        for (var voter = 11; voter < 20; voter++)
            await server.CastAsync(campaign, $$"""{"voter":"{{voter}}","approve":["ref:b"]}""");

        References(await server.Admin.GetAsync($"campaigns/{campaign}/portfolio?rule=greedy").Expect(200), "selected").ShouldBe("b,a");
        var past = await server.Admin.GetAsync($"campaigns/{campaign}/portfolio?rule=greedy&asOf={then.Text("position")}").Expect(200);
        past.At("selected").ShouldBeJson(then.At("selected")!.ToJsonString());
        past.At("comparison").ShouldBeJson(then.At("comparison")!.ToJsonString());
        await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio?asOf={then.Text("position")}").Refused(403, "forbidden");
        await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio?payments=true").Refused(403, "forbidden");
        await server.Admin.GetAsync($"campaigns/{campaign}/portfolio?asOf=2999-01-01T00:00:00Z").Refused(409, "not_settled", "asOf");
        (await server.Admin.GetAsync($"campaigns/{campaign}/portfolio?fund=1&asOf=2000-01-01T00:00:00Z").Expect(200)).Items("rejected").ShouldBeEmpty();
    }

    [Fact]
    public async Task Hidden_scores_hide_it_from_all_but_analysts()
    {
        var campaign = await server.CampaignAsync($"{Methods},{Fund},\"hideScores\":true");

        await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio").Refused(403, "scores_hidden");
        await (await server.AsAsync("vote:any")).GetAsync($"campaigns/{campaign}/portfolio?fund=nothing").Refused(403, "scores_hidden");
        await (await server.AsAsync("export")).GetAsync($"campaigns/{campaign}/portfolio").Expect(200);
    }

    [Fact]
    public async Task Without_a_fund_one_must_be_given()
    {
        var campaign = await server.CampaignAsync();

        await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio").Refused(400, "fund_required", "fund");
        (await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio?fund=10").Expect(200)).Number("fund").ShouldBe(10);
    }

    [Theory]
    [InlineData("rule=luck", 400, "invalid_field", "rule")]
    [InlineData("utility=love", 400, "invalid_field", "utility")]
    [InlineData("completion=more", 400, "invalid_field", "completion")]
    [InlineData("from=duels", 400, "invalid_field", "from")]
    [InlineData("fund=-1", 400, "invalid_field", "fund")]
    [InlineData("fund=1e3", 400, "invalid_field", "fund")]
    [InlineData("fund=1000000000000001", 400, "invalid_field", "fund")]
    [InlineData("fund=0.0000000000001", 400, "invalid_field", "fund")]
    [InlineData("payments=yes", 400, "invalid_field", "payments")]
    [InlineData("format=jsonl", 400, "invalid_field", "format")]
    [InlineData("asOf=nonsense", 400, "invalid_position", "asOf")]
    [InlineData("asOf=12:00", 400, "invalid_field", "asOf")]
    [InlineData("top=3", 400, "unknown_field", "top")]
    [InlineData("rule=greedy&rule=greedy", 400, "duplicate_field", "rule")]
    public async Task A_query_that_makes_no_sense_is_refused(string query, int status, string code, string field)
    {
        var campaign = await server.CampaignAsync($"{Methods},{Fund}");

        await server.Admin.GetAsync($"campaigns/{campaign}/portfolio?{query}").Refused(status, code, field);
    }

    [Fact]
    public async Task A_method_that_is_off_has_no_votes_to_count()
    {
        await server.Admin.GetAsync($"campaigns/{await server.CampaignAsync(""" "approve":{} """)}/portfolio?from=ranks&fund=1").Refused(409, "method_off");
        await server.Admin.GetAsync($"campaigns/{await server.CampaignAsync(""" "duel":{} """)}/portfolio?fund=1").Refused(409, "method_off");
    }

    [Fact]
    public async Task A_rule_that_is_too_large_is_refused_and_left_out_of_the_comparison()
    {
        var campaign = await server.CampaignAsync($"{Methods},{Fund}");
        // A unit of 1 is a trillionth of what is left: adding it again and again would never end.
        await IdeaAsync(campaign, "a", 900_000_000_000_000);
        await server.CastAsync(campaign, """{"voter":"1","approve":["ref:a"]}""", """{"voter":"2","rank":["ref:a"],"approve":[]}""");
        for (var voter = 3; voter < 6; voter++)
            await server.CastAsync(campaign, $$"""{"voter":"{{voter}}","approve":["ref:a"]}""");
        await IdeaAsync(campaign, "b", 1_000_000_000_000);
        await server.CastAsync(campaign, """{"voter":"6","approve":["ref:b"]}""");

        await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio?fund=901000000000000").Refused(409, "allocation_too_large", "completion");
        var greedy = await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio?fund=901000000000000&rule=greedy").Expect(200);
        greedy.Text("comparison.0.tooLarge").ShouldContain("use the completion greedy");
        greedy.At("comparison.0.spent").ShouldBeNull();
        greedy.Number("comparison.1.selected").ShouldBe(2);
    }

    [Fact]
    public async Task As_csv_it_lists_every_idea_and_no_cell_is_a_formula()
    {
        var campaign = await TownAsync();
        await server.Admin.PatchAsync($"campaigns/{campaign}/ideas/ref:a", """{"title":"=1+1, \"x\""}""").Expect(200);

        var csv = await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio?rule=greedy&format=csv").Expect(200);
        csv.ContentType.ShouldBe("text/csv; charset=utf-8; header=present");
        csv.Headers["Content-Disposition"].ShouldBe($"attachment; filename=\"{campaign}-portfolio.csv\"");
        csv.Lines[0].ShouldBe("selected,idea,reference,title,cost,score,reason");
        csv.Lines[1].ShouldEndWith(",a,\"'=1+1, \"\"x\"\"\",10,6,\"rank 1 by score; fits, and leaves 20\"");
        csv.Lines.Length.ShouldBe(5);
        (await server.Anyone.With("Accept", "text/csv").GetAsync($"campaigns/{campaign}/portfolio?rule=greedy").Expect(200)).Body.ShouldBe(csv.Body);
    }

    private async Task<string> TownAsync()
    {
        var campaign = await server.CampaignAsync($"{Methods},{Fund}");
        foreach (var (reference, cost) in new[] { ("a", 10), ("b", 20), ("c", 15), ("e", 5) })
            await IdeaAsync(campaign, reference, cost);
        await server.IdeaAsync(campaign, "d");
        await server.CastAsync(campaign, Enumerable.Range(1, 10).Select(voter =>
            $$"""{"voter":"{{voter}}","approve":[{{(voter <= 6 ? "\"ref:a\",\"ref:c\"" : voter < 10 ? "\"ref:b\",\"ref:d\"" : "\"ref:b\",\"ref:e\"")}}]}"""));
        return campaign;
    }

    private async Task<string> WeighedAsync()
    {
        var campaign = await server.CampaignAsync(Methods);
        await IdeaAsync(campaign, "a", 10.5m);
        await IdeaAsync(campaign, "b", 7.25m);
        await server.CastAsync(campaign,
            """{"voter":"1","approve":["ref:a"],"rate":{"ref:a":{"use":5,"fun":1}},"invest":{"ref:a":9,"ref:b":1},"rank":["ref:b","ref:a"]}""",
            """{"voter":"2","approve":["ref:a","ref:b"],"rate":{"ref:a":{"use":2}},"invest":{"ref:a":16,"ref:b":70},"rank":["ref:a","ref:b"]}""",
            """{"voter":"3","approve":["ref:b"],"rate":{"ref:b":{"fun":5}},"invest":{"ref:b":3},"rank":["ref:b"]}""");
        return campaign;
    }

    private async Task IdeaAsync(string campaign, string reference, decimal cost) => await server.Admin.PostAsync(
        $"campaigns/{campaign}/ideas", new JsonObject { ["title"] = reference, ["reference"] = reference, ["cost"] = cost }.ToJsonString()).Expect(201);

    private static string References(Answer portfolio, string list) => string.Join(',', portfolio.Items(list).Select(row => row["reference"]));

    private static string Scores(IEnumerable<JsonNode> rows, int factor) =>
        string.Join('|', rows.Select(row => $"{row["reference"]} {row["score"]!.GetValue<decimal>() * factor:0.######}").Order(StringComparer.Ordinal));

    private static (BigInteger Over, BigInteger Under) Exact(string text)
    {
        var parts = text.Split('/');
        if (parts.Length == 2)
            return (BigInteger.Parse(parts[0], CultureInfo.InvariantCulture), BigInteger.Parse(parts[1], CultureInfo.InvariantCulture));
        var value = decimal.Parse(text, CultureInfo.InvariantCulture);
        return ((BigInteger)(value * 10_000), 10_000);
    }

    private static (BigInteger Over, BigInteger Under) Sum(IEnumerable<(BigInteger Over, BigInteger Under)> parts)
    {
        var (over, under) = parts.Aggregate((a, b) => (a.Over * b.Under + b.Over * a.Under, a.Under * b.Under));
        var common = BigInteger.GreatestCommonDivisor(over * 10_000, under);
        var scaled = over * 10_000 / common;
        (under / common).ShouldBe(BigInteger.One);
        return (scaled, 10_000);
    }
}
