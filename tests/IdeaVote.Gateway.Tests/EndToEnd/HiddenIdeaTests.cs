using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>The team hides an idea; its author reads why.</summary>
public sealed class HiddenIdeaTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_hidden_idea_is_there_for_its_author_and_the_team_only()
    {
        var (campaign, idea, anna) = await HiddenAsync();

        (await anna.GetAsync($"campaigns/{campaign}/ideas/{idea}").Expect(200)).Text("answer").ShouldBe("It names a person");
        (await server.Admin.GetAsync($"campaigns/{campaign}/ideas/{idea}").Expect(200)).Text("status").ShouldBe("hidden");
        await server.Anyone.GetAsync($"campaigns/{campaign}/ideas/{idea}").Refused(404, "idea_not_found");
        await server.Anyone.GetAsync($"campaigns/{campaign}/ideas/{idea}/threads").Refused(404, "idea_not_found");
        (await server.Anyone.GetAsync($"campaigns/{campaign}/ideas?status=hidden").Expect(200)).Items().ShouldBeEmpty();
        (await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard").Expect(200)).Items("rows").ShouldBeEmpty();
        var berta = await server.VoterAsync("berta");
        await berta.PutAsync($"campaigns/{campaign}/ideas/{idea}/approval", "{}").Refused(404, "idea_not_found");
    }

    [Fact]
    public async Task Shown_again_it_does_not_tell_why_it_was_hidden()
    {
        var (campaign, idea, _) = await HiddenAsync();

        await server.Admin.PutAsync($"campaigns/{campaign}/ideas/{idea}/status", """{"status":"published"}""").Expect(200);

        var seen = await server.Anyone.GetAsync($"campaigns/{campaign}/ideas/{idea}").Expect(200);
        seen.At("answer").ShouldBeNull();
        seen.Body.ShouldNotContain("names a person");
        seen.Items("statuses").Select(status => status["status"]!.GetValue<string>()).ShouldBe(["published", "hidden", "published"]);
    }

    [Fact]
    public async Task Ballots_that_are_published_still_speak_of_it_and_agree()
    {
        var campaign = await server.FullCampaignAsync(""" "publishBallots":true,"stages":[{"name":"open","allows":["submit","vote"]},{"name":"over"}] """);
        var idea = await server.IdeaAsync(campaign, "Idea");
        await server.CastAsync(campaign, """{"voter":"1","approve":["ref:Idea"]}""");
        await server.Admin.PutAsync($"campaigns/{campaign}/ideas/{idea}/status", """{"status":"hidden"}""").Expect(200);
        await server.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"over"}""").Expect(200);
        server.Clock.Jump(TimeSpan.FromMinutes(2));

        var lines = (await server.Anyone.GetAsync($"campaigns/{campaign}/ballots/published").Expect(200)).Lines;

        // Once as an idea, and once on the one ballot.
        lines.Count(line => line.Contains(idea, StringComparison.Ordinal)).ShouldBe(2);
        lines.ShouldContain(line => line.StartsWith($"{{\"idea\":\"{idea}\",\"status\":10", StringComparison.Ordinal));
    }

    private async Task<(string Campaign, string Idea, Api Author)> HiddenAsync()
    {
        var campaign = await server.FullCampaignAsync(""" "stages":[{"name":"open","allows":["submit","discuss","vote"]}] """);
        var anna = await server.VoterAsync("anna");
        var idea = (await anna.PostAsync($"campaigns/{campaign}/ideas", """{"title":"Fire Bert"}""").Expect(201)).Text("id");
        await server.Admin.PutAsync($"campaigns/{campaign}/ideas/{idea}/status", """{"status":"hidden","answer":"It names a person"}""").Expect(200);
        return (campaign, idea, anna);
    }
}
