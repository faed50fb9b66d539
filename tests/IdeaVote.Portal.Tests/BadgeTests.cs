using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>Badges are worked out from what happened.</summary>
public sealed class BadgeTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Whoever_is_answered_on_the_idea_of_another_is_helpful()
    {
        var campaign = await host.CampaignAsync(""" "preset":"continuous","approve":{} """);
        var team = $"/c/{campaign}/ideas/{await host.IdeaAsync(campaign, "A bench")}";
        using var ann = host.Browser();
        using var bob = host.Browser();
        await ann.SignUpAsync(PortalHost.NewEmail());
        await bob.SignUpAsync(PortalHost.NewEmail(), "Bob");
        await ann.GetAsync($"/c/{campaign}/new");
        var own = (await ann.SubmitAsync($"/c/{campaign}/new", ("title", "A tree"), ("body", "In the yard"))).Path.Split('#', '?')[0];
        Badges(await ann.GetAsync("/me")).ShouldBe(["First idea"]);

        // Nobody answers; one answers oneself; somebody answers on one's own idea: none of it counts.
        await SayAsync(ann, team, "Where would it stand?");
        await ann.SubmitAsync(Reply(ann), ("text", "Near the gate?"));
        await SayAsync(ann, own, "An oak, perhaps.");
        await bob.GetAsync(own);
        await bob.SubmitAsync(Reply(bob), ("text", "A lime tree."));
        Badges(await ann.GetAsync("/me")).ShouldBe(["First idea"]);

        await bob.GetAsync(team);
        await bob.SubmitAsync(Reply(bob), ("text", "By the door."));
        Badges(await ann.GetAsync("/me")).ShouldBe(["First idea", "Helpful"]);
        Badges(await bob.GetAsync("/me")).ShouldBeEmpty();
    }

    private static async Task SayAsync(Browser browser, string idea, string text)
    {
        await browser.GetAsync(idea);
        await browser.SubmitAsync(idea + "/talk", ("text", text));
    }

    private static string Reply(Browser browser) =>
        browser.Page!.Markup.Of("form").Select(form => form["action"]!).First(action => action.EndsWith("/reply", StringComparison.Ordinal));

    private static IEnumerable<string> Badges(PageView page) =>
        page.Markup.Of("ul").Where(list => list["class"] == "badges").SelectMany(list => page.Markup.Within(list)).Where(element => element.Name == "b").Select(badge => badge.Text);
}
