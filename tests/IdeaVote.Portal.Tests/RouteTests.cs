using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Portal.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Tests;

/// <summary>Who may see and send what, asked of every page and form there is.</summary>
public sealed class RouteTests(RouteWorld world) : IClassFixture<RouteWorld>
{
    private const string Forbidden = "You may not do this.";

    [Fact]
    public void Every_page_and_form_stands_in_the_table_with_who_may()
    {
        var mapped = world.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ByCallersSession>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
                .Where(method => method != "HEAD")
                .Select(method => $"{method} {endpoint.RoutePattern.RawText} {endpoint.Metadata.GetMetadata<AccessRule>()!.AnyOf}"));

        mapped.Order(StringComparer.Ordinal).ShouldBe(PageTable.Calls.Select(call => $"{call} {call.Scopes}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(PageTable.All), MemberType = typeof(PageTable))]
    public async Task It_answers_who_may_and_nobody_else(string name)
    {
        var call = PageTable.Find(name);
        foreach (var visitor in world.Visitors)
        {
            // Signing out would change who they are for the next.
            if (call.Route == "/sign-out" && !visitor.IsStranger)
                continue;
            var answer = call.IsForm ? await world.SendAsync(visitor.Browser, call) : await visitor.Browser.AskAsync(call.Method, world.PathOf(call));
            if (visitor.May(call))
            {
                call.Expected.ShouldContain(answer.Status, $"{visitor.Name}: {answer.Html}");
                answer.Html.ShouldNotContain(Forbidden, Case.Sensitive, visitor.Name);
            }
            else if (!visitor.IsStranger)
            {
                answer.Status.ShouldBe(403, visitor.Name);
                answer.Html.ShouldContain(Forbidden, Case.Sensitive, visitor.Name);
            }
            else if (call.IsForm)
            {
                answer.Status.ShouldBe(401);
            }
            else
            {
                answer.Status.ShouldBe(302);
                answer.Location.ShouldBe($"/sign-in?to={Uri.EscapeDataString(world.PathOf(call))}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(PageTable.Forms), MemberType = typeof(PageTable))]
    public async Task A_form_that_is_not_from_our_pages_is_refused(string name)
    {
        var call = PageTable.Find(name);
        var path = world.PathOf(call);
        using var elsewhere = world.Host.Browser();
        var foreign = (await elsewhere.GetAsync("/sign-in")).Token;
        var own = (await world.Admin.GetAsync("/sign-in")).Token;

        foreach (var token in new[] { null, "", "x", foreign, own[..^1] })
        {
            var answer = await world.Admin.AskAsync(call.Method, path, world.Body(call, token));
            answer.Status.ShouldBe(400, token);
            answer.Html.ShouldContain("This form is too old.", Case.Sensitive, token);
        }
        (await world.Admin.AskAsync(call.Method, path, new StringContent("{}", System.Text.Encoding.UTF8, "application/json"))).Status.ShouldBe(400);
        (await world.Admin.IsSignedInAsync()).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(PageTable.All), MemberType = typeof(PageTable))]
    public async Task A_token_of_the_API_opens_no_page(string name)
    {
        var call = PageTable.Find(name);
        if (call.Scopes == Scopes.None || call.IsForm)
            return;
        var answer = await world.Host.Admin.GetAsync(world.PathOf(call));

        answer.Status.ShouldBe(302);
    }

    [Theory]
    [MemberData(nameof(PageTable.Pages), MemberType = typeof(PageTable))]
    public async Task The_head_of_a_page_is_that_of_the_page(string name)
    {
        var path = world.PathOf(PageTable.Find(name));

        var page = await world.Admin.AskAsync(HttpMethod.Get, path);
        var head = await world.Admin.AskAsync(HttpMethod.Head, path);

        head.Status.ShouldBe(page.Status);
        head.Html.ShouldBeEmpty();
        head.Headers.GetValueOrDefault("Content-Type").ShouldBe(page.Headers.GetValueOrDefault("Content-Type"));
    }

    [Fact]
    public async Task The_stream_of_changes_begins_for_anyone()
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(world.Host.Address, $"/c/{world.Campaign}/live"), HttpCompletionOption.ResponseHeadersRead);

        ((int)response.StatusCode).ShouldBe(200);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
    }

    [Fact]
    public async Task A_session_of_pages_opens_nothing_of_the_API()
    {
        (await world.Admin.AskAsync(HttpMethod.Get, "/api/v1/tokens")).Status.ShouldBe(401);
        (await world.Admin.AskAsync(HttpMethod.Get, $"/api/v1/campaigns/{world.Campaign}/ballot")).Status.ShouldBe(401);
    }
}
