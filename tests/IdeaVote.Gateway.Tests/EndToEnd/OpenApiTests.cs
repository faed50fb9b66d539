using System.Text.Json.Nodes;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using Microsoft.OpenApi;

namespace IdeaVote.Gateway.Tests.EndToEnd;

public sealed class OpenApiTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly string[] NotOfTheApi = ["/openapi/v1.json"];

    [Fact]
    public async Task The_description_is_valid_and_describes_every_call()
    {
        var document = await ReadAsync();

        var described = document.Paths.SelectMany(path => path.Value.Operations!.Keys.Select(method => $"{method.Method} {path.Key}")).Order(StringComparer.Ordinal);
        described.ShouldBe(ApiTable.Calls.Where(call => !NotOfTheApi.Contains(call.Route)).Select(call => call.ToString()).Order(StringComparer.Ordinal));
        foreach (var path in document.Paths)
            foreach (var (method, operation) in path.Value.Operations!)
                ShouldBeDescribed(operation, ApiTable.Find($"{method.Method} {path.Key}"));
    }

    [Fact]
    public async Task Every_example_of_a_body_is_taken()
    {
        var document = await ReadAsync();
        await server.Admin.PostAsync("campaigns", """{"key":"example","title":"T","approve":{},"rate":{},"invest":{"budgetCredits":100},"rank":{"maxLength":3},"duel":{}}""").Expect(201);
        foreach (var reference in new[] { "more-trees", "playground", "bike-path", "Other" })
            await server.Admin.PostAsync("campaigns/example/ideas", $$"""{"title":"{{reference}}","reference":"{{reference}}"}""").Expect(201);
        var examples = document.Paths
            .SelectMany(path => path.Value.Operations!.Select(operation => (Call: ApiTable.Find($"{operation.Key.Method} {path.Key}"), operation.Value.RequestBody)))
            .Where(described => described.RequestBody is not null)
            .SelectMany(described => described.RequestBody!.Content!.SelectMany(content => content.Value.Examples!.Values.Select(example => (described.Call, Type: content.Key, example.Value))));

        await server.Admin.PostAsync("campaigns/example/ideas", """{"title":"A bike lane on Mill Road","body":"Between station and school, **both ways**.","tags":["traffic"],"cost":12000.50,"reference":"bike-lanes"}""").Expect(201);
        var talk = await server.TalkAsync("example", "ref:bike-lanes");

        // Ideas first: ballots speak of them. Results when voting is over, and merges last: after that there are no votes.
        foreach (var (call, type, example) in examples.OrderByDescending(described => described.Call.Method == "POST" && described.Call.Route.EndsWith("/ideas", StringComparison.Ordinal))
            .ThenBy(described => described.Call.Route.EndsWith("/merge", StringComparison.Ordinal) ? 2 : described.Call.Route.EndsWith("/results", StringComparison.Ordinal) ? 1 : 0))
        {
            if (call.Route.EndsWith("/results", StringComparison.Ordinal))
                await server.Admin.PutAsync("campaigns/example/stage", """{"stage":"closed"}""").Expect(200);
            var text = example is JsonValue value && value.TryGetValue<string>(out var lines) ? lines : example.ShouldNotBeNull(call.ToString()).ToJsonString();
            if (text.Contains("\"vote\"", StringComparison.Ordinal) && call.Route.EndsWith("/stage", StringComparison.Ordinal))
                text = text.Replace("\"vote\"", "\"open\"", StringComparison.Ordinal);
            // The clock of the tests is ahead of what the description takes for the future.
            text = text.Replace("\"expires\":\"20", "\"expires\":\"21", StringComparison.Ordinal);
            using var body = Api.Body(System.Text.Encoding.UTF8.GetBytes(text), type);
            var answer = await server.Admin.For("anna").SendAsync(call.Method, call.Path("example", "ref:bike-lanes", talk: talk), body);
            answer.Status.ShouldBeInRange(200, 201, $"{call} {type}: {answer.Body}");
            answer.Body.ShouldNotContain("\"refused\"");
        }
    }

    [Theory]
    [InlineData("POST /api/v1/campaigns/{c}/ideas", "400", "invalid_idempotency_key")]
    [InlineData("PUT /api/v1/campaigns/{c}/ideas/{i}/approval", "400", "invalid_idempotency_key")]
    [InlineData("GET /api/v1/campaigns/{c}/leaderboard", "400", "unknown_field", "duplicate_field", "invalid_field", "too_long", "unknown_criterion", "missing_field", "invalid_text")]
    [InlineData("GET /api/v1/campaigns/{c}/ideas", "400", "unknown_field", "duplicate_field", "invalid_field", "too_long", "missing_field", "invalid_text")]
    [InlineData("GET /api/v1/campaigns/{c}/ballots/published", "400", "unknown_field")]
    [InlineData("POST /api/v1/campaigns/{c}/ballots", "413", "too_large")]
    [InlineData("POST /api/v1/campaigns/{c}/ballots", "415", "unsupported_media_type")]
    public async Task A_call_names_the_codes_of_what_it_refuses_in_keys_queries_and_content_types(string name, string status, params string[] codes)
    {
        var call = ApiTable.Find(name);
        var operation = (await ReadAsync()).Paths[call.Route].Operations!.Single(operation => operation.Key.Method == call.Method).Value;

        codes.Except(operation.Responses![status].Description!.Split('`')).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_files_of_word_of_mouth_are_named_by_their_content_types()
    {
        var answer = (await ReadAsync()).Paths["/api/v1/campaigns/{c}/word-of-mouth"].Operations!.Single().Value.Responses!["200"];

        answer.Content!.Keys.ShouldBe(["application/json", "text/csv", "application/x-ndjson", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_any_call_may_answer_is_said_once()
    {
        var introduction = (await ReadAsync()).Info.Description!;

        foreach (var line in new[] { "- 400 `bad_request`", "- 401 `unauthenticated`, `invalid_token`", "- 403 `forbidden`", "- 404 `not_found`", "- 405 `method_not_allowed`", "- 408 `request_timeout`" })
            introduction.ShouldContain(line);
    }

    private static void ShouldBeDescribed(OpenApiOperation operation, Call call)
    {
        operation.Summary.ShouldNotBeNullOrWhiteSpace(call.ToString());
        operation.Description.ShouldNotBeNullOrWhiteSpace(call.ToString());
        (operation.Security is { Count: > 0 }).ShouldBe(call.Scopes.Length > 0, call.ToString());
        foreach (var scope in call.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            operation.Description!.ShouldContain($"`{scope}`", Case.Sensitive, call.ToString());
        foreach (var part in new[] { "c", "i", "j", "t", "m", "voter", "id" }.Where(part => call.Route.Contains($"{{{part}}}", StringComparison.Ordinal)))
            operation.Parameters!.ShouldContain(parameter => parameter.Name == part && parameter.In == ParameterLocation.Path && parameter.Description != null, call.ToString());

        (operation.RequestBody is not null).ShouldBe(call.Body is not null, call.ToString());
        foreach (var content in operation.RequestBody?.Content?.Values ?? [])
        {
            content.Examples.ShouldNotBeNull(call.ToString()).Values.ShouldAllBe(example => example.Value != null, call.ToString());
            content.Schema.ShouldNotBeNull(call.ToString());
        }

        var responses = operation.Responses.ShouldNotBeNull(call.ToString());
        responses.Keys.ShouldContain(status => status.StartsWith('2'), call.ToString());
        foreach (var (status, response) in responses.Where(response => response.Key[0] is '4' or '5'))
        {
            response.Content!.Keys.ShouldBe(["application/problem+json"], $"{call} {status}");
            response.Description.ShouldNotBeNull().ShouldMatch("^`[a-z_]+`(, `[a-z_]+`)*$", $"{call} {status}");
        }
        if (call.Scopes.Length > 0)
            responses["401"].Description.ShouldBe("`unauthenticated`, `invalid_token`");
    }

    private async Task<OpenApiDocument> ReadAsync()
    {
        var answer = await server.Anyone.GetAsync("/openapi/v1.json").Expect(200);
        answer.ContentType.ShouldBe("application/json");
        var read = OpenApiDocument.Parse(answer.Body, "json");
        read.Diagnostic.ShouldNotBeNull().Errors.ShouldBeEmpty();
        read.Diagnostic.Warnings.ShouldBeEmpty();
        return read.Document.ShouldNotBeNull();
    }
}
