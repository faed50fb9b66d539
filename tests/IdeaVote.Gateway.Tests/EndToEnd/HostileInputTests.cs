using System.Text;
using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Whatever is sent to whatever endpoint: a problem with a code at the worst, never a failure of the server.</summary>
public sealed class HostileInputTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"];

    public static IEnumerable<object[]> Calls => Thorough.Sample(ApiTable.All);

    public static IEnumerable<object[]> WithJson => Thorough.Sample(ApiTable.WithJson);

    [Theory]
    [MemberData(nameof(WithJson))]
    public async Task A_body_that_is_no_JSON_object_is_refused(string name)
    {
        var (call, path) = await AskAsync(name);

        foreach (var body in Hostile.Broken)
        {
            var answer = await SendAsync(call, path, Api.Body(body, call.ContentType));
            if (answer is { Status: 413 } && body.Length > 4_096)
                continue;
            answer.Status.ShouldBe(400, $"{Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(80, body.Length)))}: {answer.Body}");
            answer.Text("code").ShouldBeOneOf("malformed_json", "unknown_field", "invalid_field", "missing_field", "invalid_text", "invalid_scores", "invalid_credits");
        }
        server.Errors.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(WithJson))]
    public async Task A_field_that_is_there_twice_is_refused_by_name(string name)
    {
        var (call, path) = await AskAsync(name);

        foreach (var body in Hostile.Doubled(call.Body!))
            await SendAsync(call, path, Api.Body(Encoding.UTF8.GetBytes(body), call.ContentType)).Refused(400, "duplicate_field");
    }

    [Theory]
    [MemberData(nameof(WithJson))]
    public async Task A_field_that_holds_something_else_is_taken_or_refused(string name)
    {
        var (call, path) = await AskAsync(name);

        // Under keys of their own, so that campaigns are made rather than compared.
        foreach (var body in Hostile.Mutations(call.Body!).Select(body => body.Replace("\"made\"", $"\"{Elections.NewKey()}\"", StringComparison.Ordinal)))
            await SendAsync(call, path, Api.Body(Encoding.UTF8.GetBytes(body), call.ContentType));
        server.Errors.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_body_where_none_is_asked_for_is_passed_over(string name)
    {
        var (call, path) = await AskAsync(name);
        if (call.Body is not null)
            return;

        var without = await SendAsync(call, path, null);
        foreach (var body in Hostile.Broken)
            (await SendAsync(call, path, Api.Body(body, call.ContentType))).Status.ShouldBe(without.Status);
        server.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_ballot_line_that_holds_anything_else_is_counted_or_refused()
    {
        var (call, path) = await AskAsync("POST /api/v1/campaigns/{c}/ballots");
        var lines = Hostile.Mutations(call.Body!).Concat(Hostile.Doubled(call.Body!)).Select(line => line.ReplaceLineEndings(" ")).ToList();
        var body = lines.SelectMany(line => Encoding.UTF8.GetBytes(line + "\n")).Concat(Hostile.Broken.SelectMany(line => (byte[])[.. line, .. "\n"u8])).ToArray();

        var answer = await SendAsync(call, path, Api.Body(body, call.ContentType)).Expect(200);

        answer.Lines.Length.ShouldBeGreaterThan(lines.Count);
        answer.Lines.ShouldAllBe(line => line.Contains("\"status\":\"counted\"") || line.Contains("\"status\":\"unchanged\"") || line.Contains("\"status\":\"refused\",\"code\":"));
        server.Errors.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_body_of_ten_megabytes_is_refused_where_it_matters(string name)
    {
        var (call, path) = await AskAsync(name);
        var body = new byte[10 * 1024 * 1024];
        Array.Fill(body, (byte)'x');
        "{\"title\":\""u8.CopyTo(body);

        var whole = await SendAsync(call, path, Api.Body(body, call.ContentType));
        if (call.Body is null)
            return;
        using var pieces = new StreamContent(new MemoryStream(body));
        pieces.Headers.TryAddWithoutValidation("Content-Type", call.ContentType);
        var chunked = await server.Admin.For("somebody").With("Transfer-Encoding", "chunked").SendAsync(call.Method, path, pieces);

        foreach (var answer in new[] { whole, chunked })
            if (call.ContentType == "application/x-ndjson")
                answer.Body.ShouldContain("line_too_long");
            else if (call.Route.EndsWith("/roll", StringComparison.Ordinal))
                (answer.Status, answer.Text("code")).ShouldBe((400, "unknown_field"));
            else
                (answer.Status, answer.Text("code")).ShouldBe((413, "too_large"));
    }

    [Theory]
    [MemberData(nameof(WithJson))]
    public async Task A_body_of_another_content_type_is_refused(string name)
    {
        var (call, path) = await AskAsync(name);
        if (call.Route.EndsWith("/approval", StringComparison.Ordinal))
            return;

        foreach (var type in new[] { null, "text/plain", "application/xml", "application/json; charset=utf-16", "application/json;;;", "multipart/form-data", "😀", new string('x', 5_000) })
            await SendAsync(call, path, Api.Body(Encoding.UTF8.GetBytes(call.Body!), type)).Refused(415, "unsupported_media_type");
        foreach (var type in new[] { "Application/JSON", "application/json; charset=utf-8", "application/json;charset=\"UTF-8\"" })
        {
            var answer = await SendAsync(call, path, Api.Body(Encoding.UTF8.GetBytes(call.Body!), type));
            // Voting goes on, and whoever is told so has been read.
            if (call.Route.EndsWith("/results", StringComparison.Ordinal))
                (answer.Status, answer.Text("code")).ShouldBe((409, "voting_not_over"));
            else
                answer.Status.ShouldBeLessThan(300);
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Any_method_has_an_answer(string name)
    {
        var (call, path) = await AskAsync(name);

        foreach (var method in Methods)
        {
            var answer = await SendAsync(call with { Method = method }, path, null);
            if (ApiTable.Calls.All(other => other.Route != call.Route || other.Method != method) && method is not "HEAD")
                (answer.Status, answer.Text("code")).ShouldBe((405, "method_not_allowed"));
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Any_header_is_taken_or_refused(string name)
    {
        var (call, path) = await AskAsync(name);

        foreach (var (header, value) in Hostile.Headers)
        {
            using var body = call.Body is null ? null : Api.Body(Encoding.UTF8.GetBytes(call.Body), call.ContentType);
            var answer = await server.Admin.With(header, value).SendAsync(call.Method, path, body);
            ShouldBeHandled(answer, $"{call} {header}: {value}");
        }
        server.Errors.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Any_path_is_found_or_not(string name)
    {
        var call = ApiTable.Find(name);
        var campaign = await server.CampaignAsync();
        var idea = await server.IdeaAsync(campaign, "Idea");
        var parts = new[] { "{c}", "{i}", "{j}", "{t}", "{m}", "{voter}", "{id}" }.Where(part => call.Route.Contains(part, StringComparison.Ordinal));

        foreach (var part in parts)
            foreach (var segment in Hostile.Segments)
            {
                var path = (call with { Route = call.Route.Replace(part, segment, StringComparison.Ordinal) }).Path(campaign, idea);
                using var body = call.Body is null ? null : Api.Body(Encoding.UTF8.GetBytes(call.Body), call.ContentType);
                var answer = await server.Admin.For("somebody").SendAsync(call.Method, call.IsEndless ? path + "?follow=false" : path, body);
                // What is no URL at all is turned away by the web server itself, without a word.
                if (answer is not { Status: 400, Bytes.Length: 0 })
                    ShouldBeHandled(answer, $"{call.Method} {path}");
            }
        server.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ideas", "q", "tag", "status", "sort", "limit", "cursor")]
    [InlineData("ideas/ref:Idea/threads", "order", "limit", "replies", "cursor")]
    [InlineData("reports", "limit", "cursor")]
    [InlineData("leaderboard", "by", "top", "format")]
    [InlineData("portfolio", "rule", "fund", "utility", "completion", "from", "payments", "asOf", "format")]
    [InlineData("feed", "after", "follow")]
    public async Task Any_query_is_taken_or_refused(string what, params string[] names)
    {
        var campaign = await server.CampaignAsync();
        await server.IdeaAsync(campaign, "Idea");

        foreach (var name in names)
        {
            foreach (var value in Hostile.Segments.Concat(["1e999", new string('9', 400), "-1", "0", "2147483648", "true", "\"", "a&b=c", "%FF%FE", "newest,oldest", "AAAA"]))
            {
                var answer = await server.Admin.GetAsync($"campaigns/{campaign}/{what}?{name}={value}");
                if (answer is not { Status: 400, Bytes.Length: 0 })
                    ShouldBeHandled(answer, $"{what}?{name}={value}");
            }
            await server.Admin.GetAsync($"campaigns/{campaign}/{what}?{name}=1&{name}=2").Refused(400, "duplicate_field", name);
        }
        await server.Admin.GetAsync($"campaigns/{campaign}/{what}?unknown=1").Refused(400, "unknown_field", "unknown");
        server.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("IdeaVote-Voter: a\r\nIdeaVote-Voter: b", "invalid_voter")]
    [InlineData("IdeaVote-Voter: a\r\nIdeaVote-Voter-Address: a@b.c\r\nIdeaVote-Voter-Address: d@e.f", "invalid_address")]
    [InlineData("IdeaVote-Voter: a\r\nIf-Match: \"1\"\r\nIf-Match: \"2\"", "invalid_if_match")]
    [InlineData("IdeaVote-Voter: a\r\nIdempotency-Key: 1\r\nIdempotency-Key: 2", "invalid_idempotency_key")]
    [InlineData("IdeaVote-Voter: a\r\nIdempotency-Key: ", "invalid_idempotency_key")]
    public async Task A_header_that_counts_only_once_is_refused_when_it_comes_twice(string headers, string code)
    {
        var campaign = await server.CampaignAsync();

        var (status, answer) = await RawHttp.AskAsync(server.Address,
            $"PUT /api/v1/campaigns/{campaign}/ballot HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAuthorization: Bearer {TestServer.AdminToken}\r\n{headers}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}");

        status.ShouldBe(400, answer);
        answer.ShouldContain($"\"code\":\"{code}\"");
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("GET / HTTP/9.9\r\n\r\n")]
    [InlineData("GET /a\0b HTTP/1.1\r\nHost: test\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: test\r\nBad Header: x\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: test\r\nX: a\0b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: test\r\nIf-Match: \u00ff\u00fe\r\n\r\n")]
    [InlineData("POST /api/v1/campaigns HTTP/1.1\r\nHost: test\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /api/v1/campaigns HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task What_is_no_HTTP_is_turned_away(string request)
    {
        var (status, answer) = await RawHttp.AskAsync(server.Address, request);

        status.ShouldBeInRange(200, 505, answer);
        status.ShouldBeOneOf(200, 400, 401, 505);
        server.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_that_breaks_off_changes_nothing()
    {
        var campaign = await server.CampaignAsync();
        await using (var raw = await RawHttp.OpenAsync(server.Address))
        {
            await raw.WriteAsync($"PATCH /api/v1/campaigns/{campaign} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {TestServer.AdminToken}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{\"title\":");
            raw.Abort();
        }

        (await server.Anyone.GetAsync($"campaigns/{campaign}").Expect(200)).Text("title").ShouldBe($"Campaign {campaign}");
        server.Errors.ShouldBeEmpty();
    }

    private static void ShouldBeHandled(Answer answer, string what)
    {
        answer.Status.ShouldBeLessThan(500, $"{what}: {answer.Body}");
        if (answer is { Status: >= 400, Bytes.Length: > 0 })
            answer.ShouldBeProblem();
        else if (answer.Status >= 400)
            answer.ContentType.ShouldBe("application/problem+json", what);
    }

    private async Task<Answer> SendAsync(Call call, string path, HttpContent? body)
    {
        using (body)
        {
            var answer = await server.Admin.For("somebody").SendAsync(call.Method, path, body);
            ShouldBeHandled(answer, call.ToString());
            return answer;
        }
    }

    private async Task<(Call Call, string Path)> AskAsync(string name)
    {
        var call = ApiTable.Find(name);
        var campaign = await server.CampaignAsync();
        await server.IdeaAsync(campaign, "Other");
        var idea = await server.IdeaAsync(campaign, "Idea");
        var path = call.Path(campaign, idea, talk: await server.TalkAsync(campaign, idea, author: "somebody"));
        return (call, call.IsEndless ? path + "?follow=false" : path);
    }
}
