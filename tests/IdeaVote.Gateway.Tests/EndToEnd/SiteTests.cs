using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

public sealed class SiteTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("live")]
    [InlineData("ready")]
    public async Task A_server_says_that_it_is_healthy(string what)
    {
        var answer = await server.Anyone.GetAsync($"/healthz/{what}").Expect(200);

        answer.Body.ShouldBe(what);
        answer.ContentType.ShouldBe("text/plain; charset=utf-8");
        (await server.Anyone.SendAsync("HEAD", $"/healthz/{what}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task What_is_not_there_is_a_problem_too()
    {
        await server.Anyone.GetAsync("/api/nothing/here").Refused(404, "not_found");
        await server.Anyone.GetAsync("nothing").Refused(404, "not_found");
        var answer = await server.Anyone.DeleteAsync("campaigns").Refused(405, "method_not_allowed");
        answer.Headers["Allow"].ShouldBe("GET, POST");
    }

    [Theory]
    [InlineData("campaigns", 200)]
    [InlineData("campaigns/none", 404)]
    [InlineData("tokens", 401)]
    public async Task Every_answer_tells_browsers_to_be_careful(string path, int status)
    {
        var answer = await server.Anyone.GetAsync(path).Expect(status);

        answer.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        answer.Headers["Cache-Control"].ShouldBe("no-store");
        answer.Headers["Referrer-Policy"].ShouldBe("no-referrer");
        answer.Headers["Content-Security-Policy"].ShouldStartWith("default-src 'none'");
        answer.Headers.ShouldNotContainKey("Server");
    }
}
