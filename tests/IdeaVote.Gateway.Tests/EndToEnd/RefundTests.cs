using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Credits come back from ideas that will not be.</summary>
public sealed class RefundTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("declined")]
    [InlineData("withdrawn")]
    public async Task Credits_come_back_and_can_be_invested_elsewhere(string status)
    {
        var campaign = await server.CampaignAsync();
        var ids = await server.IdeasAsync(campaign, "lost", "other");
        var (anna, berta) = (await server.VoterAsync("anna"), await server.VoterAsync("berta"));
        await InvestAsync(anna, 0, 70).Expect(200);
        await InvestAsync(berta, 0, 100).Expect(200);
        await InvestAsync(anna, 1, 40).Refused(409, "budget_exceeded");
        await using var feed = await FeedReader.OpenAsync(server.Admin, campaign);

        await server.Admin.PutAsync($"campaigns/{campaign}/ideas/{ids[0]}/status", $$"""{"status":"{{status}}","answer":"Sorry"}""").Expect(200);
        for (var refund = 0; refund < 2; refund++)
        {
            var events = await feed.UntilAsync(line => line.Name == "investment_changed" && line.At("cause") is not null);
            events[^1].At("new")!.GetValue<int>().ShouldBe(0);
        }

        (await anna.GetAsync($"campaigns/{campaign}/ballot").Expect(200)).At("left.credits").ShouldBeJson("100");
        (await server.TallyAsync(campaign, ids[0])).ShouldBeJson("""{"approvals":0,"ratings":0,"rating":null,"invested":0,"investors":0}""");
        (await InvestAsync(anna, 1, 100).Expect(200)).At("ballot.creditsLeft").ShouldBeJson("0");
        (await InvestAsync(berta, 1, 100).Expect(200)).Number("tally.invested").ShouldBe(200);

        Task<Answer> InvestAsync(Api voter, int idea, int credits) =>
            voter.PutAsync($"campaigns/{campaign}/ideas/{ids[idea]}/investment", $$"""{"credits":{{credits}}}""");
    }

    [Fact]
    public async Task A_thousand_investors_get_theirs_back_while_they_go_on_voting()
    {
        const int Voters = 1_000;
        var campaign = await server.CampaignAsync();
        var ids = await server.IdeasAsync(campaign, "lost", "other");
        await server.CastAsync(campaign, Enumerable.Range(0, Voters).Select(i => $$$"""{"voter":"{{{i}}}","invest":{"ref:lost":60,"ref:other":40}}"""));
        await using var feed = await FeedReader.OpenAsync(server.Admin, campaign);

        var declining = server.Admin.PutAsync($"campaigns/{campaign}/ideas/{ids[0]}/status", """{"status":"declined"}""").Expect(200);
        // At the same time half of them take it back themselves.
        var trusted = await server.AsAsync("vote:any");
        await trusted.LinesAsync("POST", $"campaigns/{campaign}/ballots", Enumerable.Range(0, Voters / 2).Select(i => $$$"""{"voter":"{{{i}}}","invest":{"ref:other":40}}""")).Expect(200);
        await declining;

        var gone = 0;
        await feed.UntilAsync(line => line.Name == "investment_changed" && line.At("idea")!.GetValue<string>() == ids[0]
            && line.At("new")!.GetValue<int>() == 0 && ++gone == Voters);
        (await server.TallyAsync(campaign, ids[0]))["invested"]!.GetValue<int>().ShouldBe(0);
        (await server.TallyAsync(campaign, ids[1]))["invested"]!.GetValue<int>().ShouldBe(40 * Voters);
        (await trusted.For("999").GetAsync($"campaigns/{campaign}/ballot").Expect(200)).Number("left.credits").ShouldBe(60);
    }

    [Fact]
    public async Task What_was_owed_when_the_server_stopped_is_paid_when_it_starts_again()
    {
        await using var own = await TestServer.StartAsync();
        var campaign = await own.CampaignAsync();
        var idea = await own.IdeaAsync(campaign, "lost");
        await own.CastAsync(campaign, Enumerable.Range(0, 200).Select(i => $$$"""{"voter":"{{{i}}}","invest":{"ref:lost":60}}"""));

        await own.Admin.PutAsync($"campaigns/{campaign}/ideas/{idea}/status", """{"status":"withdrawn"}""").Expect(200);
        await own.RestartAsync();

        await using var feed = await FeedReader.OpenAsync(own.Admin, campaign);
        var refunds = 0;
        await feed.UntilAsync(line => line.Name == "investment_changed" && line.At("cause") is not null && ++refunds == 200);
        (await own.FeedAsync(campaign)).ShouldBeChained();
        (await own.Admin.For("7").GetAsync($"campaigns/{campaign}/ballot").Expect(200)).Number("left.credits").ShouldBe(100);
    }
}
