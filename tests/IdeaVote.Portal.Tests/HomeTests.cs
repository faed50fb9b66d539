using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>The page at the root.</summary>
public sealed class HomeTests
{
    private const string Open = """ "preset":"continuous","approve":{} """;

    [Fact]
    public async Task What_ends_first_stands_first_and_what_is_over_below_with_what_did_best()
    {
        await using var host = await StartAsync();
        using var stranger = host.Browser();
        var endless = await host.CampaignAsync(Open);
        var week = await host.CampaignAsync(Ending(host, TimeSpan.FromDays(7)));
        var day = await host.CampaignAsync(Ending(host, TimeSpan.FromDays(1)));
        var over = await host.CampaignAsync(Open);
        var ideas = await host.IdeasAsync(over, "Third", "First", "Second", "Last");
        foreach (var (idea, votes) in ideas.Zip([1, 3, 2, 0]))
            for (var i = 0; i < votes; i++)
                await (await host.VoterAsync($"voter {i}")).PutAsync($"campaigns/{over}/ideas/{idea}/approval").Expect(200);
        await host.Admin.PutAsync($"campaigns/{over}/stage", """{"stage":"closed"}""").Expect(200);

        var home = await stranger.GetAsync("/");

        Campaigns(home).ShouldBe([day, week, endless, over]);
        var best = home.Markup.Of("ol").Single(list => list["class"] == "winners");
        home.Markup.Within(best).Where(element => element.Name == "a").Select(link => link.Text).ShouldBe(["First", "Second", "Third"]);
    }

    [Fact]
    public async Task Results_that_do_not_fit_are_on_pages_of_their_own()
    {
        await using var host = await StartAsync();
        using var stranger = host.Browser();
        var closed = new List<string>();
        for (var i = 0; i < 14; i++)
        {
            closed.Add(await host.CampaignAsync(Open));
            await host.Admin.PutAsync($"campaigns/{closed[i]}/stage", """{"stage":"closed"}""").Expect(200);
        }
        closed.Reverse();

        Campaigns(await stranger.GetAsync("/")).ShouldBe(closed[..12]);
        var next = stranger.Page!.Markup.Of("a").Single(link => link["rel"] == "next")["href"]!;
        Campaigns(await stranger.GetAsync(next)).ShouldBe(closed[12..]);
        stranger.Page!.Markup.Of("a").ShouldContain(link => link["rel"] == "prev");
        Campaigns(await stranger.GetAsync("/?page=99")).ShouldBe(closed[12..]);
        (await stranger.GetAsync("/?page=-1")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Whoever_has_signed_in_sees_what_they_have_not_voted_on_until_they_have()
    {
        await using var host = await StartAsync();
        var (endless, day) = (await host.CampaignAsync(Open), await host.CampaignAsync(Ending(host, TimeSpan.FromDays(1))));
        var bench = await host.IdeaAsync(endless, "A bench");
        var tree = await host.IdeaAsync(day, "A tree");
        using var stranger = host.Browser();
        using var ann = host.Browser();
        await ann.SignUpAsync(PortalHost.NewEmail());

        Suggested(await stranger.GetAsync("/")).ShouldBeEmpty();
        var home = await ann.GetAsync("/");
        Suggested(home).ShouldBe([$"/c/{day}/ideas/{tree}", $"/c/{endless}/ideas/{bench}"]);
        home.Html.ShouldContain("Last chance to vote");
        home.Html.ShouldContain("For you");

        await ann.GetAsync($"/c/{endless}");
        await ann.SubmitAsync($"/c/{endless}/ideas/{bench}/approve");
        Suggested(await ann.GetAsync("/")).ShouldBe([$"/c/{day}/ideas/{tree}"]);
        await ann.GetAsync($"/c/{day}");
        await ann.SubmitAsync($"/c/{day}/ideas/{tree}/approve");
        Suggested(await ann.GetAsync("/")).ShouldBeEmpty();
        ann.Page!.Html.ShouldContain("You have had your say on everything that is open.");
    }

    [Fact]
    public async Task Nothing_is_told_of_scores_that_are_hidden()
    {
        await using var host = await StartAsync();
        var campaign = await host.CampaignAsync(
            """ "approve":{},"hideScores":true,"stages":[{"name":"vote","allows":["submit","vote"]},{"name":"rest","allows":[]},{"name":"again","allows":["vote"]}] """);
        var idea = await host.IdeaAsync(campaign, "A bench");
        await (await host.VoterAsync("one")).PutAsync($"campaigns/{campaign}/ideas/{idea}/approval").Expect(200);
        await host.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"rest"}""").Expect(200);
        using var stranger = host.Browser();
        using var analyst = await host.SignedInAsync(Role.Analyst);

        foreach (var browser in new[] { analyst, stranger })
        {
            var home = await browser.GetAsync("/");
            Campaigns(home).ShouldBe([campaign]);
            home.Markup.Of("ol").ShouldBeEmpty();
        }
        stranger.Page!.Html.ShouldNotContain("1 voter");
    }

    private static async Task<PortalHost> StartAsync()
    {
        var host = new PortalHost();
        await host.InitializeAsync();
        return host;
    }

    private static string Ending(PortalHost host, TimeSpan time) =>
        $$""" "approve":{},"stages":[{"name":"vote","allows":["submit","vote"]},{"name":"closed","allows":[],"starts":"{{host.Clock.After(time)}}"}] """;

    private static IEnumerable<string> Campaigns(PageView page) =>
        page.Markup.Of("a").Where(link => link["class"] == "stretched" && !link["href"]!.Contains("/ideas/")).Select(link => link["href"]!["/c/".Length..]);

    private static IEnumerable<string> Suggested(PageView page) =>
        page.Markup.Of("a").Where(link => link["class"] == "stretched" && link["href"]!.Contains("/ideas/")).Select(link => link["href"]!);
}
