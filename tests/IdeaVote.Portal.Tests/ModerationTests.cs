using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>What was reported reaches the team's page, and what the team decides reaches who wrote it.</summary>
public sealed class ModerationTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Reports_wait_on_the_teams_page_with_their_reasons_and_without_who_reported()
    {
        var (campaign, idea) = await BeginAsync();
        using var bob = await SignUpAsync("Bob Bold");
        using var ann = await SignUpAsync("Ann Anxious");
        using var cleo = await SignUpAsync("Cleo Calm");
        using var team = await host.SignedInAsync(Role.Team, campaign);
        (await team.GetAsync($"/c/{campaign}/team")).Html.ShouldContain("Nothing is reported.");
        await SayAsync(bob, campaign, idea, "Buy my **umbrellas**!");
        await ReportAsync(ann, campaign, idea, "spam");
        await ReportAsync(cleo, campaign, idea, "spam");
        using var dora = await SignUpAsync("Dora");
        await ReportAsync(dora, campaign, idea, "off_topic");

        var page = await team.GetAsync($"/c/{campaign}/team");

        page.Html.ShouldContain("Bob Bold");
        page.Html.ShouldContain("Buy my umbrellas!");
        page.Html.ShouldContain("3 reports");
        page.Markup.Of("span").ShouldContain(mark => mark.Text == "spam × 2");
        page.Html.ShouldContain("off the topic");
        page.Html.ShouldNotContain("Ann Anxious");
        page.Html.ShouldNotContain("Cleo Calm");
    }

    [Fact]
    public async Task Hidden_from_there_its_author_hears_why()
    {
        var (campaign, idea) = await BeginAsync();
        using var bob = await SignUpAsync("Bob");
        using var ann = await SignUpAsync("Ann");
        using var team = await host.SignedInAsync(Role.Team, campaign);
        await SayAsync(bob, campaign, idea, "You are all fools");
        await ReportAsync(ann, campaign, idea, "other");

        await team.GetAsync($"/c/{campaign}/team");
        var after = await team.SubmitAsync(Moderation(team), ("reason", "abuse"));

        after.Path.ShouldBe($"/c/{campaign}/team");
        after.Notice.ShouldBe("The comment is hidden.");
        after.Html.ShouldContain("Nothing is reported.");
        var news = await NewsAsync(bob, "The team has hidden your comment");
        news.ShouldContain("The team has hidden your comment: insult or threat.");
        news.ShouldContain("You are all fools");
        (await ann.GetAsync($"/c/{campaign}/ideas/{idea}")).Html.ShouldNotContain("You are all fools");
    }

    [Fact]
    public async Task Kept_it_stays_and_its_reports_are_settled()
    {
        var (campaign, idea) = await BeginAsync();
        using var bob = await SignUpAsync("Bob");
        using var ann = await SignUpAsync("Ann");
        using var team = await host.SignedInAsync(Role.Team, campaign);
        await SayAsync(bob, campaign, idea, "I see it otherwise");
        await ReportAsync(ann, campaign, idea, "abuse");

        await team.GetAsync($"/c/{campaign}/team");
        var keep = team.Page!.Markup.Of("form").Count(form => form["action"]!.EndsWith("/moderate", StringComparison.Ordinal));
        keep.ShouldBe(2);
        var after = await team.SubmitAsync(Moderation(team), ("reason", ""));

        after.Notice.ShouldBe("The comment is shown; its reports are settled.");
        after.Html.ShouldContain("Nothing is reported.");
        (await ann.GetAsync($"/c/{campaign}/ideas/{idea}")).Html.ShouldContain("I see it otherwise");
    }

    [Fact]
    public async Task An_idea_that_the_team_hides_tells_its_author_why_and_is_gone_for_others()
    {
        var (campaign, _) = await BeginAsync();
        using var bob = await SignUpAsync("Bob");
        using var ann = await SignUpAsync("Ann");
        using var team = await host.SignedInAsync(Role.Team, campaign);
        await bob.GetAsync($"/c/{campaign}/new");
        await bob.SubmitAsync($"/c/{campaign}/new", ("title", "Fire Bert"));
        var path = bob.Page!.Path;
        await ann.GetAsync(path);
        await ann.SubmitAsync(path + "/approve");

        await team.GetAsync(path);
        await team.SubmitAsync(path + "/status", ("status", "hidden"), ("answer", "It **names** a person."));

        (await ann.GetAsync(path)).Status.ShouldBe(404);
        var seen = await bob.GetAsync(path);
        seen.Html.ShouldContain("The team has hidden this idea.");
        seen.Html.ShouldContain("It <strong>names</strong> a person.");
        (await NewsAsync(bob, "Your idea is now")).ShouldContain("It names a person.");
        var others = await NewsAsync(ann, "An idea that the team has hidden");
        others.ShouldNotContain("Fire Bert");
        others.ShouldNotContain("names a person");
        var ballot = (await ann.GetAsync($"/c/{campaign}/ballot")).Html;
        ballot.ShouldContain("An idea that the team has hidden");
        ballot.ShouldNotContain("Fire Bert");
    }

    private async Task<(string Campaign, string Idea)> BeginAsync()
    {
        var campaign = await host.FullCampaignAsync(""" "stages":[{"name":"open","allows":["submit","discuss","vote"]}] """);
        return (campaign, await host.IdeaAsync(campaign, "Idea"));
    }

    private async Task<Browser> SignUpAsync(string name)
    {
        var browser = host.Browser();
        await browser.SignUpAsync(PortalHost.NewEmail(), name);
        return browser;
    }

    private static async Task SayAsync(Browser browser, string campaign, string idea, string text)
    {
        await browser.GetAsync($"/c/{campaign}/ideas/{idea}");
        (await browser.SubmitAsync($"/c/{campaign}/ideas/{idea}/talk", ("text", text))).Notice.ShouldBe("Posted.");
    }

    private static async Task ReportAsync(Browser browser, string campaign, string idea, string reason)
    {
        await browser.GetAsync($"/c/{campaign}/ideas/{idea}");
        var action = browser.Page!.Markup.Of("form").Select(form => form["action"]!).First(one => one.EndsWith("/report", StringComparison.Ordinal));
        await browser.SubmitAsync(action, ("reason", reason));
    }

    private static string Moderation(Browser team) =>
        team.Page!.Markup.Of("form").Select(form => form["action"]!).First(action => action.EndsWith("/moderate", StringComparison.Ordinal));

    /// <summary>News follow behind what happens: asked for until they are there.</summary>
    private static async Task<string> NewsAsync(Browser browser, string expected)
    {
        var html = "";
        await Eventually.HoldsAsync(async () => (html = (await browser.GetAsync("/me/news")).Html).Contains(expected, StringComparison.Ordinal));
        return html;
    }
}
