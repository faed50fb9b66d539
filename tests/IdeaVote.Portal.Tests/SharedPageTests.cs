using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>The page of a campaign is rendered once for many: nobody sees anything of another, and nothing on it is older than the last vote.</summary>
public sealed class SharedPageTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Each_sees_their_own_name_token_and_votes_and_a_stranger_none_of_them()
    {
        var (campaign, idea) = await BeginAsync();
        using var ann = host.Browser();
        using var bob = host.Browser();
        using var stranger = host.Browser();
        await ann.SignUpAsync(PortalHost.NewEmail(), "Ann <b>Bold</b>");
        await bob.SignUpAsync(PortalHost.NewEmail(), "Bob");

        var hers = await ann.GetAsync($"/c/{campaign}");
        var his = await bob.GetAsync($"/c/{campaign}");
        await ann.GetAsync($"/c/{campaign}");
        await ann.SubmitAsync($"/c/{campaign}/ideas/{idea}/approve");

        var after = await ann.GetAsync($"/c/{campaign}");
        after.Html.ShouldContain("Ann &lt;b&gt;Bold&lt;/b&gt;");
        Approve(after, campaign, idea)["aria-pressed"].ShouldBe("true");
        Approve(await bob.GetAsync($"/c/{campaign}"), campaign, idea)["aria-pressed"].ShouldBe("false");
        bob.Page!.Html.ShouldContain("Bob");
        bob.Page.Html.ShouldNotContain("Bold");
        hers.Token.ShouldNotBe(his.Token);
        // Each form is good for its own visitor only.
        (await bob.AskAsync(HttpMethod.Post, $"/c/{campaign}/ideas/{idea}/approve", new FormUrlEncodedContent([new(Browser.TokenField, hers.Token), new("approve", "yes")]))).Status.ShouldBe(400);
        (await bob.SubmitAsync($"/c/{campaign}/ideas/{idea}/approve")).Status.ShouldBe(200);
        var seen = await stranger.GetAsync($"/c/{campaign}");
        seen.Html.ShouldNotContain("Bob");
        seen.Markup.Of("form").ShouldNotContain(form => form["method"] == "post");
        Count(seen).ShouldBe("2");
    }

    [Fact]
    public async Task A_vote_an_edit_and_an_erasure_show_at_once()
    {
        var (campaign, idea) = await BeginAsync();
        using var stranger = host.Browser();
        Count(await stranger.GetAsync($"/c/{campaign}")).ShouldBe("0");

        await (await host.VoterAsync("late")).PutAsync($"campaigns/{campaign}/ideas/{idea}/approval").Expect(200);
        Count(await stranger.GetAsync($"/c/{campaign}")).ShouldBe("1");

        await host.Admin.PatchAsync($"campaigns/{campaign}/ideas/{idea}", """{"title":"A longer bench"}""").Expect(200);
        (await stranger.GetAsync($"/c/{campaign}")).Html.ShouldContain("A longer bench");

        await (await host.VoterAsync("writer")).PostAsync($"campaigns/{campaign}/ideas", """{"title":"A kiosk"}""").Expect(201);
        (await stranger.GetAsync($"/c/{campaign}")).Html.ShouldContain("A kiosk");
        await host.Admin.DeleteAsync("persons/writer").Expect(200);
        (await stranger.GetAsync($"/c/{campaign}")).Html.ShouldNotContain("A kiosk");
    }

    [Fact]
    public async Task What_is_hidden_stays_hidden_whoever_looked_before()
    {
        var campaign = await host.CampaignAsync(""" "preset":"continuous","hideScores":true,"approve":{} """);
        var idea = await host.IdeaAsync(campaign, "A bench");
        await (await host.VoterAsync("one")).PutAsync($"campaigns/{campaign}/ideas/{idea}/approval").Expect(200);
        using var analyst = await host.SignedInAsync(Role.Analyst);
        using var customer = await host.SignedInAsync();
        using var stranger = host.Browser();

        foreach (var _ in Enumerable.Range(0, 2))
        {
            Count(await analyst.GetAsync($"/c/{campaign}")).ShouldBe("1");
            Counts(await customer.GetAsync($"/c/{campaign}")).ShouldBeEmpty();
            Counts(await stranger.GetAsync($"/c/{campaign}")).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Each_language_and_light_has_its_own()
    {
        var (campaign, _) = await BeginAsync();
        using var english = host.Browser();
        using var german = host.Browser("de");

        await english.GetAsync($"/c/{campaign}");
        (await german.GetAsync($"/c/{campaign}")).Markup.Elements[0]["lang"].ShouldBe("de");
        german.Page!.Html.ShouldContain("Anmelden");
        await german.GetAsync("/preferences?theme=dark");
        (await german.GetAsync($"/c/{campaign}")).Markup.Elements[0]["data-theme"].ShouldBe("dark");
        (await english.GetAsync($"/c/{campaign}")).Markup.Elements[0].Has("data-theme").ShouldBeFalse();
    }

    private static Element Approve(PageView page, string campaign, string idea) =>
        page.Markup.Within(page.Markup.Of("form").Single(form => form["action"] == $"/c/{campaign}/ideas/{idea}/approve")).Single(element => element.Name == "button");

    private static IEnumerable<Element> Counts(PageView page) => page.Markup.Elements.Where(element => element["data-count"] == "approvals");

    private static string Count(PageView page) => Counts(page).ShouldHaveSingleItem().Text;

    private async Task<(string Campaign, string Idea)> BeginAsync()
    {
        var campaign = await host.CampaignAsync(""" "preset":"continuous","approve":{} """);
        return (campaign, await host.IdeaAsync(campaign, "A bench"));
    }
}
