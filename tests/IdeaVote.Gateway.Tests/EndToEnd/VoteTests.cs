using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Single votes: what they answer, and why they are refused.</summary>
public sealed class VoteTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_vote_answers_the_new_tally_and_what_the_ballot_has_left()
    {
        var campaign = await server.CampaignAsync(""" "approve":{"max":2},"rate":{"criteria":[{"key":"use","weight":3},{"key":"costs","weight":1}]},"invest":{"budgetCredits":100} """);
        var idea = await server.IdeaAsync(campaign, "Idea");
        var (path, anna) = ($"campaigns/{campaign}/ideas/{idea}", await server.VoterAsync("anna"));
        await server.CastAsync(campaign, $$$"""{"voter":"berta","approve":["{{{idea}}}"],"rate":{"{{{idea}}}":{"use":1,"costs":5}},"invest":{"{{{idea}}}":7}}""");

        var approved = await anna.PutAsync($"{path}/approval").Expect(200);
        var rated = await anna.PutAsync($"{path}/rating", """{"scores":{"use":4}}""").Expect(200);
        var invested = await anna.PutAsync($"{path}/investment", """{"credits":30}""").Expect(200);

        approved.At("").ShouldBeJson($$$"""
            {"idea":"{{{idea}}}","tally":{"approvals":2,"ratings":1,"rating":2,"invested":7,"investors":1},"ballot":{"version":1,"approvalsLeft":1,"creditsLeft":100}}
            """);
        rated.At("").ShouldBeJson($$$"""
            {"idea":"{{{idea}}}","tally":{"approvals":2,"ratings":2,"rating":3.125,"invested":7,"investors":1},"ballot":{"version":2,"approvalsLeft":1,"creditsLeft":100}}
            """);
        invested.At("").ShouldBeJson($$$"""
            {"idea":"{{{idea}}}","tally":{"approvals":2,"ratings":2,"rating":3.125,"invested":37,"investors":2},"ballot":{"version":3,"approvalsLeft":1,"creditsLeft":70}}
            """);
        invested.Headers["ETag"].ShouldBe("\"3\"");
        invested.Position.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("approval", "{}", "approvals")]
    [InlineData("rating", """{"scores":{"overall":5}}""", "ratings")]
    [InlineData("investment", """{"credits":100}""", "investors")]
    public async Task A_vote_is_a_state_that_can_be_set_again_and_taken_back(string method, string body, string count)
    {
        var campaign = await server.CampaignAsync();
        var (path, anna) = ($"campaigns/{campaign}/ideas/{await server.IdeaAsync(campaign, "Idea")}/{method}", await server.VoterAsync("anna"));

        foreach (var (verb, expected, version) in new[] { ("DELETE", 0, 0), ("PUT", 1, 1), ("PUT", 1, 1), ("DELETE", 0, 2), ("DELETE", 0, 2), ("PUT", 1, 3) })
        {
            var answer = verb == "PUT" ? await anna.PutAsync(path, body) : await anna.DeleteAsync(path);
            answer.Status.ShouldBe(200, answer.Body);
            (answer.Number("tally." + count), answer.Number("ballot.version")).ShouldBe((expected, version));
            answer.Headers["ETag"].ShouldBe($"\"{version}\"");
        }
    }

    [Fact]
    public async Task An_idea_can_be_named_by_its_reference()
    {
        var campaign = await server.CampaignAsync();
        var (id, anna) = (await server.IdeaAsync(campaign, "ü/ä"), await server.VoterAsync("anna"));

        (await anna.PutAsync($"campaigns/{campaign}/ideas/ref:%C3%BC%2F%C3%A4/approval").Expect(200)).Text("idea").ShouldBe(id);
        (await anna.PutAsync($"campaigns/{campaign}/ideas/ref:u%CC%88%2F%C3%A4/approval").Expect(200)).Text("idea").ShouldBe(id);
        await anna.PutAsync($"campaigns/{campaign}/ideas/ref:none/approval").Refused(404, "idea_not_found");
        await anna.PutAsync($"campaigns/{campaign}/ideas/none/approval").Refused(404, "idea_not_found");
        await anna.DeleteAsync($"campaigns/{campaign}/ideas/00000000000000000000/approval").Refused(404, "idea_not_found");
    }

    [Theory]
    [InlineData("rating", "{}", "invalid_scores", "scores")]
    [InlineData("rating", """{"scores":{}}""", "invalid_scores", "scores")]
    [InlineData("rating", """{"scores":5}""", "invalid_scores", "scores")]
    [InlineData("rating", """{"scores":{"overall":0}}""", "invalid_scores", "scores")]
    [InlineData("rating", """{"scores":{"overall":6}}""", "invalid_scores", "scores")]
    [InlineData("rating", """{"scores":{"overall":4.5}}""", "invalid_scores", "scores")]
    [InlineData("rating", """{"scores":{"overall":"4"}}""", "invalid_scores", "scores")]
    [InlineData("rating", """{"scores":{"overall":1e999}}""", "invalid_scores", "scores")]
    [InlineData("rating", """{"scores":{"joy":4}}""", "unknown_criterion", "scores.joy")]
    [InlineData("rating", """{"scores":{"overall":4,"overall":5}}""", "duplicate_field", "scores.overall")]
    [InlineData("rating", """{"stars":4}""", "unknown_field", "stars")]
    [InlineData("investment", "{}", "invalid_credits", "credits")]
    [InlineData("investment", """{"credits":-1}""", "invalid_credits", "credits")]
    [InlineData("investment", """{"credits":1.5}""", "invalid_credits", "credits")]
    [InlineData("investment", """{"credits":"1"}""", "invalid_credits", "credits")]
    [InlineData("investment", """{"credits":99999999999}""", "invalid_credits", "credits")]
    [InlineData("investment", """{"credits":1,"idea":"x"}""", "unknown_field", "idea")]
    [InlineData("approval", """{"approve":true}""", "unknown_field", "approve")]
    public async Task A_vote_that_makes_no_sense_is_refused_with_the_field_to_blame(string method, string body, string code, string field)
    {
        var campaign = await server.CampaignAsync();
        var path = $"campaigns/{campaign}/ideas/{await server.IdeaAsync(campaign, "Idea")}/{method}";

        await (await server.VoterAsync("anna")).PutAsync(path, body).Refused(400, code, field);
    }

    [Theory]
    [InlineData("\"approve\":{}", "rating", """{"scores":{"overall":4}}""", 400, "unknown_criterion")]
    [InlineData("\"approve\":{}", "investment", """{"credits":1}""", 409, "method_off")]
    [InlineData("\"rate\":{}", "approval", "{}", 409, "method_off")]
    [InlineData("\"voters\":{\"who\":\"roll\"},\"approve\":{}", "approval", "{}", 403, "not_eligible")]
    [InlineData("\"invest\":{\"budgetCredits\":10}", "investment", """{"credits":11}""", 409, "budget_exceeded")]
    [InlineData("\"invest\":{\"budgetCredits\":10,\"minCredits\":3}", "investment", """{"credits":2}""", 409, "investment_too_small")]
    [InlineData("\"invest\":{\"budgetCredits\":10,\"maxCredits\":3}", "investment", """{"credits":4}""", 409, "investment_too_large")]
    [InlineData("\"stages\":[{\"name\":\"a\",\"allows\":[\"submit\"]}],\"approve\":{}", "approval", "{}", 409, "stage_closed")]
    public async Task A_vote_against_the_rules_is_refused(string rules, string method, string body, int status, string code)
    {
        var campaign = await server.CampaignAsync(rules);
        var (idea, anna) = (await server.IdeaAsync(campaign, "Idea"), await server.VoterAsync("anna"));

        await anna.PutAsync($"campaigns/{campaign}/ideas/{idea}/{method}", body).Refused(status, code);

        (await anna.GetAsync($"campaigns/{campaign}/ballot").Expect(200)).Number("version").ShouldBe(0);
        (await server.TallyAsync(campaign, idea)).ShouldBeJson("""{"approvals":0,"ratings":0,"rating":null,"invested":0,"investors":0}""");
    }

    [Fact]
    public async Task A_maximum_of_approvals_holds_until_one_is_taken_back()
    {
        var campaign = await server.CampaignAsync(""" "approve":{"max":2} """);
        var ids = await server.IdeasAsync(campaign, "1", "2", "3");
        var anna = await server.VoterAsync("anna");
        string Path(int i) => $"campaigns/{campaign}/ideas/{ids[i]}/approval";

        await anna.PutAsync(Path(0)).Expect(200);
        (await anna.PutAsync(Path(1)).Expect(200)).Number("ballot.approvalsLeft").ShouldBe(0);
        await anna.PutAsync(Path(2)).Refused(409, "approvals_exceeded");
        await anna.DeleteAsync(Path(0)).Expect(200);
        await anna.PutAsync(Path(2)).Expect(200);
    }

    [Theory]
    [InlineData("shipped")]
    [InlineData("declined")]
    [InlineData("withdrawn")]
    public async Task An_idea_that_is_over_takes_no_votes_but_lets_them_go(string status)
    {
        var campaign = await server.CampaignAsync();
        var (path, anna) = ($"campaigns/{campaign}/ideas/{await server.IdeaAsync(campaign, "Idea")}", await server.VoterAsync("anna"));
        await anna.PutAsync($"{path}/approval").Expect(200);

        await server.Admin.PutAsync($"{path}/status", $$"""{"status":"{{status}}"}""").Expect(200);

        await anna.PutAsync($"{path}/rating", """{"scores":{"overall":4}}""").Refused(409, "idea_not_votable", "idea");
        (await anna.DeleteAsync($"{path}/approval").Expect(200)).Number("tally.approvals").ShouldBe(0);
    }

    [Fact]
    public async Task Where_votes_are_final_they_can_be_repeated_and_not_changed()
    {
        var campaign = await server.FullCampaignAsync(""" "canChangeVotes":false """);
        var (path, anna) = ($"campaigns/{campaign}/ideas/{await server.IdeaAsync(campaign, "Idea")}", await server.VoterAsync("anna"));

        await anna.PutAsync($"{path}/approval").Expect(200);
        await anna.PutAsync($"{path}/rating", """{"scores":{"overall":4}}""").Expect(200);
        await anna.PutAsync($"{path}/investment", """{"credits":10}""").Expect(200);

        await anna.PutAsync($"{path}/approval").Expect(200);
        await anna.PutAsync($"{path}/rating", """{"scores":{"overall":4}}""").Expect(200);
        await anna.DeleteAsync($"{path}/approval").Refused(409, "votes_final");
        await anna.PutAsync($"{path}/rating", """{"scores":{"overall":5}}""").Refused(409, "votes_final");
        await anna.PutAsync($"{path}/investment", """{"credits":0}""").Refused(409, "votes_final");
        await anna.PutAsync($"campaigns/{campaign}/ballot", "{}").Refused(409, "votes_final");
    }
}
