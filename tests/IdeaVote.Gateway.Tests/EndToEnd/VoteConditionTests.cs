using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Votes that depend on what the voter saw, and votes that are sent twice.</summary>
public sealed class VoteConditionTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("approval", null)]
    [InlineData("rating", """{"scores":{"overall":4}}""")]
    [InlineData("investment", """{"credits":5}""")]
    public async Task A_vote_on_an_older_ballot_is_refused(string method, string? body)
    {
        var campaign = await server.CampaignAsync();
        var (path, anna) = ($"campaigns/{campaign}/ideas/{await server.IdeaAsync(campaign, "Idea")}/{method}", await server.VoterAsync("anna"));

        await anna.With("If-Match", "\"1\"").PutAsync(path, body).Refused(412, "ballot_changed");
        var first = await anna.With("If-Match", "\"0\"").PutAsync(path, body).Expect(200);
        await anna.With("If-Match", "\"0\"").DeleteAsync(path).Refused(412, "ballot_changed");
        var second = await anna.With("If-Match", first.Headers["ETag"]).DeleteAsync(path).Expect(200);
        second.Headers["ETag"].ShouldBe("\"2\"");
        await anna.With("If-Match", "*").PutAsync(path, body).Expect(200);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("W/\"1\"")]
    [InlineData("\"one\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"99999999999999999999\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"\"")]
    public async Task What_is_no_version_is_refused(string version)
    {
        var campaign = await server.CampaignAsync();
        var (path, anna) = ($"campaigns/{campaign}/ideas/{await server.IdeaAsync(campaign, "Idea")}/approval", await server.VoterAsync("anna"));

        await anna.With("If-Match", version).PutAsync(path).Refused(400, "invalid_if_match", "If-Match");
        await anna.With("If-Match", version).PutAsync($"campaigns/{campaign}/ballot", "{}").Refused(400, "invalid_if_match", "If-Match");
    }

    [Fact]
    public async Task A_whole_ballot_can_be_sent_on_condition_too()
    {
        var campaign = await server.CampaignAsync();
        var (idea, anna) = (await server.IdeaAsync(campaign, "Idea"), await server.VoterAsync("anna"));
        var ballot = $"campaigns/{campaign}/ballot";
        var read = await anna.GetAsync(ballot).Expect(200);

        var cast = await anna.With("If-Match", read.Headers["ETag"]).PutAsync(ballot, $$"""{"approve":["{{idea}}"]}""").Expect(200);
        await anna.With("If-Match", read.Headers["ETag"]).PutAsync(ballot, "{}").Refused(412, "ballot_changed");

        cast.Headers["ETag"].ShouldBe($"\"{cast.Number("version")}\"");
        (await anna.GetAsync(ballot).Expect(200)).Body.ShouldBe(cast.Body);
    }

    [Fact]
    public async Task A_late_repetition_under_the_same_key_does_not_undo_a_newer_vote()
    {
        var campaign = await server.CampaignAsync();
        var (path, anna) = ($"campaigns/{campaign}/ideas/{await server.IdeaAsync(campaign, "Idea")}/rating", await server.VoterAsync("anna"));
        var first = anna.With("Idempotency-Key", "first");

        await first.PutAsync(path, """{"scores":{"overall":1}}""").Expect(200);
        await anna.With("Idempotency-Key", "second").PutAsync(path, """{"scores":{"overall":5}}""").Expect(200);
        var late = await first.PutAsync(path, """{"scores":{"overall":1}}""").Expect(200);

        (late.Number("tally.rating"), late.Number("ballot.version")).ShouldBe((5, 2));
        // Without a key the same words are a new wish.
        (await anna.PutAsync(path, """{"scores":{"overall":1}}""").Expect(200)).Number("tally.rating").ShouldBe(1);
    }

    [Fact]
    public async Task A_repetition_under_the_same_key_holds_through_a_restart_and_any_condition()
    {
        await using var own = await TestServer.StartAsync();
        var campaign = await own.CampaignAsync();
        var path = $"campaigns/{campaign}/ideas/{await own.IdeaAsync(campaign, "Idea")}/approval";
        await Caller().With("If-Match", "\"0\"").PutAsync(path).Expect(200);

        await own.RestartAsync();

        (await Caller().With("If-Match", "\"0\"").PutAsync(path).Expect(200)).Number("ballot.version").ShouldBe(1);

        Api Caller() => own.Admin.For("anna").With("Idempotency-Key", "once");
    }
}
