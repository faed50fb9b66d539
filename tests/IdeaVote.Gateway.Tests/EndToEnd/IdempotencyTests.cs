using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>POSTs that are sent again under the same Idempotency-Key.</summary>
public sealed class IdempotencyTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_campaign_made_again_under_the_same_key_is_the_same_and_another_body_is_refused()
    {
        var (key, caller) = (Elections.NewKey(), server.Admin.With("Idempotency-Key", "campaign-1"));
        var body = $$"""{"key":"{{key}}","title":"T"}""";

        var first = await caller.PostAsync("campaigns", body).Expect(201);
        (await caller.PostAsync("campaigns", body).Expect(201)).Body.ShouldBe(first.Body);
        var other = $$"""{"key":"{{Elections.NewKey()}}","title":"T"}""";
        await caller.PostAsync("campaigns", other).Refused(422, "idempotency_key_reused", "Idempotency-Key");
        await caller.PostAsync("campaigns", body + " ").Refused(422, "idempotency_key_reused");

        server.Clock.Jump(TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(1));
        await caller.PostAsync("campaigns", other).Expect(201);
    }

    [Fact]
    public async Task An_idea_submitted_again_under_the_same_key_is_one_idea()
    {
        var campaign = await server.CampaignAsync();
        var (ideas, caller) = ($"campaigns/{campaign}/ideas", (await server.VoterAsync("anna")).With("Idempotency-Key", "idea-1"));
        const string Body = """{"title":"T","cost":5}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => caller.PostAsync(ideas, Body).Expect(201)));
        var id = answers[0].Text("id");
        answers.ShouldAllBe(answer => answer.Text("id") == id);
        await caller.PostAsync(ideas, """{"title":"Other","cost":5}""").Refused(422, "idempotency_key_reused", "Idempotency-Key");
        // The key is this caller's and this path's alone.
        (await server.Admin.With("Idempotency-Key", "idea-1").PostAsync(ideas, Body).Expect(201)).Text("id").ShouldNotBe(id);
        var elsewhere = $"campaigns/{await server.CampaignAsync()}/ideas";
        (await caller.PostAsync(elsewhere, """{"title":"Other"}""").Expect(201)).Text("id").ShouldNotBe(id);

        // The idea outlives the memory of its key: it is found again, and never replaced.
        server.Clock.Jump(TimeSpan.FromHours(25));
        (await caller.PostAsync(ideas, Body).Expect(201)).Text("id").ShouldBe(id);
        (await server.FeedAsync(campaign)).Count(line => line.Name == "idea_submitted").ShouldBe(2);
    }

    [Fact]
    public async Task A_token_is_issued_once_under_a_key_and_never_shown_again()
    {
        var (caller, body) = (server.Admin.With("Idempotency-Key", "token-1"), """{"name":"once","scopes":["manage"]}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => caller.PostAsync("tokens", body)));
        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409 && answer.Text("code") == "already_issued");
        await caller.PostAsync("tokens", """{"name":"twice","scopes":["manage"]}""").Refused(422, "idempotency_key_reused");
        (await CountAsync()).ShouldBe(1);

        server.Clock.Jump(TimeSpan.FromHours(23));
        await caller.PostAsync("tokens", body).Refused(409, "already_issued");
        server.Clock.Jump(TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(1));
        await caller.PostAsync("tokens", body).Expect(201);
        (await CountAsync()).ShouldBe(2);

        async Task<int> CountAsync() => (await server.Admin.GetAsync("tokens").Expect(200)).Items().Count(token => token["name"]!.GetValue<string>() == "once");
    }

    [Fact]
    public async Task A_body_that_is_refused_can_be_put_right_under_the_same_key()
    {
        var (key, caller) = (Elections.NewKey(), server.Admin.With("Idempotency-Key", "corrected"));

        await caller.PostAsync("campaigns", $$"""{"key":"{{key}}"}""").Refused(400, "missing_field");
        await caller.PostAsync("campaigns", $$"""{"key":"{{key}}","title":"T"}""").Expect(201);
        await caller.PostAsync("tokens", """{"name":"n","scopes":["vote"]}""").Refused(400, "voter_required");
        await caller.PostAsync("tokens", """{"name":"n","scopes":["vote"],"voter":"a"}""").Expect(201);
        await caller.PostAsync($"campaigns/{key}/ideas", """{"title":""}""").Refused(400, "missing_field");
        await caller.PostAsync($"campaigns/{key}/ideas", """{"title":"T"}""").Expect(201);
    }

    [Fact]
    public async Task A_key_is_remembered_through_a_restart()
    {
        await using var own = await TestServer.StartAsync();
        await Caller().PostAsync("tokens", """{"name":"once","scopes":["manage"]}""").Expect(201);

        await own.RestartAsync();

        await Caller().PostAsync("tokens", """{"name":"once","scopes":["manage"]}""").Refused(409, "already_issued");

        Api Caller() => own.Admin.With("Idempotency-Key", "once");
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    [InlineData("😀")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789X")]
    public async Task What_is_no_key_is_refused(string key)
    {
        var caller = server.Admin.With("Idempotency-Key", key);
        var campaign = await server.CampaignAsync();

        await caller.PostAsync("campaigns", $$"""{"key":"{{Elections.NewKey()}}","title":"T"}""").Refused(400, "invalid_idempotency_key", "Idempotency-Key");
        await caller.PostAsync($"campaigns/{campaign}/ideas", """{"title":"T"}""").Refused(400, "invalid_idempotency_key");
        await caller.PostAsync("tokens", """{"name":"n","scopes":["manage"]}""").Refused(400, "invalid_idempotency_key");
        await caller.For("anna").PutAsync($"campaigns/{campaign}/ballot", "{}").Refused(400, "invalid_idempotency_key");
    }
}
