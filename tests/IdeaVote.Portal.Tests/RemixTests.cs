using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>Building on an idea of somebody else, without scripts.</summary>
public sealed class RemixTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task The_form_begins_with_the_original_and_both_pages_link_to_each_other()
    {
        var campaign = await host.CampaignAsync();
        var original = await host.IdeaAsync(campaign, "A <bench>");
        using var ann = host.Browser();
        await ann.SignUpAsync(PortalHost.NewEmail());

        var page = await ann.GetAsync($"/c/{campaign}/ideas/{original}");
        var build = page.Markup.Of("a").Single(link => link.Text == "Build on this idea")["href"]!;
        var form = await ann.GetAsync(build);
        form.Markup.Of("a").ShouldContain(link => link["href"] == $"/c/{campaign}/ideas/{original}" && link.Text == "A <bench>");
        // Something is wrong with it first: the original stays.
        var wrong = await ann.SubmitAsync($"/c/{campaign}/new", ("title", ""));
        wrong.Status.ShouldBe(422);
        var made = await ann.SubmitAsync($"/c/{campaign}/new", ("title", "A bench with a roof"));

        made.Heading.ShouldBe("A bench with a roof");
        made.Html.ShouldContain("Builds on");
        made.Markup.Of("a").ShouldContain(link => link["href"] == $"/c/{campaign}/ideas/{original}" && link.Text == "A <bench>");
        var seen = await host.Browser().GetAsync($"/c/{campaign}/ideas/{original}");
        seen.Html.ShouldContain("Ideas that build on this one");
        seen.Markup.Of("a").ShouldContain(link => link["href"] == made.Path.Split('?')[0] && link.Text == "A bench with a roof");
        using var german = host.Browser("de");
        (await german.GetAsync(made.Path)).Html.ShouldContain("Baut auf");
    }

    [Fact]
    public async Task What_cannot_be_built_on_leaves_a_plain_form()
    {
        var campaign = await host.CampaignAsync();
        using var ann = host.Browser();
        await ann.SignUpAsync(PortalHost.NewEmail());

        (await ann.GetAsync($"/c/{campaign}/new?on=00000000000000000000")).Html.ShouldNotContain("Builds on");
        (await ann.SubmitAsync($"/c/{campaign}/new", ("title", "An idea"), ("on", "00000000000000000000"))).Problems.ShouldHaveSingleItem().ShouldContain("no such idea", Case.Insensitive);
    }

    [Fact]
    public async Task How_votes_grew_is_drawn_once_there_is_a_second_day_and_hidden_with_the_scores()
    {
        var campaign = await host.CampaignAsync();
        var hidden = await host.FullCampaignAsync(""" "hideScores":true """);
        foreach (var key in new[] { campaign, hidden })
        {
            await host.IdeaAsync(key, "Park");
            await host.CastAsync(key, """{"voter":"a","approve":["ref:Park"]}""", """{"voter":"b","approve":["ref:Park"]}""");
        }
        using var stranger = host.Browser();
        (await stranger.GetAsync($"/c/{campaign}/ideas/ref:Park")).Html.ShouldNotContain("class=\"spark\"");

        host.Clock.Advance(TimeSpan.FromDays(1));
        var page = await stranger.GetAsync($"/c/{campaign}/ideas/ref:Park");

        var drawing = page.Markup.Of("svg").Single(svg => svg["class"] == "spark");
        drawing["role"].ShouldBe("img");
        drawing["aria-label"].ShouldBe("How the votes grew since 1 Jan 2030: 2 votes now, 2 at most");
        page.Html.ShouldContain("<th scope=\"row\">2 Jan 2030</th><td class=\"number\">2</td>");
        (await stranger.GetAsync($"/c/{hidden}/ideas/ref:Park")).Html.ShouldNotContain("class=\"spark\"");
        using var analyst = await host.SignedInAsync(Engine.Accounts.Role.Analyst);
        (await analyst.GetAsync($"/c/{hidden}/ideas/ref:Park")).Html.ShouldContain("class=\"spark\"");
    }
}
