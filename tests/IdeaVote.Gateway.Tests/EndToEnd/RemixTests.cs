using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Ideas that take others further.</summary>
public sealed class RemixTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_idea_names_the_one_it_builds_on_and_that_one_names_it()
    {
        var campaign = await server.CampaignAsync();
        var ideas = $"campaigns/{campaign}/ideas";
        var original = await server.IdeaAsync(campaign, "Bench");
        var anna = await server.VoterAsync("anna");

        var byId = await anna.PostAsync(ideas, $$"""{"title":"Bench with a roof","buildsOn":"{{original}}"}""").Expect(201);
        byId.Text("buildsOn").ShouldBe(original);
        var byReference = await anna.PostAsync(ideas, """{"title":"Bench for two","buildsOn":"ref:Bench"}""").Expect(201);

        var read = await server.Anyone.GetAsync($"{ideas}/{original}").Expect(200);
        read.At("remixes").ShouldBeJson($"""["{byReference.Text("id")}","{byId.Text("id")}"]""");
        read.At("").ShouldNotBeNull().AsObject().ContainsKey("buildsOn").ShouldBeFalse();
        (await server.Anyone.GetAsync($"{ideas}/{byId.Text("id")}").Expect(200)).Text("buildsOn").ShouldBe(original);
        (await server.Anyone.GetAsync(ideas).Expect(200)).Items().Select(item => (string?)item["buildsOn"]).ShouldBe([original, original, null]);
        (await server.FeedAsync(campaign)).Where(line => line.Name == "idea_submitted").Select(line => (string?)line.At("buildsOn")).ShouldBe([null, original, original]);
    }

    [Fact]
    public async Task It_builds_on_an_idea_of_the_campaign_that_its_author_may_see()
    {
        var (campaign, other) = (await server.FullCampaignAsync(""" "moderation":"before" """), await server.CampaignAsync());
        var ideas = $"campaigns/{campaign}/ideas";
        await server.IdeaAsync(other, "Elsewhere");
        var (anna, bob) = (await server.VoterAsync("anna"), await server.VoterAsync("bob"));
        var waiting = (await anna.PostAsync(ideas, """{"title":"Not yet looked at"}""").Expect(201)).Text("id");

        foreach (var name in new[] { "ref:Elsewhere", "ref:", "nothing", "", waiting, "00000000000000000000" })
            await bob.PostAsync(ideas, $$"""{"title":"T","buildsOn":"{{name}}"}""").Refused(404, "idea_not_found", "buildsOn");
        await bob.PostAsync(ideas, """{"title":"T","buildsOn":7}""").Refused(400, "invalid_field", "buildsOn");

        // Her own she sees; and who may not know of a remix is not told of it.
        await anna.PostAsync(ideas, $$"""{"title":"T","buildsOn":"{{waiting}}"}""").Expect(201);
        var shown = await server.IdeaAsync(campaign, "Shown");
        var remix = (await anna.PostAsync(ideas, """{"title":"T","buildsOn":"ref:Shown"}""").Expect(201)).Text("id");
        (await bob.GetAsync($"{ideas}/{shown}").Expect(200)).At("remixes").ShouldBeNull();
        (await anna.GetAsync($"{ideas}/{shown}").Expect(200)).At("remixes").ShouldBeJson($"""["{remix}"]""");
    }

    [Fact]
    public async Task A_repeated_submission_must_build_on_the_same_idea()
    {
        var campaign = await server.CampaignAsync();
        var ideas = $"campaigns/{campaign}/ideas";
        await server.IdeasAsync(campaign, "Park", "Bench");

        await server.Admin.PostAsync(ideas, """{"title":"T","reference":"t","buildsOn":"ref:Park"}""").Expect(201);
        await server.Admin.PostAsync(ideas, """{"title":"T","reference":"t","buildsOn":"ref:Park"}""").Expect(201);
        await server.Admin.PostAsync(ideas, """{"title":"T","reference":"t","buildsOn":"ref:Bench"}""").Refused(409, "reference_taken", "reference");
        await server.Admin.PostAsync(ideas, """{"title":"T","reference":"t"}""").Refused(409, "reference_taken", "reference");
    }

    [Fact]
    public async Task The_newest_twenty_are_shown()
    {
        var campaign = await server.CampaignAsync();
        var original = await server.IdeaAsync(campaign, "Park");
        for (var i = 0; i < 22; i++)
            await server.Admin.PostAsync($"campaigns/{campaign}/ideas", $$"""{"title":"T","reference":"{{i}}","buildsOn":"ref:Park"}""").Expect(201);

        var shown = (await server.Anyone.GetAsync($"campaigns/{campaign}/ideas/{original}").Expect(200)).Items("remixes");

        shown.Count.ShouldBe(20);
        ((string?)shown[0]).ShouldBe((await server.Anyone.GetAsync($"campaigns/{campaign}/ideas/ref:21").Expect(200)).Text("id"));
    }
}
