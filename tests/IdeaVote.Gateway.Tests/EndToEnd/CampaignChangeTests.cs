using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>What of a campaign can be changed, before and after voting opened.</summary>
public sealed class CampaignChangeTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Rules = """
        "preset":"challenge","approve":{"max":3},"rate":{"criteria":[{"key":"use","weight":2},{"key":"costs","weight":1}]},
        "invest":{"budgetCredits":100,"minCredits":5,"maxCredits":50},"fund":{"amount":1000,"unit":"EUR"},"voters":{"who":"confirmed","domains":["example.com"]}
        """;

    [Fact]
    public async Task Before_voting_opens_everything_can_change()
    {
        var campaign = await server.CampaignAsync(Rules);

        var changed = await server.Admin.PatchAsync($"campaigns/{campaign}", """
            {"title":"New","brief":"New","stages":[{"name":"one","allows":["submit"]},{"name":"two","allows":["vote"]}],"approve":{"max":1},
            "rate":{"criteria":[{"key":"costs","weight":5}]},"invest":{"budgetCredits":10},"canChangeVotes":false,"hideScores":true,
            "fund":{"amount":1,"unit":"CHF"},"voters":{"who":"roll"},"moderation":"before"}
            """).Expect(200);

        changed.At("stages.1.name").ShouldBeJson("\"two\"");
        changed.At("rate").ShouldBeJson("""{"criteria":[{"key":"costs","weight":5}]}""");
        changed.At("invest").ShouldBeJson("""{"budgetCredits":10,"minCredits":null,"maxCredits":null}""");
        changed.At("fund").ShouldBeJson("""{"amount":1,"unit":"CHF"}""");
        changed.At("voters").ShouldBeJson("""{"who":"roll","domains":[]}""");
        (await server.Anyone.GetAsync($"campaigns/{campaign}").Expect(200)).Body.ShouldBe(changed.Body);
    }

    [Fact]
    public async Task What_is_absent_stays_and_null_is_the_default()
    {
        var campaign = await server.CampaignAsync(Rules);
        var before = await server.Anyone.GetAsync($"campaigns/{campaign}").Expect(200);

        var same = await server.Admin.PatchAsync($"campaigns/{campaign}", "{}").Expect(200);
        var bare = await server.Admin.PatchAsync($"campaigns/{campaign}", """
            {"brief":null,"stages":null,"approve":null,"rate":null,"invest":null,"canChangeVotes":null,"hideScores":null,"fund":null,"voters":null,"moderation":null}
            """).Expect(200);

        same.Body.ShouldBe(before.Body);
        bare.At("approve").ShouldBeNull();
        bare.At("rate").ShouldBeNull();
        bare.At("invest").ShouldBeNull();
        bare.At("fund").ShouldBeNull();
        bare.At("voters").ShouldBeJson("""{"who":"anyone","domains":[]}""");
        bare.Text("title").ShouldBe($"Campaign {campaign}");
        await server.Admin.PatchAsync($"campaigns/{campaign}", """{"title":null}""").Refused(400, "missing_field", "title");
    }

    [Theory]
    [InlineData("""{"key":"other"}""", "key")]
    [InlineData("""{"preset":"budget"}""", "preset")]
    [InlineData("""{"id":"other"}""", "id")]
    public async Task Key_and_preset_never_change(string change, string field)
    {
        var campaign = await server.CampaignAsync(Rules);

        await server.Admin.PatchAsync($"campaigns/{campaign}", change).Refused(400, "unknown_field", field);
    }

    [Theory]
    [InlineData("""{"approve":null}""", "approve")]
    [InlineData("""{"approve":{"max":2}}""", "approve.max")]
    [InlineData("""{"rate":null}""", "rate.criteria")]
    [InlineData("""{"rate":{"criteria":[{"key":"use","weight":2}]}}""", "rate.criteria")]
    [InlineData("""{"rate":{"criteria":[{"key":"use","weight":2},{"key":"costs","weight":2}]}}""", "rate.criteria")]
    [InlineData("""{"rate":{"criteria":[{"key":"benefit","weight":2},{"key":"costs","weight":1}]}}""", "rate.criteria")]
    [InlineData("""{"invest":null}""", "invest")]
    [InlineData("""{"invest":{"budgetCredits":99,"minCredits":5,"maxCredits":50}}""", "invest.budgetCredits")]
    [InlineData("""{"invest":{"budgetCredits":100,"minCredits":6,"maxCredits":50}}""", "invest.minCredits")]
    [InlineData("""{"invest":{"budgetCredits":100,"minCredits":5,"maxCredits":49}}""", "invest.maxCredits")]
    [InlineData("""{"canChangeVotes":false}""", "canChangeVotes")]
    [InlineData("""{"hideScores":true}""", "hideScores")]
    [InlineData("""{"fund":{"amount":999,"unit":"EUR"}}""", "fund.amount")]
    [InlineData("""{"fund":{"amount":1000,"unit":"CHF"}}""", "fund.unit")]
    [InlineData("""{"voters":{"who":"anyone"}}""", "voters")]
    [InlineData("""{"voters":{"who":"confirmed","domains":["example.com","example.org"]}}""", "voters")]
    [InlineData("""{"stages":[{"name":"submit","allows":["submit","discuss"]},{"name":"vote","allows":["vote","discuss"]}]}""", "stages")]
    public async Task Once_voting_has_opened_no_ballot_can_be_made_invalid_or_worth_something_else(string change, string field)
    {
        var campaign = await OpenAsync();
        var before = await server.Anyone.GetAsync($"campaigns/{campaign}").Expect(200);

        await server.Admin.PatchAsync($"campaigns/{campaign}", change).Refused(409, "rule_frozen", field);

        (await server.Anyone.GetAsync($"campaigns/{campaign}").Expect(200)).Body.ShouldBe(before.Body);
    }

    [Theory]
    [InlineData("""{"title":"New","brief":"New"}""")]
    [InlineData("""{"approve":{"max":4}}""")]
    [InlineData("""{"approve":{"max":null}}""")]
    [InlineData("""{"rate":{"criteria":[{"key":"costs","weight":1},{"key":"use","weight":2},{"key":"joy","weight":3}]}}""")]
    [InlineData("""{"invest":{"budgetCredits":101,"minCredits":4,"maxCredits":51}}""")]
    [InlineData("""{"invest":{"budgetCredits":100,"minCredits":null,"maxCredits":null}}""")]
    [InlineData("""{"fund":{"amount":1000.5,"unit":"EUR"}}""")]
    [InlineData("""{"moderation":"before"}""")]
    public async Task Once_voting_has_opened_limits_may_still_widen(string change)
    {
        var campaign = await OpenAsync();

        await server.Admin.PatchAsync($"campaigns/{campaign}", change).Expect(200);
    }

    [Fact]
    public async Task A_campaign_that_was_open_stays_frozen_after_it_closed()
    {
        var campaign = await OpenAsync();
        await server.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"submit"}""").Expect(200);

        await server.Admin.PatchAsync($"campaigns/{campaign}", """{"approve":null}""").Refused(409, "rule_frozen");
    }

    [Fact]
    public async Task Many_changes_at_once_all_happen()
    {
        var campaign = await server.CampaignAsync(Rules);

        var answers = await Task.WhenAll(
            server.Admin.PatchAsync($"campaigns/{campaign}", """{"title":"New"}"""),
            server.Admin.PatchAsync($"campaigns/{campaign}", """{"brief":"New"}"""),
            server.Admin.PatchAsync($"campaigns/{campaign}", """{"approve":{"max":7}}"""));

        answers.ShouldAllBe(answer => answer.Status == 200);
        var read = await server.Anyone.GetAsync($"campaigns/{campaign}").Expect(200);
        (read.Text("title"), read.Text("brief"), read.Number("approve.max")).ShouldBe(("New", "New", 7));
    }

    private async Task<string> OpenAsync()
    {
        var campaign = await server.CampaignAsync(Rules);
        await server.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"vote"}""").Expect(200);
        return campaign;
    }
}
