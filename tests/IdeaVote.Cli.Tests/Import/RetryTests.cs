using System.Net;

namespace IdeaVote.Cli.Tests.Import;

public sealed class RetryTests : IDisposable
{
    private readonly Support.Cli cli = new();
    private readonly string file;

    public RetryTests() => file = cli.File("p.pb", Pb.Approval);

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task A_busy_server_is_asked_again_not_before_it_wants()
    {
        FailBallots(2, () => FakeApi.Busy(7));

        (await cli.RunAsync("import", file)).ShouldBe(0);

        cli.Time.Waits.Count.ShouldBe(2);
        cli.Time.Waits.ShouldAllBe(wait => wait >= TimeSpan.FromSeconds(7) && wait < TimeSpan.FromSeconds(10));
        cli.Api.BallotPosts.Select(post => (post.Body, post.IdempotencyKey)).Distinct().Count().ShouldBe(1);
        cli.Error.ShouldContain("the server is busy; trying again in");
        cli.Out.ShouldContain("3 counted");
    }

    [Fact]
    public async Task Waits_grow_and_end_after_eight_tries()
    {
        FailBallots(int.MaxValue, () => throw new HttpRequestException("connection refused"));

        (await cli.RunAsync("import", file)).ShouldBe(4);

        cli.Api.BallotPosts.Count().ShouldBe(8);
        cli.Time.Waits.Select(wait => wait.TotalSeconds).ShouldBe([0.375, 0.75, 1.5, 3, 6, 12, 22.5]);
        cli.Error.ShouldContain("ideavote: cannot reach http://localhost:5080/: connection refused");
        cli.Error.ShouldContain("not finished");
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task What_proxies_answer_for_the_moment_is_tried_again(HttpStatusCode status)
    {
        FailBallots(1, () => FakeApi.Answer(status, "<html>", "text/html"));

        (await cli.RunAsync("import", file)).ShouldBe(0);

        cli.Time.Waits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task No_answer_in_time_is_tried_again()
    {
        FailBallots(1, () => throw new TaskCanceledException("timeout", new TimeoutException()));

        (await cli.RunAsync("import", file)).ShouldBe(0);

        cli.Error.ShouldContain("no answer in time");
    }

    [Fact]
    public async Task A_server_that_is_away_for_long_is_not_waited_for()
    {
        FailBallots(1, () => FakeApi.Busy(3600));

        (await cli.RunAsync("import", file)).ShouldBe(4);

        cli.Time.Waits.ShouldBeEmpty();
        cli.Error.ShouldContain("the server is busy (overloaded)");
    }

    [Fact]
    public async Task Ballots_without_a_result_after_a_broken_connection_are_sent_again()
    {
        FailBallots(1, () => FakeApi.Broken("{\"line\":15,\"status\":\"counted\"}\n{\"line\":16,\"sta"));

        (await cli.RunAsync("import", file)).ShouldBe(0);

        cli.Api.BallotPosts.Select(post => string.Join(',', post.Lines.Select(line => line.GetProperty("line")))).ShouldBe(["15,16,17", "16,17"]);
        cli.Out.ShouldContain("3 counted");
    }

    [Fact]
    public async Task An_answer_that_ends_early_without_an_error_is_no_result_either()
    {
        FailBallots(1, () => FakeApi.Answer(HttpStatusCode.OK, "{\"line\":15,\"status\":\"counted\"}\n", FakeApi.NdJson));

        (await cli.RunAsync("import", file)).ShouldBe(0);

        cli.Api.BallotPosts.Last().Lines.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("overloaded")]
    [InlineData("outcome_unknown")]
    [InlineData("not_yet")]
    [InlineData("incomplete_line")]
    public async Task A_line_the_server_has_no_time_for_is_sent_again(string code)
    {
        var first = true;
        cli.Api.JudgeBallot = ballot =>
        {
            if (ballot.GetProperty("line").GetInt32() != 16 || !first)
                return null;
            first = false;
            return new { line = 16, status = "refused", code, detail = "no time" };
        };

        (await cli.RunAsync("import", file)).ShouldBe(0);

        cli.Api.BallotPosts.Last().Lines.ShouldHaveSingleItem().GetProperty("voter").GetString().ShouldBe("bob");
        cli.Out.ShouldContain("3 counted, 0 unchanged, 0 refused");
    }

    [Fact]
    public async Task Other_requests_are_tried_again_too()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        cli.Api.Intercept = sent => seen.Add(sent.Method + sent.Path + sent.Body) ? FakeApi.Busy(1) : null;

        (await cli.RunAsync("import", file)).ShouldBe(0);

        cli.Time.Waits.Count.ShouldBe(6);
        cli.Out.ShouldContain("3 created");
        cli.Out.ShouldContain("3 counted");
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again()
    {
        cli.Api.Intercept = _ => FakeApi.Problem(403, "forbidden", "the token lacks the scope manage");

        (await cli.RunAsync("import", file)).ShouldBe(4);

        cli.Api.Requests.Count.ShouldBe(1);
        cli.Error.ShouldContain("ideavote: the token lacks the scope manage (forbidden)");
    }

    private void FailBallots(int times, Func<HttpResponseMessage> failure)
    {
        cli.Api.Intercept = sent => sent.Is("POST", "/ballots") && times-- > 0 ? failure() : null;
    }
}
