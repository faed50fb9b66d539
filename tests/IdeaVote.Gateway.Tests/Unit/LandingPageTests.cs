using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Landing;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class LandingPageTests
{
    private static readonly Pseudonyms Names = new(new byte[32]);

    [Fact]
    public void Titles_and_stages_are_text_and_never_markup()
    {
        var page = LandingPage.Render([View("k", "<script>alert(1)</script>", "\"><b>")], new Instant(0), "");

        page.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("<b>");
        page.ShouldContain("href=\"/api/v1/campaigns/k\"");
    }

    [Fact]
    public void Without_campaigns_it_says_how_to_make_one() =>
        LandingPage.Render([], new Instant(0), "").ShouldContain("POST /api/v1/campaigns");

    [Fact]
    public void Links_follow_the_path_the_server_is_reached_under() =>
        LandingPage.Render([], new Instant(0), "/votes").ShouldContain("href=\"/votes/openapi/v1.json\"");

    [Fact]
    public void Of_many_campaigns_the_newest_are_shown()
    {
        CampaignView[] many = [.. Enumerable.Range(0, 120).Select(i => View($"k{i}", $"Title {i}.", "open"))];

        var page = LandingPage.Render(many, new Instant(0), "");

        page.ShouldContain("Title 119.");
        page.ShouldNotContain("Title 19.");
        page.ShouldContain("newest 100 of 120");
    }

    private static CampaignView View(string key, string title, string stage)
    {
        var rules = new Rules(null, null, null, true, false, null, WhoMayVote.Anyone, [], false);
        var state = Campaign.Restore(1, new TextRef(new TextId(Names.RandomId()), ""), Preset.Continuous, rules, [new Stage(Allows.None, null)], 0, new Instant(0), false);
        return new CampaignView(Names.Campaign(key), new CampaignText(key, title, "", [stage], [], null, []), state);
    }
}
