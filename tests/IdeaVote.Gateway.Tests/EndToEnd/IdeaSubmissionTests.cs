using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

public sealed class IdeaSubmissionTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_idea_comes_back_as_it_was_sent()
    {
        var campaign = await server.CampaignAsync();
        var anna = await server.VoterAsync("anna");

        var made = await anna.PostAsync($"campaigns/{campaign}/ideas", """
            {"title":" A bike lane 🚲 ","body":"**Both** ways\n","tags":["traffic","safety","traffic","cafe\u0301"],"cost":12000.50,"reference":"bike lanes/1?"}
            """).Expect(201);

        var id = made.Text("id");
        made.Headers["Location"].ShouldBe($"/api/v1/campaigns/{campaign}/ideas/{id}");
        made.At("").ShouldBeJson($$$"""
            {"id":"{{{id}}}","campaign":"{{{campaign}}}","title":"A bike lane 🚲","body":"**Both** ways\n","tags":["traffic","safety","caf\u00e9"],"cost":12000.5,
            "reference":"bike lanes/1?","status":"published","answer":null,"submittedAt":"{{{server.Clock.Text}}}",
            "tally":{"approvals":0,"ratings":0,"rating":null,"invested":0,"investors":0}}
            """);
        foreach (var name in new[] { id, "ref:bike%20lanes%2F1%3F" })
        {
            var read = await server.Anyone.GetAsync($"campaigns/{campaign}/ideas/{name}").Expect(200);
            read.Text("id").ShouldBe(id);
            read.At("revisions").ShouldBeJson($$"""[{"at":"{{server.Clock.Text}}","title":"A bike lane 🚲","body":"**Both** ways\n"}]""");
            read.At("statuses").ShouldBeJson($$"""[{"at":"{{server.Clock.Text}}","status":"published","answer":null}]""");
        }
    }

    [Fact]
    public async Task A_reference_leads_to_one_idea_however_often_it_is_submitted()
    {
        var campaign = await server.CampaignAsync();
        const string Body = """{"title":"T","body":"B","tags":["x"],"cost":5.0,"reference":"r"}""";
        var ideas = $"campaigns/{campaign}/ideas";

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.Admin.PostAsync(ideas, Body)));
        var id = answers[0].Text("id");
        answers.ShouldAllBe(answer => answer.Status == 201 && answer.Text("id") == id);
        (await server.Admin.PostAsync(ideas, """{"reference":"r","title":" T","cost":5,"tags":["x","x"],"body":"B"}""").Expect(201)).Text("id").ShouldBe(id);
        foreach (var other in new[] { """{"title":"U","body":"B","tags":["x"],"cost":5,"reference":"r"}""", """{"title":"T","body":"B","tags":[],"cost":5,"reference":"r"}""", """{"title":"T","body":"B","tags":["x"],"reference":"r"}""" })
            await server.Admin.PostAsync(ideas, other).Refused(409, "reference_taken", "reference");

        // What it began as counts, not what it has become.
        await server.Admin.PatchAsync($"{ideas}/{id}", """{"title":"Edited","cost":6}""").Expect(200);
        (await server.Admin.PostAsync(ideas, Body).Expect(201)).Text("title").ShouldBe("Edited");
        (await server.FeedAsync(campaign)).Count(line => line.Name == "idea_submitted").ShouldBe(1);
    }

    [Fact]
    public async Task The_same_reference_in_another_campaign_is_another_idea()
    {
        var (one, other) = (await server.CampaignAsync(), await server.CampaignAsync());

        (await server.IdeaAsync(one, "same")).ShouldNotBe(await server.IdeaAsync(other, "same"));
    }

    [Fact]
    public async Task Without_reference_and_key_each_submission_is_an_idea_of_its_own()
    {
        var campaign = await server.CampaignAsync();

        for (var i = 0; i < 2; i++)
            await server.Admin.PostAsync($"campaigns/{campaign}/ideas", """{"title":"Same"}""").Expect(201);

        (await server.Anyone.GetAsync($"campaigns/{campaign}/ideas").Expect(200)).Items().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("{}", "missing_field", "title")]
    [InlineData("""{"title":""}""", "missing_field", "title")]
    [InlineData("""{"title":null}""", "invalid_field", "title")]
    [InlineData("""{"title":1}""", "invalid_field", "title")]
    [InlineData("""{"title":"a\u0000b"}""", "invalid_text", "title")]
    [InlineData("""{"title":"\ud800"}""", "invalid_text", "title")]
    [InlineData("""{"title":"T","body":"\u0000"}""", "invalid_text", "body")]
    [InlineData("""{"title":"T","tags":"x"}""", "invalid_field", "tags")]
    [InlineData("""{"title":"T","tags":[""]}""", "missing_field", "tags")]
    [InlineData("""{"title":"T","tags":[null]}""", "invalid_field", "tags[0]")]
    [InlineData("""{"title":"T","cost":-0.01}""", "invalid_field", "cost")]
    [InlineData("""{"title":"T","cost":"5"}""", "invalid_field", "cost")]
    [InlineData("""{"title":"T","cost":1e999}""", "invalid_field", "cost")]
    [InlineData("""{"title":"T","cost":0.00001}""", "invalid_field", "cost")]
    [InlineData("""{"title":"T","reference":""}""", "missing_field", "reference")]
    [InlineData("""{"title":"T","status":"planned"}""", "unknown_field", "status")]
    public async Task What_makes_no_sense_is_refused_with_the_field_to_blame(string body, string code, string field)
    {
        var campaign = await server.CampaignAsync();

        await server.Admin.PostAsync($"campaigns/{campaign}/ideas", body).Refused(400, code, field);
    }

    [Fact]
    public async Task The_limits_are_where_the_description_says()
    {
        var ideas = $"campaigns/{await server.CampaignAsync()}/ideas";

        await server.Admin.PostAsync(ideas, Sized(title: 200, body: 20_000, tags: 20, tag: 50, reference: 200)).Expect(201);
        await server.Admin.PostAsync(ideas, Sized(title: 201)).Refused(400, "too_long", "title");
        await server.Admin.PostAsync(ideas, Sized(body: 20_001)).Refused(400, "too_long", "body");
        await server.Admin.PostAsync(ideas, Sized(tags: 21)).Refused(400, "invalid_field", "tags");
        await server.Admin.PostAsync(ideas, Sized(tags: 1, tag: 51)).Refused(400, "too_long", "tags");
        await server.Admin.PostAsync(ideas, Sized(reference: 201)).Refused(400, "too_long", "reference");
        await server.Admin.PostAsync(ideas, """{"title":"T","cost":999999999999999.9999}""").Expect(201);
        await server.Admin.PostAsync(ideas, """{"title":"T","cost":1000000000000000}""").Refused(400, "invalid_field", "cost");

        static string Sized(int title = 1, int body = 0, int tags = 0, int tag = 3, int reference = 1) => System.Text.Json.JsonSerializer.Serialize(new
        {
            title = new string('t', title),
            body = new string('b', body),
            tags = Enumerable.Range(10, tags).Select(i => $"{i}{new string('x', tag - 2)}"),
            reference = new string('r', reference),
        });
    }

    [Fact]
    public async Task A_back_end_says_who_submits_and_a_team_need_not()
    {
        var ideas = $"campaigns/{await server.CampaignAsync()}/ideas";
        var (trusted, team) = (await server.AsAsync("vote:any"), await server.AsAsync("manage"));

        await trusted.PostAsync(ideas, """{"title":"T"}""").Refused(400, "voter_required", "IdeaVote-Voter");
        var hers = (await trusted.For("anna").PostAsync(ideas, """{"title":"T"}""").Expect(201)).Text("id");
        await (await server.VoterAsync("anna")).PatchAsync($"{ideas}/{hers}", """{"title":"Edited"}""").Expect(200);
        var theirs = (await team.PostAsync(ideas, """{"title":"T"}""").Expect(201)).Text("id");
        await (await server.VoterAsync("anna")).PatchAsync($"{ideas}/{theirs}", """{"title":"Edited"}""").Refused(403, "not_author");
    }
}
