using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>How the votes on an idea grew.</summary>
public sealed class HistoryTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task It_counts_what_stood_at_the_end_of_each_day_and_outlives_a_restart()
    {
        var campaign = await server.CampaignAsync();
        var history = $"campaigns/{campaign}/ideas/ref:Park/history";
        await server.IdeasAsync(campaign, "Park", "Bench");
        var first = DateOnly.FromDateTime(server.Clock.GetUtcNow().UtcDateTime);
        (await server.Anyone.GetAsync(history).Expect(200)).At("").ShouldBeJson($$"""{"days":1,"points":[{"date":"{{first:yyyy-MM-dd}}","votes":0}]}""");

        await server.CastAsync(campaign, """{"voter":"a","approve":["ref:Park"],"rate":{"ref:Park":{"overall":4}},"rank":["ref:Park","ref:Bench"]}""", """{"voter":"b","invest":{"ref:Park":5}}""");
        server.Clock.Advance(TimeSpan.FromDays(2));
        await server.CastAsync(campaign, """{"voter":"a","approve":["ref:Park"],"duel":[["ref:Park","ref:Bench"]]}""");
        var answer = await server.Anyone.GetAsync(history).Expect(200);

        answer.Items("points").Select(point => (int)point["votes"]!).ShouldBe([4, 4, 2]);
        answer.Text("points.2.date").ShouldBe($"{first.AddDays(2):yyyy-MM-dd}");
        await server.RestartAsync();
        (await server.Anyone.GetAsync(history).Expect(200)).Body.ShouldBe(answer.Body);
    }

    [Fact]
    public async Task There_are_sixty_points_at_most()
    {
        var campaign = await server.CampaignAsync();
        await server.IdeaAsync(campaign, "Park");
        await server.CastAsync(campaign, """{"voter":"a","approve":["ref:Park"]}""");
        server.Clock.Jump(TimeSpan.FromDays(365));

        var answer = await server.Anyone.GetAsync($"campaigns/{campaign}/ideas/ref:Park/history").Expect(200);

        answer.Number("days").ShouldBe(8);
        answer.Items("points").Count.ShouldBe(46);
        answer.Items("points").ShouldAllBe(point => (int)point["votes"]! == 1);
    }

    [Fact]
    public async Task While_scores_are_hidden_it_is_too()
    {
        var campaign = await server.FullCampaignAsync(""" "hideScores":true """);
        await server.IdeaAsync(campaign, "Park");

        await server.Anyone.GetAsync($"campaigns/{campaign}/ideas/ref:Park/history").Refused(403, "scores_hidden");
        await (await server.AsAsync("export")).GetAsync($"campaigns/{campaign}/ideas/ref:Park/history").Expect(200);
        await server.Anyone.GetAsync($"campaigns/{campaign}/ideas/ref:None/history").Refused(404, "idea_not_found");
    }
}
