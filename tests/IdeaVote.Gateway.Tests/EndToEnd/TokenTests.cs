using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

public sealed class TokenTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_token_is_shown_once_works_at_once_and_stops_when_it_is_revoked()
    {
        var issued = await server.Admin.PostAsync("tokens", """{"name":"Back end","scopes":["vote:any","export","vote:any"],"voter":"cafe\u0301","address":"Anna@Example.com"}""").Expect(201);
        var (id, token) = (issued.Text("id"), issued.Text("token"));
        var caller = server.Anyone.WithToken(token);

        issued.At("scopes").ShouldBeJson("""["vote:any","export"]""");
        (issued.Text("name"), issued.Text("voter"), issued.Text("address"), issued.Text("created")).ShouldBe(("Back end", "caf\u00e9", "Anna@Example.com", server.Clock.Text));
        issued.At("expires").ShouldBeNull();
        token.ShouldMatch("^iv_[A-Za-z0-9_-]{43}$");
        var campaign = await server.CampaignAsync();
        await caller.GetAsync($"campaigns/{campaign}/ballot").Expect(200);

        var list = await server.Admin.GetAsync("tokens").Expect(200);
        var listed = list.Items().Single(item => item["id"]!.GetValue<string>() == id).AsObject();
        listed.ContainsKey("token").ShouldBeFalse();
        listed["address"].ShouldBeJson("\"Anna@Example.com\"");
        list.Body.ShouldNotContain(token);

        (await server.Admin.DeleteAsync($"tokens/{id}").Expect(204)).Bytes.ShouldBeEmpty();
        await caller.GetAsync($"campaigns/{campaign}/ballot").Refused(401, "invalid_token");
        await server.Admin.DeleteAsync($"tokens/{id}").Refused(404, "token_not_found");
        await server.Admin.DeleteAsync("tokens/nonsense").Refused(404, "token_not_found");
    }

    [Fact]
    public async Task A_token_expires_by_the_clock()
    {
        var issued = await server.Admin.PostAsync("tokens", $$"""{"name":"short","scopes":["export"],"expires":"{{server.Clock.After(TimeSpan.FromHours(1))}}"}""").Expect(201);
        var (caller, campaign) = (server.Anyone.WithToken(issued.Text("token")), await server.CampaignAsync());
        issued.Text("expires").ShouldBe(server.Clock.After(TimeSpan.FromHours(1)));

        server.Clock.Jump(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        await caller.With("Accept", "application/x-ndjson").GetAsync($"campaigns/{campaign}/feed").Expect(200);
        server.Clock.Jump(TimeSpan.FromMilliseconds(1));
        await caller.GetAsync($"campaigns/{campaign}/feed").Refused(401, "invalid_token");
    }

    [Fact]
    public async Task Tokens_outlive_the_process_and_revoked_ones_do_not_come_back()
    {
        await using var own = await TestServer.StartAsync();
        var kept = await own.Admin.PostAsync("tokens", """{"name":"kept","scopes":["admin"]}""").Expect(201);
        var gone = await own.Admin.PostAsync("tokens", """{"name":"gone","scopes":["admin"]}""").Expect(201);
        await own.Admin.DeleteAsync($"tokens/{gone.Text("id")}").Expect(204);

        await own.RestartAsync();

        (await own.Anyone.WithToken(kept.Text("token")).GetAsync("tokens").Expect(200)).Items().Select(item => item["name"]!.GetValue<string>()).ShouldBe(["kept"]);
        await own.Anyone.WithToken(gone.Text("token")).GetAsync("tokens").Refused(401, "invalid_token");
    }

    [Theory]
    [InlineData("""{"scopes":["vote"],"voter":"a"}""", "missing_field", "name")]
    [InlineData("""{"name":"","scopes":["manage"]}""", "missing_field", "name")]
    [InlineData("""{"name":"n"}""", "missing_field", "scopes")]
    [InlineData("""{"name":"n","scopes":[]}""", "missing_field", "scopes")]
    [InlineData("""{"name":"n","scopes":["everything"]}""", "invalid_field", "scopes[0]")]
    [InlineData("""{"name":"n","scopes":"vote"}""", "invalid_field", "scopes")]
    [InlineData("""{"name":"n","scopes":[1]}""", "invalid_field", "scopes[0]")]
    [InlineData("""{"name":"n","scopes":["vote"]}""", "voter_required", "voter")]
    [InlineData("""{"name":"n","scopes":["vote","export"]}""", "voter_required", "voter")]
    [InlineData("""{"name":"n","scopes":["manage"],"address":"a@example.com"}""", "voter_required", "voter")]
    [InlineData("""{"name":"n","scopes":["vote"],"voter":""}""", "invalid_voter", "voter")]
    [InlineData("""{"name":"n","scopes":["vote"],"voter":"a\u0000"}""", "invalid_voter", "voter")]
    [InlineData("""{"name":"n","scopes":["vote"],"voter":"a","address":"nowhere"}""", "invalid_address", "address")]
    [InlineData("""{"name":"n","scopes":["manage"],"expires":"2030-01-01T00:00:00Z"}""", "invalid_field", "expires")]
    [InlineData("""{"name":"n","scopes":["manage"],"expires":"tomorrow"}""", "invalid_field", "expires")]
    [InlineData("""{"name":"n","scopes":["manage"],"expires":"2031-01-01T00:00:00"}""", "invalid_field", "expires")]
    [InlineData("""{"name":"n","scopes":["manage"],"token":"mine"}""", "unknown_field", "token")]
    public async Task A_token_that_makes_no_sense_is_refused_with_the_field_to_blame(string body, string code, string field)
    {
        await server.Admin.PostAsync("tokens", body).Refused(400, code, field);
    }
}
