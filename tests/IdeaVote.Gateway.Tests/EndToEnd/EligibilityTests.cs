using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Who may vote, and which segment their votes count for.</summary>
public sealed class EligibilityTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Anyone_with_a_token_may_vote_where_anyone_may()
    {
        var (_, approval) = await OpenAsync("""{"who":"anyone"}""");

        await (await server.VoterAsync("anna")).PutAsync(approval).Expect(200);
    }

    [Fact]
    public async Task A_confirmed_address_may_have_to_be_of_certain_domains()
    {
        var (campaign, approval) = await OpenAsync("""{"who":"confirmed","domains":["Example.com","example.org"]}""");
        var trusted = await server.AsAsync("vote:any");

        await (await server.VoterAsync("no-address")).PutAsync(approval).Refused(403, "not_eligible");
        await (await server.VoterAsync("inside", "inside@EXAMPLE.com")).PutAsync(approval).Expect(200);
        await (await server.VoterAsync("outside", "outside@example.net")).PutAsync(approval).Refused(403, "not_eligible");
        await (await server.VoterAsync("below", "below@sub.example.com")).PutAsync(approval).Refused(403, "not_eligible");
        await trusted.For("guest").PutAsync(approval).Refused(403, "not_eligible");
        await trusted.For("guest").With("IdeaVote-Voter-Address", "guest@example.net").PutAsync(approval).Refused(403, "not_eligible");
        await trusted.For("guest").With("IdeaVote-Voter-Address", "guest@example.org").PutAsync(approval).Expect(200);
        await trusted.For("guest").PutAsync($"campaigns/{campaign}/ballot", "{}").Refused(403, "not_eligible");
    }

    [Fact]
    public async Task Any_confirmed_address_will_do_where_no_domain_is_named()
    {
        var (_, approval) = await OpenAsync("""{"who":"confirmed"}""");

        await (await server.VoterAsync("no-address")).PutAsync(approval).Refused(403, "not_eligible");
        await (await server.VoterAsync("anna", "anna@anywhere.example")).PutAsync(approval).Expect(200);
    }

    [Fact]
    public async Task A_roll_says_who_may_vote_and_for_which_segment()
    {
        var (campaign, approval) = await OpenAsync("""{"who":"roll"}""");
        var (anna, berta) = (await server.VoterAsync("anna"), await server.VoterAsync("berta"));
        await anna.PutAsync(approval).Refused(403, "not_eligible");

        (await server.Admin.PutAsync($"campaigns/{campaign}/roll", """{"entries":[{"voter":"anna","segment":"north"},{"voter":"carla"}]}""").Expect(200)).Number("entries").ShouldBe(2);
        await anna.PutAsync(approval).Expect(200);
        await berta.PutAsync(approval).Refused(403, "not_eligible");
        (await server.Admin.LinesAsync("PUT", $"campaigns/{campaign}/roll", """{"voter":"berta","segment":"south"}""", "", """{"voter":"dora","segment":null}""").Expect(200)).Number("entries").ShouldBe(2);
        await berta.PutAsync(approval).Expect(200);

        // Who stands on the roll of one campaign does not of another.
        var (_, elsewhere) = await OpenAsync("""{"who":"roll"}""");
        await anna.PutAsync(elsewhere).Refused(403, "not_eligible");
        var votes = (await server.FeedAsync(campaign)).Where(line => line.Name == "approval_changed").Select(line => line.At("segment")!.GetValue<string>()).ToList();
        votes.Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"entries":[{"voter":""}]}""", "invalid_voter", "entries[0].voter")]
    [InlineData("""{"entries":[{"voter":"a"},{"voter":"b\u0000"}]}""", "invalid_voter", "entries[1].voter")]
    [InlineData("""{"entries":[{"voter":"a","segment":""}]}""", "missing_field", "entries[0].segment")]
    [InlineData("""{"entries":[{"segment":"x"}]}""", "missing_field", "entries[0].voter")]
    [InlineData("""{"entries":[null]}""", "invalid_field", "entries[0]")]
    [InlineData("""{"voters":[]}""", "unknown_field", "voters")]
    public async Task A_roll_is_taken_whole_or_not_at_all(string body, string code, string field)
    {
        var (campaign, approval) = await OpenAsync("""{"who":"roll"}""");

        await server.Admin.PutAsync($"campaigns/{campaign}/roll", body).Refused(400, code, field);

        await (await server.VoterAsync("a")).PutAsync(approval).Refused(403, "not_eligible");
    }

    [Fact]
    public async Task A_roll_of_lines_names_the_line_that_is_wrong()
    {
        var (campaign, approval) = await OpenAsync("""{"who":"roll"}""");

        var answer = await server.Admin.LinesAsync("PUT", $"campaigns/{campaign}/roll", """{"voter":"a"}""", """{"vote":"b"}""").Refused(400, "unknown_field", "vote");

        answer.Text("detail").ShouldStartWith("Line 2:");
        await (await server.VoterAsync("a")).PutAsync(approval).Refused(403, "not_eligible");
    }

    [Fact]
    public async Task What_is_known_of_a_voter_moves_their_votes_to_their_segment()
    {
        var campaign = await server.CampaignAsync();
        var (path, idea) = ($"campaigns/{campaign}/voters/anna", await server.IdeaAsync(campaign, "Idea"));
        await (await server.VoterAsync("anna")).PutAsync($"campaigns/{campaign}/ideas/{idea}/approval").Expect(200);
        var trusted = await server.AsAsync("vote:any");

        var described = await trusted.PutAsync(path, """{"segment":"north","attributes":{"age":"30-39","city":"Zürich"}}""").Expect(200);
        described.Text("voter").ShouldBe("anna");
        described.At("attributes").ShouldBeJson("""{"age":"30-39","city":"Zürich"}""");
        (await trusted.PutAsync(path, "{}").Expect(200)).At("attributes").ShouldBeJson("""{"age":"30-39","city":"Zürich"}""");
        (await server.Admin.PutAsync(path, """{"attributes":null,"segment":null}""").Expect(200)).At("attributes").ShouldBeNull();

        (await server.FeedAsync(campaign)).Select(line => line.Name).ShouldBe([
            "campaign_created", "idea_submitted", "approval_changed",
            "segment_changed", "approval_changed", "approval_changed", "attributes_changed",
            "segment_changed", "approval_changed", "approval_changed", "attributes_changed"]);
        (await server.TallyAsync(campaign, idea))["approvals"]!.GetValue<int>().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"segment":""}""", "missing_field", "segment")]
    [InlineData("""{"segment":5}""", "invalid_field", "segment")]
    [InlineData("""{"attributes":{"a":null}}""", "invalid_field", "attributes.a")]
    [InlineData("""{"attributes":{"a":1}}""", "invalid_field", "attributes.a")]
    [InlineData("""{"attributes":{"a\u0000":"x"}}""", "invalid_text", "attributes")]
    [InlineData("""{"name":"Anna"}""", "unknown_field", "name")]
    public async Task What_makes_no_sense_of_a_voter_is_refused(string body, string code, string field)
    {
        var campaign = await server.CampaignAsync();

        await server.Admin.PutAsync($"campaigns/{campaign}/voters/anna", body).Refused(400, code, field);
        await server.Admin.PutAsync($"campaigns/{campaign}/voters/{new string('x', 201)}", "{}").Refused(400, "invalid_voter");
        var many = string.Join(',', Enumerable.Range(0, 51).Select(i => $"\"{i}\":\"\""));
        await server.Admin.PutAsync($"campaigns/{campaign}/voters/anna", $$$"""{"attributes":{{{{many}}}}}""").Refused(400, "too_many", "attributes");
    }

    private async Task<(string Campaign, string Approval)> OpenAsync(string voters)
    {
        var campaign = await server.FullCampaignAsync($""" "voters":{voters} """);
        return (campaign, $"campaigns/{campaign}/ideas/{await server.IdeaAsync(campaign, "Idea")}/approval");
    }
}
