using System.Text.Json.Nodes;
using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Many voters' ballots, one a line.</summary>
public sealed class BallotLinesTests(TestServer server) : IClassFixture<TestServer>
{
    private const int MaxLineBytes = 256 * 1024;

    [Fact]
    public async Task Five_thousand_lines_get_their_results_in_order_while_more_are_sent()
    {
        const int Lines = 5_000;
        var campaign = await server.CampaignAsync();
        var ids = await server.IdeasAsync(campaign, Enumerable.Range(0, 10).Select(i => $"{i}"));
        await using var raw = await OpenAsync(campaign);
        await raw.WriteChunkAsync(Line(1));
        (await raw.ReadHeadAsync()).ShouldBe(200);
        await using var results = raw.LinesAsync().GetAsyncEnumerator();
        (await results.MoveNextAsync()).ShouldBeTrue();
        results.Current.ShouldBe("""{"line":1,"status":"counted"}""");

        // The rest is written by one while the other reads, in pieces that end in the middle of lines.
        var sending = Task.Run(async () =>
        {
            var rest = string.Concat(Enumerable.Range(2, Lines - 1).Select(Line));
            foreach (var piece in rest.Chunk(7_777))
                await raw.WriteChunkAsync(new string(piece));
            await raw.EndChunksAsync();
        });
        for (var n = 2; n <= Lines; n++)
        {
            (await results.MoveNextAsync()).ShouldBeTrue();
            results.Current.ShouldBe($$"""{"line":{{n}},"status":"counted"}""");
        }
        (await results.MoveNextAsync()).ShouldBeFalse();
        await sending;

        var board = (await server.FeedAsync(campaign)).Recount();
        board.Voters.ShouldBe(Lines);
        foreach (var id in ids)
            (await server.TallyAsync(campaign, id)).ShouldBeJson($$"""{"approvals":{{Lines / 10}},"ratings":{{Lines / 10}},"rating":3,"invested":{{Lines / 10 * 5}},"investors":{{Lines / 10}}}""");

        string Line(int n) => $$$"""{"voter":"{{{n}}}","approve":["ref:{{{n % 10}}}"],"rate":{"{{{ids[n % 10]}}}":{"overall":3}},"invest":{"ref:{{{n % 10}}}":5}}""" + "\n";
    }

    [Fact]
    public async Task Sending_the_same_lines_again_changes_nothing_even_by_somebody_who_reads_only_at_the_end()
    {
        const int Lines = 5_000;
        var campaign = await server.CampaignAsync();
        await server.IdeasAsync(campaign, "1", "2");
        var lines = Enumerable.Range(1, Lines).Select(n => $$$"""{"line":{{{n * 2}}},"voter":"{{{n}}}","segment":"{{{n % 3}}}","approve":["ref:1","ref:2"],"invest":{"ref:1":7}}""").ToList();
        var trusted = await server.AsAsync("vote:any");

        // This client writes the whole body before it looks for an answer.
        var first = await trusted.LinesAsync("POST", $"campaigns/{campaign}/ballots", lines).Expect(200);
        var events = (await server.FeedAsync(campaign)).Count;
        var again = await trusted.LinesAsync("POST", $"campaigns/{campaign}/ballots", lines).Expect(200);

        first.ContentType.ShouldBe("application/x-ndjson");
        first.Lines.ShouldBe(Enumerable.Range(1, Lines).Select(n => $$"""{"line":{{n * 2}},"status":"counted"}"""));
        again.Lines.ShouldBe(Enumerable.Range(1, Lines).Select(n => $$"""{"line":{{n * 2}},"status":"unchanged"}"""));
        (await server.FeedAsync(campaign)).Count.ShouldBe(events);
    }

    [Theory]
    [InlineData("""{"voter":"x","approve":["ref:1","ref:none"]}""", "idea_not_found", "approve[1]")]
    [InlineData("""{"voter":"x","approve":["ref:1","nothing"]}""", "idea_not_found", "approve")]
    [InlineData("""{"voter":"x","approve":["ref:1"],"invest":{"ref:1":101}}""", "budget_exceeded", "credits")]
    [InlineData("""{"voter":"x","approve":["ref:1"],"invest":{"ref:1":-1}}""", "invalid_credits", "credits")]
    [InlineData("""{"voter":"x","approve":["ref:1"],"rate":{"ref:1":{"overall":7}}}""", "invalid_scores", "scores")]
    [InlineData("""{"voter":"x","approve":["ref:1"],"rate":{"ref:1":{"joy":7}}}""", "unknown_criterion", "scores.joy")]
    [InlineData("""{"approve":["ref:1"]}""", "voter_required", "voter")]
    [InlineData("""{"voter":"","approve":["ref:1"]}""", "invalid_voter", "voter")]
    [InlineData("""{"voter":5,"approve":["ref:1"]}""", "invalid_voter", "voter")]
    [InlineData("""{"voter":"x","segment":"","approve":["ref:1"]}""", "invalid_field", "segment")]
    [InlineData("""{"voter":"x","address":"nowhere","approve":["ref:1"]}""", "invalid_field", "address")]
    [InlineData("""{"voter":"x","line":-1,"approve":["ref:1"]}""", "invalid_field", "line")]
    [InlineData("""{"voter":"x","line":1e999,"approve":["ref:1"]}""", "invalid_field", "line")]
    [InlineData("""{"voter":"x","approve":["ref:1"],"votes":5}""", "unknown_field", "votes")]
    [InlineData("""{"voter":"x","approve":["ref:1"],"approve":["ref:1"]}""", "duplicate_field", "approve")]
    [InlineData("""{"voter":"x","approve":["ref:1"]""", "malformed_json", null)]
    [InlineData("""["ref:1"]""", "malformed_json", null)]
    [InlineData("nonsense", "malformed_json", null)]
    public async Task A_line_that_is_refused_is_named_with_its_reason_and_nothing_of_it_counts(string line, string code, string? field)
    {
        var campaign = await server.CampaignAsync();
        var idea = await server.IdeaAsync(campaign, "1");
        var trusted = await server.AsAsync("vote:any");

        var answer = await trusted.LinesAsync("POST", $"campaigns/{campaign}/ballots", """{"voter":"a","approve":["ref:1"]}""", line, """{"voter":"b","approve":["ref:1"]}""").Expect(200);

        answer.Lines.Length.ShouldBe(3);
        answer.Lines[0].ShouldBe("""{"line":1,"status":"counted"}""");
        answer.Lines[2].ShouldBe("""{"line":3,"status":"counted"}""");
        var refused = JsonNode.Parse(answer.Lines[1])!;
        (refused["line"]!.GetValue<long>(), refused["status"]!.GetValue<string>(), refused["code"]!.GetValue<string>(), refused["field"]?.GetValue<string>()).ShouldBe((2, "refused", code, field));
        refused["detail"]!.GetValue<string>().ShouldNotBeEmpty();
        (await server.TallyAsync(campaign, idea)).ShouldBeJson("""{"approvals":2,"ratings":0,"rating":null,"invested":0,"investors":0}""");
    }

    [Fact]
    public async Task A_line_that_is_too_long_costs_itself_only()
    {
        var campaign = await server.CampaignAsync();
        var idea = await server.IdeaAsync(campaign, "1");
        var ballot = """{"voter":"a","approve":["ref:1"]}""";
        var trusted = await server.AsAsync("vote:any");

        var answer = await trusted.LinesAsync("POST", $"campaigns/{campaign}/ballots",
            ballot.PadRight(MaxLineBytes), ballot.PadRight(MaxLineBytes + 1), new string('x', 3 * MaxLineBytes), "", """{"voter":"b","approve":["ref:1"]}""").Expect(200);

        answer.Lines.Length.ShouldBe(4);
        answer.Lines[0].ShouldBe("""{"line":1,"status":"counted"}""");
        answer.Lines[1].ShouldStartWith("""{"line":2,"status":"refused","code":"line_too_long",""");
        answer.Lines[2].ShouldStartWith("""{"line":3,"status":"refused","code":"line_too_long",""");
        answer.Lines[3].ShouldBe("""{"line":5,"status":"counted"}""");
        (await server.TallyAsync(campaign, idea))["approvals"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task A_last_line_that_is_cut_off_is_refused_and_one_without_a_break_counts()
    {
        var campaign = await server.CampaignAsync();
        var idea = await server.IdeaAsync(campaign, "1");
        var trusted = await server.AsAsync("vote:any");
        var path = $"campaigns/{campaign}/ballots";
        const string Line = """{"voter":"a","approve":["ref:1"]}""";

        using var cut = Api.Body(System.Text.Encoding.UTF8.GetBytes(Line + "\n" + Line.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)[..^5]), "application/x-ndjson");
        var refused = await trusted.SendAsync("POST", path, cut).Expect(200);
        using var whole = Api.Body(System.Text.Encoding.UTF8.GetBytes("\ufeff" + Line + "\r\n\r\n  " + Line.Replace("\"a\"", "\"c\"", StringComparison.Ordinal)), "application/x-ndjson; charset=utf-8");
        var counted = await trusted.SendAsync("POST", path, whole).Expect(200);

        refused.Lines[1].ShouldStartWith("""{"line":2,"status":"refused","code":"incomplete_line",""");
        counted.Lines.ShouldBe(["""{"line":1,"status":"unchanged"}""", """{"line":3,"status":"counted"}"""]);
        (await server.TallyAsync(campaign, idea))["approvals"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task When_a_sender_breaks_off_what_was_acknowledged_stands_and_the_rest_can_be_sent_again()
    {
        var campaign = await server.CampaignAsync();
        var idea = await server.IdeaAsync(campaign, "1");
        await using (var raw = await OpenAsync(campaign))
        {
            await raw.WriteChunkAsync("""{"voter":"a","approve":["ref:1"]}""" + "\n");
            (await raw.ReadHeadAsync()).ShouldBe(200);
            (await raw.ReadChunkAsync()).ShouldBe("""{"line":1,"status":"counted"}""" + "\n");
            await raw.WriteChunkAsync("""{"voter":"b","approve":["ref""");
            raw.Abort();
        }

        var answer = await (await server.AsAsync("vote:any")).LinesAsync("POST", $"campaigns/{campaign}/ballots", """{"voter":"a","approve":["ref:1"]}""", """{"voter":"b","approve":["ref:1"]}""").Expect(200);

        answer.Lines.ShouldBe(["""{"line":1,"status":"unchanged"}""", """{"line":2,"status":"counted"}"""]);
        (await server.TallyAsync(campaign, idea))["approvals"]!.GetValue<int>().ShouldBe(2);
        server.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_lines_of_one_voter_the_later_counts()
    {
        var campaign = await server.CampaignAsync();
        var ids = await server.IdeasAsync(campaign, "1", "2");
        var lines = Enumerable.Range(0, 400).Select(i => $$"""{"voter":"anna","approve":["ref:{{1 + i % 2}}"]}""");

        await server.CastAsync(campaign, lines);

        var ballot = await server.Admin.For("anna").GetAsync($"campaigns/{campaign}/ballot").Expect(200);
        ballot.At("approve").ShouldBeJson($"""["{ids[1]}"]""");
    }

    [Fact]
    public async Task A_segment_counts_unless_the_roll_knows_better_and_absent_leaves_it()
    {
        var campaign = await server.CampaignAsync();
        await server.IdeaAsync(campaign, "1");
        foreach (var line in new[]
        {
            """{"voter":"a","segment":"north","approve":["ref:1"]}""",
            """{"voter":"a","approve":["ref:1"],"invest":{"ref:1":5}}""",
            """{"voter":"a","segment":" north ","approve":[],"invest":{"ref:1":5}}""",
            """{"voter":"a","segment":null,"invest":{"ref:1":5}}""",
        })
            await server.CastAsync(campaign, line);

        var feed = (await server.FeedAsync(campaign)).Skip(2).ToList();
        feed.Select(line => line.Name).ShouldBe([
            "segment_changed", "approval_changed", "investment_changed", "approval_changed", "segment_changed", "investment_changed", "investment_changed"]);
        feed[^1].At("segment").ShouldBeNull();
        var north = feed[0].At("new")!.GetValue<string>();
        feed.Take(6).Where(line => line.Name != "segment_changed").ShouldAllBe(line => line.At("segment")!.GetValue<string>() == north);
    }

    [Fact]
    public async Task A_line_may_vouch_for_an_address_and_the_roll_says_who_may_vote()
    {
        var confirmed = await server.FullCampaignAsync(""" "voters":{"who":"confirmed","domains":["example.com"]} """);
        var roll = await server.FullCampaignAsync(""" "voters":{"who":"roll"} """);
        await server.Admin.PutAsync($"campaigns/{roll}/roll", """{"entries":[{"voter":"a","segment":"north"}]}""").Expect(200);
        var trusted = await server.AsAsync("vote:any");

        var first = await trusted.LinesAsync("POST", $"campaigns/{confirmed}/ballots", """{"voter":"a","address":"a@example.com"}""", """{"voter":"b","address":"b@example.net"}""", """{"voter":"c"}""").Expect(200);
        var second = await trusted.LinesAsync("POST", $"campaigns/{roll}/ballots", """{"voter":"a"}""", """{"voter":"b"}""").Expect(200);

        string.Join(' ', first.Lines.Concat(second.Lines).Select(Outcome)).ShouldBe("unchanged not_eligible not_eligible counted not_eligible");

        static string Outcome(string line) => (JsonNode.Parse(line)!["code"] ?? JsonNode.Parse(line)!["status"])!.GetValue<string>();
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Ballots_come_as_lines_of_JSON_and_nothing_else(string? contentType)
    {
        var campaign = await server.CampaignAsync();
        using var body = Api.Body("{}"u8.ToArray(), contentType);

        await (await server.AsAsync("vote:any")).SendAsync("POST", $"campaigns/{campaign}/ballots", body).Refused(415, "unsupported_media_type");
    }

    private async Task<RawHttp> OpenAsync(string campaign)
    {
        var raw = await RawHttp.OpenAsync(server.Address);
        await raw.WriteAsync($"POST /api/v1/campaigns/{campaign}/ballots HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {TestServer.AdminToken}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
        return raw;
    }
}
