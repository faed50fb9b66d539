using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Stages, entered by hand or by the clock.</summary>
public sealed class CampaignStageTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_team_moves_a_campaign_to_any_of_its_stages()
    {
        var campaign = await server.CampaignAsync(""" "preset":"challenge","approve":{} """);
        var path = $"campaigns/{campaign}/stage";

        foreach (var stage in new[] { "vote", "REVIEW", " submit ", "closed" })
            (await server.Admin.PutAsync(path, $$"""{"stage":"{{stage}}"}""").Expect(200)).Text("stage").ShouldBe(stage.Trim(), StringCompareShould.IgnoreCase);

        await server.Admin.PutAsync(path, """{"stage":"closed"}""").Expect(200);
        (await server.FeedAsync(campaign)).Count(line => line.Name == "stage_entered").ShouldBe(4);
        await server.Admin.PutAsync(path, """{"stage":"other"}""").Refused(400, "unknown_stage", "stage");
        await server.Admin.PutAsync(path, "{}").Refused(400, "missing_field", "stage");
    }

    [Fact]
    public async Task A_stage_allows_what_it_says_and_nothing_else()
    {
        var campaign = await server.CampaignAsync(""" "preset":"challenge","approve":{} """);
        var (anna, ideas) = (await server.VoterAsync("anna"), $"campaigns/{campaign}/ideas");
        var idea = (await anna.PostAsync(ideas, """{"title":"Hers"}""").Expect(201)).Text("id");
        await anna.PutAsync($"{ideas}/{idea}/approval").Refused(409, "stage_closed");

        await EnterAsync("vote");
        await anna.PutAsync($"{ideas}/{idea}/approval").Expect(200);
        await anna.PostAsync(ideas, """{"title":"Late"}""").Refused(409, "stage_closed");
        await anna.PatchAsync($"{ideas}/{idea}", """{"title":"Late"}""").Refused(409, "stage_closed");
        await server.Admin.PatchAsync($"{ideas}/{idea}", """{"title":"By the team"}""").Expect(200);

        await EnterAsync("review");
        await anna.PutAsync($"{ideas}/{idea}/approval").Refused(409, "stage_closed");
        await anna.DeleteAsync($"{ideas}/{idea}/approval").Refused(409, "stage_closed");
        await anna.PutAsync($"campaigns/{campaign}/ballot", "{}").Refused(409, "stage_closed");
        (await anna.GetAsync($"campaigns/{campaign}/ballot").Expect(200)).Items("approve").Count.ShouldBe(1);

        Task EnterAsync(string stage) => server.Admin.PutAsync($"campaigns/{campaign}/stage", $$"""{"stage":"{{stage}}"}""").Expect(200);
    }

    [Fact]
    public async Task A_deadline_is_a_deadline_though_nobody_has_noticed_it()
    {
        var (opens, closes) = (TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        var closing = server.Clock.After(closes);
        var campaign = await server.CampaignAsync($$"""
            "approve":{},"stages":[{"name":"ideas","allows":["submit"]},{"name":"voting","starts":"{{server.Clock.After(opens)}}","allows":["vote"]},{"name":"over","starts":"{{closing}}"}]
            """);
        var approval = $"campaigns/{campaign}/ideas/{await server.IdeaAsync(campaign, "Idea")}/approval";
        var anna = await server.VoterAsync("anna");
        await using var feed = await FeedReader.OpenAsync(server.Admin, campaign);

        server.Clock.Jump(opens - TimeSpan.FromMilliseconds(1));
        await anna.PutAsync(approval).Refused(409, "stage_closed");
        server.Clock.Jump(TimeSpan.FromMilliseconds(1));
        await anna.PutAsync(approval).Expect(200);
        server.Clock.Jump(closes - opens - TimeSpan.FromMilliseconds(1));
        await anna.DeleteAsync(approval).Expect(200);
        server.Clock.Jump(TimeSpan.FromMilliseconds(1));
        await anna.PutAsync(approval).Refused(409, "stage_closed");

        (await server.Anyone.GetAsync($"campaigns/{campaign}").Expect(200)).Text("stage").ShouldBe("over");
        (await server.FeedAsync(campaign)).ShouldNotContain(line => line.Name == "stage_entered");

        server.Clock.Ring();
        var events = await feed.UntilAsync(line => line.Name == "stage_entered" && line.At("new")!.GetValue<int>() == 2);
        events.Count(line => line.Name == "stage_entered").ShouldBe(2);
        events[^1].At("since")!.GetValue<long>().ShouldBe(DateTimeOffset.Parse(closing, null).ToUnixTimeMilliseconds());
        events[^1].At("scheduled")!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task The_wake_up_records_each_start_when_it_is_due()
    {
        var campaign = await server.CampaignAsync($$"""
            "approve":{},"stages":[{"name":"a"},{"name":"b","starts":"{{server.Clock.After(TimeSpan.FromDays(3))}}"},{"name":"c","starts":"{{server.Clock.After(TimeSpan.FromDays(4))}}"}]
            """);
        await using var feed = await FeedReader.OpenAsync(server.Admin, campaign);

        for (var stage = 1; stage <= 2; stage++)
        {
            server.Clock.Advance(TimeSpan.FromDays(stage == 1 ? 3 : 1));
            var entered = (await feed.UntilAsync(line => line.Name == "stage_entered"))[^1];
            entered.At("new")!.GetValue<int>().ShouldBe(stage);
        }
    }

    [Fact]
    public async Task A_start_that_has_not_come_may_move_even_while_voting()
    {
        string Stages(TimeSpan end) => $$"""
            "stages":[{"name":"voting","allows":["vote"]},{"name":"over","starts":"{{server.Clock.After(end)}}"}]
            """;
        var campaign = await server.CampaignAsync(""" "approve":{}, """ + Stages(TimeSpan.FromHours(1)));

        await server.Admin.PatchAsync($"campaigns/{campaign}", $"{{{Stages(TimeSpan.FromHours(2))}}}").Expect(200);
        server.Clock.Jump(TimeSpan.FromMinutes(90));
        (await server.Anyone.GetAsync($"campaigns/{campaign}").Expect(200)).Text("stage").ShouldBe("voting");
        await server.Admin.PatchAsync($"campaigns/{campaign}", $"{{{Stages(TimeSpan.FromHours(-1))}}}").Refused(409, "rule_frozen", "stages");
        server.Clock.Advance(TimeSpan.FromMinutes(30));
        (await server.Anyone.GetAsync($"campaigns/{campaign}").Expect(200)).Text("stage").ShouldBe("over");
    }
}
