using IdeaVote.Portal.Http;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>A link that a stranger made never leads a person away from here.</summary>
public sealed class RedirectTests(RouteWorld world) : IClassFixture<RouteWorld>
{
    public static TheoryData<string> Elsewhere =>
    [
        "https://evil.example", "http://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
        "/\t/evil.example", "/\n/evil.example", "/\r\n/evil.example", "\t//evil.example", " //evil.example", "/\u007f/evil.example",
        "javascript:alert(1)", "data:text/html,x", "evil.example", "", "/" + new string('x', 3_000),
    ];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task Signing_in_stays_here(string to)
    {
        using var browser = world.Host.Browser();
        var email = await world.Host.OpenAsync();

        await browser.GetAsync($"/sign-in?to={Uri.EscapeDataString(to)}");
        browser.Page!.Form("/sign-in").Single(field => field.Key == "to").Value.ShouldBe("/");
        (await browser.SendAsync("/sign-in", ("email", email), ("password", PortalHost.Password), ("to", to))).Location.ShouldBe("/");
    }

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task So_does_everything_else_that_leads_back(string to)
    {
        var query = Uri.EscapeDataString(to);
        var stranger = world.Visitors[0].Browser;
        var voter = world.Visitors[1].Browser;

        (await stranger.AskAsync(HttpMethod.Get, $"/preferences?theme=dark&to={query}")).Location.ShouldBe("/");
        await stranger.GetAsync($"/sign-up?to={query}");
        stranger.Page!.Form("/sign-up").Single(field => field.Key == "to").Value.ShouldBe("/");
        var vote = $"/c/{world.Campaign}/ideas/{world.Idea}/approve";
        await voter.GetAsync($"/c/{world.Campaign}/ideas/{world.Idea}");
        (await voter.SendAsync(vote, ("to", to))).Location.ShouldNotBeNull().ShouldStartWith($"/c/{world.Campaign}/");
    }

    [Fact]
    public async Task The_way_back_is_kept_where_it_is_ours()
    {
        using var browser = world.Host.Browser();
        var email = await world.Host.OpenAsync();

        await browser.GetAsync($"/c/{world.Campaign}/ballot");
        browser.Page!.Path.ShouldStartWith("/sign-in?to=");
        (await browser.SubmitAsync("/sign-in", ("email", email), ("password", PortalHost.Password))).Path.ShouldBe($"/c/{world.Campaign}/ballot");
    }

    [Fact]
    public async Task Nobody_is_sent_to_sign_in_for_what_knows_no_session()
    {
        var answer = await world.Host.Anyone.With("Authorization", "Bearer wrong").GetAsync("/assets/none");

        (answer.Status, answer.Headers["WWW-Authenticate"]).ShouldBe((401, "Bearer"));
        answer.Body.ShouldNotContain("href=\"/sign-in\"");
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/c/x?sort=new#top", true)]
    [InlineData("/c/ä", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("c/x", false)]
    public void An_address_is_ours_if_it_is_a_path(string? url, bool isOurs) => LocalUrl.IsLocal(url).ShouldBe(isOurs);
}
