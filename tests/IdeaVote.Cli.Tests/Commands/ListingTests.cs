using System.Net;
using System.Text.Json;

namespace IdeaVote.Cli.Tests.Commands;

public sealed class ListingTests : IDisposable
{
    private readonly Support.Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Campaigns_are_shown_with_stage_and_methods()
    {
        cli.Api.Intercept = _ => FakeApi.Answer(
            HttpStatusCode.OK,
            """{"items":[{"id":"town","title":"A \u001b[1mtown","stage":"vote","approve":{"max":null},"rate":{"criteria":[]},"invest":null},{"id":"points","invest":{"budgetCredits":5}}]}""");

        (await cli.RunAsync("campaigns")).ShouldBe(0);

        var lines = cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[2].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ShouldBe(["town", "vote", "approve, rate", "A [1mtown"]);
        lines[3].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ShouldBe(["points", "invest"]);
        cli.Out.ShouldNotContain('\u001b');

        (await cli.RunAsync("campaigns", "--format", "json")).ShouldBe(0);
        JsonDocument.Parse(cli.Out).RootElement.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_token_none_is_sent()
    {
        cli.Environment.Clear();

        (await cli.RunAsync("campaigns")).ShouldBe(0);

        cli.Api.Requests.ShouldHaveSingleItem().Token.ShouldBeNull();
    }

    [Fact]
    public async Task A_new_token_alone_goes_to_stdout()
    {
        cli.Api.Intercept = _ => FakeApi.Answer(HttpStatusCode.Created, """{"id":"t1","token":"iv_abc","name":"importer","scopes":["manage"],"voter":null,"expires":null}""");

        var code = await cli.RunAsync(
            "token", "create", "importer", "--scope", "manage", "--scope", "vote:any", "--voter", "ann", "--address", "ann@example.com", "--expires", "2030-01-31");

        code.ShouldBe(0);
        cli.Out.ShouldBe("iv_abc\n");
        cli.Error.ShouldContain("token t1");
        cli.Api.Requests.ShouldHaveSingleItem().Body.ShouldBe(
            """{"name":"importer","scopes":["manage","vote:any"],"voter":"ann","address":"ann@example.com","expires":"2030-01-31T00:00:00+00:00"}""");
    }

    [Fact]
    public async Task Every_run_issues_a_token_of_its_own_but_its_tries_are_one_request()
    {
        cli.Api.Intercept = _ => cli.Api.Requests.Count == 1
            ? FakeApi.Busy(1)
            : FakeApi.Answer(HttpStatusCode.Created, """{"id":"t1","token":"iv_abc"}""");

        await cli.RunAsync("token", "create", "a", "--scope", "export");
        await cli.RunAsync("token", "create", "a", "--scope", "export");

        cli.Api.Requests.DistinctBy(request => request.IdempotencyKey, StringComparer.Ordinal).Count().ShouldBe(2);
        cli.Api.Requests[0].IdempotencyKey.ShouldBe(cli.Api.Requests[1].IdempotencyKey);
    }

    [Fact]
    public async Task Tokens_are_listed_and_revoked()
    {
        cli.Api.Intercept = sent => sent.Method == "DELETE"
            ? new HttpResponseMessage(HttpStatusCode.NoContent)
            : FakeApi.Answer(HttpStatusCode.OK, """{"items":[{"id":"t1","name":"nightly","scopes":["export"],"voter":null,"expires":"2030-01-31T01:00:00+01:00"}]}""");

        (await cli.RunAsync("token", "list")).ShouldBe(0);
        cli.Out.ShouldContain("nightly");
        cli.Out.ShouldContain("2030-01-31 00:00Z");

        (await cli.RunAsync("token", "revoke", "t/1")).ShouldBe(0);
        cli.Api.Requests.Last().ShouldSatisfyAllConditions(
            request => request.Method.ShouldBe("DELETE"),
            request => request.Path.ShouldBe("/api/v1/tokens/t%2F1"));
    }
}
