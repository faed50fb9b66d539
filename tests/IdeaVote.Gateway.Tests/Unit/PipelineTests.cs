using System.Text.Json;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Journal;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Limits;
using IdeaVote.Gateway.Tests.Unit.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace IdeaVote.Gateway.Tests.Unit;

/// <summary>What every request passes: the envelope and the gate.</summary>
public sealed class PipelineTests
{
    private const string Admin = "0123456789012345678901234567890123456789";

    [Theory]
    [InlineData(404, "not_found")]
    [InlineData(405, "method_not_allowed")]
    [InlineData(413, "too_large")]
    [InlineData(415, "unsupported_media_type")]
    [InlineData(400, "bad_request")]
    public async Task A_bare_status_becomes_a_problem(int status, string code) =>
        (await AnswerAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        })).ShouldBe((status, code));

    [Fact]
    public async Task What_is_thrown_becomes_a_problem()
    {
        (await ThrowAsync(new ApiException(422, "some_code", "Why."))).ShouldBe((422, "some_code"));
        (await ThrowAsync(new JournalException("disk full"))).ShouldBe((503, "outcome_unknown"));
        (await ThrowAsync(new OperationCanceledException())).ShouldBe((503, "outcome_unknown"));
        (await ThrowAsync(new BadHttpRequestException("big", 413))).ShouldBe((413, "too_large"));
        (await ThrowAsync(new InvalidOperationException("secret"))).ShouldBe((500, "internal_error"));
    }

    [Fact]
    public async Task An_unexpected_failure_tells_the_caller_nothing()
    {
        var context = Context();

        await Envelope(_ => throw new InvalidOperationException("the secret is 42")).InvokeAsync(context);

        Body(context).GetRawText().ShouldNotContain("42");
    }

    [Fact]
    public async Task Nothing_of_a_half_made_answer_remains()
    {
        var context = Context();

        await Envelope(inner =>
        {
            inner.Response.Headers.ETag = "\"7\"";
            throw new ApiException(409, "no", "No.");
        }).InvokeAsync(context);

        context.Response.Headers.ETag.Count.ShouldBe(0);
        context.Response.Headers["X-Content-Type-Options"].ToString().ShouldBe("nosniff");
    }

    [Fact]
    public async Task Every_answer_has_the_security_headers()
    {
        var context = Context();

        await Envelope(_ => Task.CompletedTask).InvokeAsync(context);

        context.Response.Headers["X-Content-Type-Options"].ToString().ShouldBe("nosniff");
        context.Response.Headers["Content-Security-Policy"].ToString().ShouldContain("frame-ancestors 'none'");
        context.Response.Headers["Referrer-Policy"].ToString().ShouldBe("no-referrer");
        context.Response.Headers["Cache-Control"].ToString().ShouldBe("no-store");
    }

    [Fact]
    public async Task A_caller_who_left_is_not_answered_and_is_no_error()
    {
        var context = Context();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        context.RequestAborted = gone.Token;

        await Envelope(_ => throw new OperationCanceledException(gone.Token)).InvokeAsync(context);

        context.Response.Body.Length.ShouldBe(0);
    }

    [Theory]
    [InlineData(Scopes.None, null, 200)]
    [InlineData(Scopes.None, Admin, 200)]
    [InlineData(Scopes.Manage, Admin, 200)]
    [InlineData(Scopes.Manage, null, 401)]
    [InlineData(Scopes.None, "wrong", 401)]
    public async Task The_gate_lets_in_who_may(Scopes anyOf, string? token, int status) =>
        (await GateAsync(new AccessRule(anyOf), token)).ShouldBe(status);

    [Fact]
    public async Task An_endpoint_without_a_rule_lets_nobody_in()
    {
        (await GateAsync(null, Admin)).ShouldBe(403);
        (await GateAsync(null, null)).ShouldBe(401);
    }

    [Fact]
    public void Endpoints_without_a_rule_and_doubled_routes_are_found_at_start()
    {
        Should.Throw<InvalidOperationException>(() => RouteCheck.CheckAll([Endpoint("/a", null)])).Message.ShouldContain("who may call");
        Should.Throw<InvalidOperationException>(() => RouteCheck.CheckAll([Endpoint("/a", new AccessRule(Scopes.None)), Endpoint("/A", new AccessRule(Scopes.None))]))
            .Message.ShouldContain("two endpoints");
        Should.NotThrow(() => RouteCheck.CheckAll([Endpoint("/a", new AccessRule(Scopes.None)), Endpoint("/b", new AccessRule(Scopes.None))]));
    }

    [Theory]
    [InlineData(RefusalCode.NotEligible, 403)]
    [InlineData(RefusalCode.IdeaNotFound, 404)]
    [InlineData(RefusalCode.BallotChanged, 412)]
    [InlineData(RefusalCode.InvalidScores, 400)]
    [InlineData(RefusalCode.BudgetExceeded, 409)]
    [InlineData("something_new", 409)]
    public void Refusals_have_their_status(string code, int status) => Problems.StatusOf(code).ShouldBe(status);

    private static Envelope Envelope(RequestDelegate next) => new(next, NullLogger<Envelope>.Instance, WithoutPages());

    private static ServiceProvider WithoutPages() => new ServiceCollection().BuildServiceProvider();

    private static DefaultHttpContext Context() => new() { Response = { Body = new MemoryStream() } };

    private static JsonElement Body(HttpContext context) =>
        JsonDocument.Parse(((MemoryStream)context.Response.Body).ToArray()).RootElement;

    private static Task<(int, string?)> ThrowAsync(Exception exception) => AnswerAsync(_ => throw exception);

    private static async Task<(int Status, string? Code)> AnswerAsync(RequestDelegate next)
    {
        var context = Context();
        await Envelope(next).InvokeAsync(context);
        context.Response.ContentType.ShouldBe("application/problem+json");
        Body(context).GetProperty("status").GetInt32().ShouldBe(context.Response.StatusCode);
        return (context.Response.StatusCode, Body(context).GetProperty("code").GetString());
    }

    private static RouteEndpoint Endpoint(string pattern, AccessRule? rule) => new(
        _ => Task.CompletedTask, RoutePatternFactory.Parse(pattern), 0, rule is null ? EndpointMetadataCollection.Empty : new EndpointMetadataCollection(rule), pattern);

    private static async Task<int> GateAsync(AccessRule? rule, string? token)
    {
        var names = new Pseudonyms(new byte[32]);
        var callers = new CallerReader(new TokenBook(new TokenShelf(), names, new FixedTime()), names, new GatewayOptions { AdminToken = Admin });
        var context = Context();
        context.SetEndpoint(Endpoint("/x", rule));
        if (token is not null)
            context.Request.Headers["Authorization"] = "Bearer " + token;
        await new AccessGate(inner =>
        {
            inner.Caller().Has(Scopes.Admin).ShouldBe(token is not null);
            return Task.CompletedTask;
        }, callers, new RateGate(new RateOptions(), TimeProvider.System), WithoutPages()).InvokeAsync(context);
        return context.Response.StatusCode;
    }
}
