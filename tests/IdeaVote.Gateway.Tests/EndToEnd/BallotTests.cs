using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>One's own ballot, whole.</summary>
public sealed class BallotTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_ballot_is_read_as_it_was_cast_and_replaces_the_one_before()
    {
        var campaign = await server.CampaignAsync(""" "approve":{"max":3},"rate":{},"invest":{"budgetCredits":100} """);
        var ids = await server.IdeasAsync(campaign, "1", "2", "3");
        var (ballot, anna) = ($"campaigns/{campaign}/ballot", await server.VoterAsync("anna"));
        (await anna.GetAsync(ballot).Expect(200)).At("").ShouldBeJson(
            $$$"""{"campaign":"{{{campaign}}}","version":0,"approve":[],"rate":{},"invest":{},"rank":[],"duel":[],"left":{"approvals":3,"credits":100}}""");

        var cast = await anna.PutAsync(ballot, $$$"""{"approve":["ref:1"],"rate":{"{{{ids[1]}}}":{"overall":4}},"invest":{"ref:3":30,"ref:2":20}}""").Expect(200);

        cast.At("approve").ShouldBeJson($"""["{ids[0]}"]""");
        cast.At("rate").ShouldBeJson($$$"""{"{{{ids[1]}}}":{"overall":4}}""");
        cast.At("invest").ShouldBeJson($$"""{"{{ids[2]}}":30,"{{ids[1]}}":20}""");
        cast.At("left").ShouldBeJson("""{"approvals":2,"credits":50}""");
        (await anna.GetAsync(ballot).Expect(200)).Body.ShouldBe(cast.Body);

        (await anna.PutAsync(ballot, """{"approve":["ref:2","ref:2"]}""").Expect(200)).At("approve").ShouldBeJson($"""["{ids[1]}"]""");
        (await server.TallyAsync(campaign, ids[2])).ShouldBeJson("""{"approvals":0,"ratings":0,"rating":null,"invested":0,"investors":0}""");
        (await anna.PutAsync(ballot, "{}").Expect(200)).At("left").ShouldBeJson("""{"approvals":3,"credits":100}""");
        (await server.FeedAsync(campaign)).Recount().Voters.ShouldBe(0);
    }

    [Fact]
    public async Task A_ballot_may_spend_anew_what_it_takes_back()
    {
        var campaign = await server.CampaignAsync(""" "approve":{"max":1},"invest":{"budgetCredits":100} """);
        await server.IdeasAsync(campaign, "1", "2");
        var (ballot, anna) = ($"campaigns/{campaign}/ballot", await server.VoterAsync("anna"));

        await anna.PutAsync(ballot, """{"approve":["ref:1"],"invest":{"ref:1":100}}""").Expect(200);
        var swapped = await anna.PutAsync(ballot, """{"approve":["ref:2"],"invest":{"ref:2":100}}""").Expect(200);

        swapped.At("left").ShouldBeJson("""{"approvals":0,"credits":0}""");
    }

    [Theory]
    [InlineData("""{"approve":["ref:1","ref:none"]}""", 404, "idea_not_found", "approve[1]")]
    [InlineData("""{"approve":["ref:1"],"rate":{"ref:1":{"overall":3},"ref:none":{"overall":3}}}""", 404, "idea_not_found", "rate[1]")]
    [InlineData("""{"invest":{"ref:1":10,"ref:over":10}}""", 409, "idea_not_votable", "invest[1]")]
    [InlineData("""{"approve":["something"]}""", 404, "idea_not_found", "approve")]
    [InlineData("""{"approve":["ref:1","ref:2","ref:3"]}""", 409, "approvals_exceeded", null)]
    [InlineData("""{"approve":["ref:1"],"invest":{"ref:1":50,"ref:2":50,"ref:3":5}}""", 409, "budget_exceeded", "credits")]
    [InlineData("""{"approve":["ref:1"],"invest":{"ref:1":51}}""", 409, "investment_too_large", "credits")]
    [InlineData("""{"approve":["ref:1"],"invest":{"ref:1":4}}""", 409, "investment_too_small", "credits")]
    [InlineData("""{"approve":["ref:1"],"invest":{"ref:1":-1}}""", 400, "invalid_credits", "credits")]
    [InlineData("""{"rate":{"ref:1":{"overall":9}}}""", 400, "invalid_scores", "scores")]
    [InlineData("""{"rate":{"ref:1":{}}}""", 400, "invalid_scores", "scores")]
    [InlineData("""{"rate":{"ref:1":{"joy":3}}}""", 400, "unknown_criterion", "scores.joy")]
    [InlineData("""{"rate":{"ref:1":{"overall":3},"ref:1":{"overall":4}}}""", 400, "duplicate_field", "rate.ref:1")]
    [InlineData("""{"approve":"ref:1"}""", 400, "invalid_field", "approve")]
    [InlineData("""{"approve":[1]}""", 400, "invalid_field", "approve")]
    [InlineData("""{"voter":"berta"}""", 400, "unknown_field", "voter")]
    public async Task A_ballot_is_counted_whole_or_not_at_all(string body, int status, string code, string? field)
    {
        var campaign = await server.CampaignAsync(""" "approve":{"max":2},"rate":{},"invest":{"budgetCredits":100,"minCredits":5,"maxCredits":50} """);
        await server.IdeasAsync(campaign, "1", "2", "3", "over");
        await server.Admin.PutAsync($"campaigns/{campaign}/ideas/ref:over/status", """{"status":"declined"}""").Expect(200);
        var (ballot, anna) = ($"campaigns/{campaign}/ballot", await server.VoterAsync("anna"));
        var before = await anna.PutAsync(ballot, """{"approve":["ref:3"],"invest":{"ref:3":10}}""").Expect(200);

        await anna.PutAsync(ballot, body).Refused(status, code, field);

        (await anna.GetAsync(ballot).Expect(200)).Body.ShouldBe(before.Body);
    }

    [Fact]
    public async Task A_ballot_holds_ten_thousand_votes()
    {
        var campaign = await server.CampaignAsync();
        await server.IdeaAsync(campaign, "1");
        var anna = await server.VoterAsync("anna");
        static string Ballot(int votes) => $$"""{"approve":[{{string.Join(',', Enumerable.Repeat("\"ref:1\"", votes))}}]}""";

        await anna.PutAsync($"campaigns/{campaign}/ballot", Ballot(10_000)).Expect(200);
        await anna.PutAsync($"campaigns/{campaign}/ballot", Ballot(10_001)).Refused(409, "ballot_full", "approve");
    }

    [Fact]
    public async Task A_back_end_reads_and_casts_the_ballot_of_the_voter_it_names()
    {
        var campaign = await server.CampaignAsync();
        var (idea, trusted) = (await server.IdeaAsync(campaign, "1"), await server.AsAsync("vote:any"));
        var ballot = $"campaigns/{campaign}/ballot";

        await trusted.For("cafe\u0301").PutAsync(ballot, """{"approve":["ref:1"]}""").Expect(200);

        (await trusted.For("caf\u00e9").GetAsync(ballot).Expect(200)).At("approve").ShouldBeJson($"""["{idea}"]""");
        (await trusted.For("cafe").GetAsync(ballot).Expect(200)).At("approve").ShouldBeJson("[]");
        await trusted.PutAsync(ballot, "{}").Refused(400, "voter_required", "IdeaVote-Voter");
    }
}
