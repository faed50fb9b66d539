using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Orders and duels over HTTP.</summary>
public sealed class DuelTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Methods = """ "rank":{"maxLength":2},"duel":{} """;

    [Fact]
    public async Task A_voter_is_asked_about_every_pair_once()
    {
        var (campaign, voter) = (await server.CampaignAsync(Methods), await server.VoterAsync("dora"));
        await server.IdeasAsync(campaign, "a", "b", "c");
        var asked = new HashSet<string>(StringComparer.Ordinal);

        for (var i = 0; i < 3; i++)
        {
            var next = await voter.GetAsync($"campaigns/{campaign}/duels/next").Expect(200);
            next.At("duels")!.GetValue<int>().ShouldBe(i);
            var pair = next.Items("pair").Select(idea => idea["title"]!.GetValue<string>()).Order(StringComparer.Ordinal).ToArray();
            asked.Add(string.Join(' ', pair)).ShouldBeTrue();
            var decided = await voter.PutAsync($"campaigns/{campaign}/duels", $$"""{"better":"ref:{{pair[0]}}","worse":"ref:{{pair[1]}}"}""").Expect(200);
            decided.At("duels")!.GetValue<int>().ShouldBe(i + 1);
        }

        asked.Order(StringComparer.Ordinal).ShouldBe(["a b", "a c", "b c"]);
        (await voter.GetAsync($"campaigns/{campaign}/duels/next").Expect(200)).At("duels")!.GetValue<int>().ShouldBe(3);
        var ballot = await voter.GetAsync($"campaigns/{campaign}/ballot").Expect(200);
        ballot.Items("duel").Count.ShouldBe(3);
        var rows = (await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard?by=duels").Expect(200)).Items("rows");
        rows.Select(row => row["title"]!.GetValue<string>()).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task A_decision_can_be_changed_and_taken_back()
    {
        var (campaign, voter) = (await server.CampaignAsync(Methods), await server.VoterAsync("emil"));
        await server.IdeasAsync(campaign, "a", "b");
        await voter.PutAsync($"campaigns/{campaign}/duels", """{"better":"ref:a","worse":"ref:b"}""").Expect(200);
        await voter.PutAsync($"campaigns/{campaign}/duels", """{"better":"ref:b","worse":"ref:a"}""").Expect(200);

        (await voter.GetAsync($"campaigns/{campaign}/ballot").Expect(200)).Items("duel").Count.ShouldBe(1);
        (await voter.DeleteAsync($"campaigns/{campaign}/duels/ref:a/ref:b").Expect(200)).At("duels")!.GetValue<int>().ShouldBe(0);
        await voter.DeleteAsync($"campaigns/{campaign}/duels/ref:a/nothing").Refused(404, "idea_not_found", "j");
    }

    [Fact]
    public async Task An_order_is_set_replaced_and_taken_back()
    {
        var (campaign, voter) = (await server.CampaignAsync(Methods), await server.VoterAsync("fay"));
        var ids = await server.IdeasAsync(campaign, "a", "b", "c");

        var set = await voter.PutAsync($"campaigns/{campaign}/ranking", """{"ideas":["ref:b","ref:a"]}""").Expect(200);
        set.Items("rank").Select(idea => idea.GetValue<string>()).ShouldBe([ids[1], ids[0]]);
        await voter.PutAsync($"campaigns/{campaign}/ranking", """{"ideas":["ref:c"]}""").Expect(200);
        (await voter.DeleteAsync($"campaigns/{campaign}/ranking").Expect(200)).Items("rank").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"ideas":["ref:a","ref:a"]}""", 400, "invalid_order", "order")]
    [InlineData("""{"ideas":["ref:a","ref:b","ref:c"]}""", 409, "order_too_long", "order")]
    [InlineData("""{"ideas":["ref:nothing"]}""", 404, "idea_not_found", "ideas[0]")]
    [InlineData("""{"ideas":["nothing"]}""", 404, "idea_not_found", "ideas[0]")]
    [InlineData("""{"ideas":[null]}""", 400, "invalid_field", "ideas[0]")]
    [InlineData("{}", 400, "missing_field", "ideas")]
    [InlineData("""{"rank":[]}""", 400, "unknown_field", "rank")]
    public async Task An_order_that_makes_no_sense_is_refused(string body, int status, string code, string field)
    {
        var (campaign, voter) = (await server.CampaignAsync(Methods), await server.VoterAsync("gil"));
        await server.IdeasAsync(campaign, "a", "b", "c");

        await voter.PutAsync($"campaigns/{campaign}/ranking", body).Refused(status, code, field);
    }

    [Theory]
    [InlineData("""{"better":"ref:a","worse":"ref:a"}""", 400, "invalid_order", "winner")]
    [InlineData("""{"better":"ref:nothing","worse":"ref:a"}""", 404, "idea_not_found", "better")]
    [InlineData("""{"better":"ref:a"}""", 400, "missing_field", "worse")]
    public async Task A_duel_that_makes_no_sense_is_refused(string body, int status, string code, string field)
    {
        var (campaign, voter) = (await server.CampaignAsync(Methods), await server.VoterAsync("hal"));
        await server.IdeasAsync(campaign, "a", "b");

        await voter.PutAsync($"campaigns/{campaign}/duels", body).Refused(status, code, field);
    }

    [Fact]
    public async Task Methods_that_are_off_take_no_votes()
    {
        var (campaign, voter) = (await server.CampaignAsync(""" "approve":{} """), await server.VoterAsync("ida"));
        await server.IdeasAsync(campaign, "a", "b");

        await voter.PutAsync($"campaigns/{campaign}/ranking", """{"ideas":["ref:a"]}""").Refused(409, "method_off");
        await voter.PutAsync($"campaigns/{campaign}/duels", """{"better":"ref:a","worse":"ref:b"}""").Refused(409, "method_off");
        await voter.GetAsync($"campaigns/{campaign}/duels/next").Refused(409, "method_off");
    }

    [Fact]
    public async Task Votes_that_cost_their_square_can_be_said_in_votes()
    {
        var (campaign, voter) = (await server.CampaignAsync(""" "invest":{"budgetCredits":25,"cost":"quadratic"} """), await server.VoterAsync("jan"));
        await server.IdeasAsync(campaign, "a", "b");

        (await server.Anyone.GetAsync($"campaigns/{campaign}").Expect(200)).Text("invest.cost").ShouldBe("quadratic");
        (await voter.PutAsync($"campaigns/{campaign}/ideas/ref:a/investment", """{"votes":4}""").Expect(200)).At("tally.invested")!.GetValue<int>().ShouldBe(16);
        await voter.PutAsync($"campaigns/{campaign}/ideas/ref:b/investment", """{"credits":8}""").Refused(400, "invalid_credits", "credits");
        await voter.PutAsync($"campaigns/{campaign}/ideas/ref:b/investment", """{"votes":4}""").Refused(409, "budget_exceeded", "credits");
        await voter.PutAsync($"campaigns/{campaign}/ideas/ref:b/investment", """{"votes":3}""").Expect(200);
    }
}
