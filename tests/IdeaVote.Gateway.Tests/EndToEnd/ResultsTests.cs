using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>A team announces the result of its campaign, and everybody reads it.</summary>
public sealed class ResultsTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task What_is_announced_stands_beside_the_counts_and_names_what_ranked_higher()
    {
        var (campaign, ids) = await VotedAsync();
        await AnnounceAsync(campaign, ids[1]).Refused(409, "voting_not_over");
        await server.Anyone.GetAsync($"campaigns/{campaign}/results").Refused(404, "results_not_found");
        await CloseAsync(campaign);

        var announced = await AnnounceAsync(campaign, ids[1]).Expect(200);
        var read = await server.Anyone.GetAsync($"campaigns/{campaign}/results").Expect(200);

        read.Body.ShouldBe(announced.Body);
        read.Text("text").ShouldBe("Thank **you**");
        read.Text("by").ShouldBe("approvals");
        read.Number("voters").ShouldBe(3);
        read.Number("ideas").ShouldBe(3);
        read.At("correctedAt").ShouldBeNull();
        read.At("votingOver").ShouldBeJson("true");
        read.Text("chosen.0.title").ShouldBe("b");
        read.Number("chosen.0.place.rank").ShouldBe(2);
        read.Number("chosen.0.place.score").ShouldBe(2);
        read.At("chosen.0.place.interval.low").ShouldNotBeNull();
        read.Items("passedOver").ShouldHaveSingleItem();
        read.Text("passedOver.0.id").ShouldBe(ids[0]);
        read.Number("passedOverCount").ShouldBe(1);
    }

    [Fact]
    public async Task A_correction_says_that_it_is_one_and_the_same_again_is_none()
    {
        var (campaign, ids) = await VotedAsync();
        await CloseAsync(campaign);
        var first = await AnnounceAsync(campaign, ids[0]).Expect(200);
        server.Clock.Jump(TimeSpan.FromMinutes(1));

        (await AnnounceAsync(campaign, ids[0]).Expect(200)).Body.ShouldBe(first.Body);
        var corrected = await AnnounceAsync(campaign, ids[2]).Expect(200);

        corrected.Text("announcedAt").ShouldBe(first.Text("announcedAt"));
        corrected.At("correctedAt").ShouldNotBeNull();
        corrected.Items("passedOver").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Ideas_are_named_by_references_too_and_none_may_be_chosen()
    {
        var (campaign, ids) = await VotedAsync();
        await CloseAsync(campaign);

        (await server.Admin.PutAsync($"campaigns/{campaign}/results", """{"text":"x","chosen":["ref:b"]}""").Expect(200)).Text("chosen.0.id").ShouldBe(ids[1]);
        (await server.Admin.PutAsync($"campaigns/{campaign}/results", """{"text":"x","chosen":[],"by":"rating"}""").Expect(200)).Items("chosen").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"text":"","chosen":[]}""", 400, "missing_field", "text")]
    [InlineData("""{"text":" \n ","chosen":[]}""", 400, "missing_field", "text")]
    [InlineData("""{"text":"x","chosen":["nobody"]}""", 404, "idea_not_found", "chosen")]
    [InlineData("""{"text":"x","chosen":[null]}""", 400, "invalid_field", null)]
    [InlineData("""{"text":"x","chosen":["ref:none"]}""", 404, "idea_not_found", "chosen")]
    [InlineData("""{"text":"x","chosen":["ref:a","ref:a"]}""", 400, "invalid_results", "chosen")]
    [InlineData("""{"text":"x","chosen":["ref:gone"]}""", 400, "invalid_results", "chosen")]
    [InlineData("""{"text":"x","chosen":[],"by":"love"}""", 400, "invalid_field", "by")]
    [InlineData("""{"text":"x","chosen":[],"by":"duels"}""", 409, "method_off", null)]
    public async Task What_makes_no_sense_is_refused_with_the_field_to_blame(string body, int status, string code, string? field)
    {
        var (campaign, _) = await VotedAsync();
        var gone = await server.IdeaAsync(campaign, "gone");
        await server.Admin.PutAsync($"campaigns/{campaign}/ideas/{gone}/status", """{"status":"declined"}""").Expect(200);
        await CloseAsync(campaign);

        if (field is null)
            (await server.Admin.PutAsync($"campaigns/{campaign}/results", body)).Status.ShouldBe(status);
        else
            await server.Admin.PutAsync($"campaigns/{campaign}/results", body).Refused(status, code, field);
    }

    [Fact]
    public async Task Too_long_or_too_much_is_refused()
    {
        var (campaign, _) = await VotedAsync();
        await CloseAsync(campaign);

        await server.Admin.PutAsync($"campaigns/{campaign}/results", $$"""{"text":"{{new string('x', 20_001)}}","chosen":[]}""").Refused(400, "too_long", "text");
        await server.Admin.PutAsync($"campaigns/{campaign}/results", $$"""{"text":"x","chosen":[{{string.Join(',', Enumerable.Repeat("\"ref:a\"", 101))}}]}""").Refused(400, "invalid_results", "chosen");
    }

    [Fact]
    public async Task A_chosen_idea_that_is_hidden_later_keeps_its_place_and_not_its_words()
    {
        var (campaign, ids) = await VotedAsync();
        await CloseAsync(campaign);
        await AnnounceAsync(campaign, ids[0]).Expect(200);

        var hidden = await server.Admin.PutAsync($"campaigns/{campaign}/ideas/{ids[0]}/status", """{"status":"hidden","answer":"Copied"}""").Expect(200);

        var read = await server.Anyone.With("IdeaVote-After", hidden.Position).GetAsync($"campaigns/{campaign}/results").Expect(200);
        read.Text("chosen.0.id").ShouldBe(ids[0]);
        read.At("chosen.0.title").ShouldBeNull();
        read.At("chosen.0.answer").ShouldBeNull();
        read.Text("chosen.0.status").ShouldBe("hidden");
    }

    [Fact]
    public async Task When_voting_is_opened_again_and_scores_are_hidden_the_result_tells_no_count()
    {
        var (campaign, ids) = await VotedAsync(""" "hideScores":true, """);
        await CloseAsync(campaign);
        await AnnounceAsync(campaign, ids[1]).Expect(200);

        var opened = await server.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"open"}""").Expect(200);

        var read = await server.Anyone.With("IdeaVote-After", opened.Position).GetAsync($"campaigns/{campaign}/results").Expect(200);
        read.At("votingOver").ShouldBeJson("false");
        read.At("voters").ShouldBeNull();
        read.At("chosen.0.place").ShouldBeNull();
        read.Items("passedOver").ShouldBeEmpty();
        (await server.Admin.GetAsync($"campaigns/{campaign}/results").Expect(200)).Number("voters").ShouldBe(3);
    }

    [Fact]
    public async Task It_is_in_the_feed_without_words_and_survives_a_restart()
    {
        await using var own = await TestServer.StartAsync();
        var campaign = await own.CampaignAsync(Stages);
        var id = await own.IdeaAsync(campaign, "a");
        await own.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"over"}""").Expect(200);
        var announced = await own.Admin.PutAsync($"campaigns/{campaign}/results", $$"""{"text":"Unheard of","chosen":["{{id}}"]}""").Expect(200);

        var line = (await own.FeedAsync(campaign)).Single(one => one.Name == "results_announced");
        line.At("new")!.ToJsonString().ShouldContain(id);
        System.Text.Encoding.UTF8.GetString(line.Event).ShouldNotContain("Unheard");
        await own.RestartAsync();
        (await own.Anyone.GetAsync($"campaigns/{campaign}/results").Expect(200)).Body.ShouldBe(announced.Body);
        await own.Admin.GetAsync($"campaigns/{campaign}/head").Expect(200);
    }

    private const string Stages = """ "stages":[{"name":"open","allows":["submit","discuss","vote"]},{"name":"over","allows":["discuss"]}],"approve":{},"rate":{} """;

    /// <summary>Three ideas: everybody approves of the first, two of the second, nobody of the third.</summary>
    private async Task<(string Campaign, IReadOnlyList<string> Ideas)> VotedAsync(string more = "")
    {
        var campaign = await server.CampaignAsync(more + Stages);
        string[] ids = [await server.IdeaAsync(campaign, "a"), await server.IdeaAsync(campaign, "b"), await server.IdeaAsync(campaign, "c")];
        await server.CastAsync(campaign, """{"voter":"1","approve":["ref:a","ref:b"]}""", """{"voter":"2","approve":["ref:a","ref:b"]}""", """{"voter":"3","approve":["ref:a"]}""");
        return (campaign, ids);
    }

    private Task<Answer> CloseAsync(string campaign) => server.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"over"}""").Expect(200);

    private Task<Answer> AnnounceAsync(string campaign, params string[] chosen) => server.Admin.PutAsync(
        $"campaigns/{campaign}/results", $$"""{"text":"Thank **you**","by":"approvals","chosen":[{{string.Join(',', chosen.Select(id => $"\"{id}\""))}}]}""");
}
