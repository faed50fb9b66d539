using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

public sealed class LeaderboardTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Each_method_ranks_by_its_own_and_ties_share_a_rank()
    {
        var campaign = await server.CampaignAsync();
        var ids = await server.IdeasAsync(campaign, "a", "b", "c", "d");
        await server.CastAsync(campaign,
            """{"voter":"1","approve":["ref:b","ref:c","ref:a"],"rate":{"ref:a":{"overall":5},"ref:d":{"overall":1}},"invest":{"ref:d":60,"ref:c":40}}""",
            """{"voter":"2","approve":["ref:b","ref:c"],"rate":{"ref:a":{"overall":4},"ref:b":{"overall":4}},"invest":{"ref:d":1,"ref:a":40}}""",
            """{"voter":"3","approve":["ref:b"],"rate":{"ref:a":{"overall":4},"ref:d":{"overall":2}}}""",
            """{"voter":"4","approve":["ref:c"]}""");

        (await RowsAsync("approvals")).ShouldBe("1 b 3 3|1 c 3 3|3 a 1 1|4 d 0 0");
        (await RowsAsync("rating")).ShouldBe("1 a 4.333333 3|2 b 4 1|3 d 1.5 2|4 c - 0");
        (await RowsAsync("invested")).ShouldBe("1 d 61 2|2 a 40 1|2 c 40 1|4 b 0 0");
        (await RowsAsync("approvals&top=1")).ShouldBe("1 b 3 3");
        var whole = await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard").Expect(200);
        (whole.Text("campaign"), whole.Text("by"), whole.Text("rows.0.idea"), whole.Text("rows.0.title")).ShouldBe((campaign, "approvals", ids[1], "b"));
        await server.Anyone.With("IdeaVote-After", whole.Text("position")).GetAsync($"campaigns/{campaign}/leaderboard").Expect(200);

        async Task<string> RowsAsync(string by) => string.Join('|', (await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard?by={by}").Expect(200))
            .Items("rows").Select(row => $"{row["rank"]} {row["reference"]} {row["score"]?.ToJsonString() ?? "-"} {row["votes"]}"));
    }

    [Fact]
    public async Task What_is_declined_withdrawn_or_waiting_is_not_ranked_and_what_is_done_is()
    {
        var campaign = await server.FullCampaignAsync(""" "moderation":"before" """);
        await (await server.VoterAsync("anna")).PostAsync($"campaigns/{campaign}/ideas", """{"title":"waiting"}""").Expect(201);
        foreach (var status in new[] { "declined", "withdrawn", "shipped", "building" })
        {
            await server.IdeaAsync(campaign, status);
            await server.Admin.PutAsync($"campaigns/{campaign}/ideas/ref:{status}/status", $$"""{"status":"{{status}}"}""").Expect(200);
        }

        var rows = (await server.Admin.GetAsync($"campaigns/{campaign}/leaderboard").Expect(200)).Items("rows");

        rows.Select(row => row["title"]!.GetValue<string>()).ShouldBe(["shipped", "building"]);
    }

    [Fact]
    public async Task The_same_rows_come_as_JSON_CSV_and_lines_whichever_way_they_are_asked_for()
    {
        var campaign = await server.CampaignAsync();
        var ideas = $"campaigns/{campaign}/ideas";
        var formula = (await server.Admin.PostAsync(ideas, """{"title":"=1+2, \"so\""}""").Expect(201)).Text("id");
        var plain = await server.IdeaAsync(campaign, "plain");
        await server.CastAsync(campaign, """{"voter":"1","rate":{"ref:plain":{"overall":4}}}""");
        var path = $"campaigns/{campaign}/leaderboard?by=rating";

        var csv = await server.Anyone.GetAsync(path + "&format=csv").Expect(200);
        var lines = await server.Anyone.GetAsync(path + "&format=jsonl").Expect(200);

        csv.ContentType.ShouldBe("text/csv; charset=utf-8; header=present");
        csv.Headers["Content-Disposition"].ShouldBe($"attachment; filename=\"{campaign}-rating.csv\"");
        csv.Body.ShouldBe($"rank,idea,reference,title,score,votes,weighted,low,high\n1,{plain},plain,plain,4,1,,1.227111,4.871716\n2,{formula},,\"'=1+2, \"\"so\"\"\",,0,,,\n");
        lines.ContentType.ShouldBe("application/x-ndjson");
        lines.Lines.ShouldBe([
            $$$"""{"rank":1,"idea":"{{{plain}}}","reference":"plain","title":"plain","score":4,"votes":1,"weighted":null,"interval":{"low":1.227111,"high":4.871716},"noInterval":null,"explain":{"stars_1":0,"stars_2":0,"stars_3":0,"stars_4":1,"stars_5":0}}""",
            $$$"""{"rank":2,"idea":"{{{formula}}}","reference":null,"title":"=1+2, \"so\"","score":null,"votes":0,"weighted":null,"interval":null,"noInterval":"no_votes","explain":{"stars_1":0,"stars_2":0,"stars_3":0,"stars_4":0,"stars_5":0}}"""]);
        (await server.Anyone.With("Accept", "text/csv").GetAsync(path).Expect(200)).Body.ShouldBe(csv.Body);
        (await server.Anyone.With("Accept", "application/json;q=0.5, application/x-ndjson").GetAsync(path).Expect(200)).Body.ShouldBe(lines.Body);
        (await server.Anyone.With("Accept", "text/csv").GetAsync(path + "&format=json").Expect(200)).ContentType.ShouldBe("application/json");
        (await server.Anyone.With("Accept", "text/html, */*").GetAsync(path).Expect(200)).ContentType.ShouldBe("application/json");
    }

    [Fact]
    public async Task A_leaderboard_has_a_hundred_rows_unless_more_are_asked_for_and_a_thousand_at_the_most()
    {
        var campaign = await server.CampaignAsync();
        await Task.WhenAll(Enumerable.Range(0, 110).Select(i => server.IdeaAsync(campaign, $"{i}")));

        (await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard").Expect(200)).Items("rows").Count.ShouldBe(100);
        (await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard?top=1000").Expect(200)).Items("rows").Count.ShouldBe(110);
    }

    [Theory]
    [InlineData("by=votes", 400, "invalid_field", "by")]
    [InlineData("by=invested", 409, "method_off", null)]
    [InlineData("top=0", 400, "invalid_field", "top")]
    [InlineData("top=1001", 400, "invalid_field", "top")]
    [InlineData("top=1e2", 400, "invalid_field", "top")]
    [InlineData("format=xml", 400, "invalid_field", "format")]
    [InlineData("limit=5", 400, "unknown_field", "limit")]
    [InlineData("tag=%00", 400, "invalid_text", "tag")]
    [InlineData("tag=%0D%0A", 400, "missing_field", "tag")]
    public async Task A_query_that_makes_no_sense_is_refused(string query, int status, string code, string? field)
    {
        var campaign = await server.CampaignAsync(""" "approve":{} """);

        await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard?{query}").Refused(status, code, field);
    }
}
