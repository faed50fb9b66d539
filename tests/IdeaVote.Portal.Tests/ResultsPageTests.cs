using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>A team announces the result on a page of its own, and everybody reads it on another.</summary>
public sealed class ResultsPageTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_team_closes_previews_and_announces_and_strangers_read_it()
    {
        var (campaign, ids) = await BeginAsync();
        using var team = await host.SignedInAsync(Role.Team, campaign);
        using var stranger = host.Browser();
        (await stranger.GetAsync($"/c/{campaign}/results")).Html.ShouldContain("No result has been announced yet");
        (await stranger.GetAsync($"/c/{campaign}")).Html.ShouldNotContain("/results");
        (await team.GetAsync($"/c/{campaign}/announce")).Html.ShouldContain("Voting is open, or is still to come.");
        await team.GetAsync($"/c/{campaign}/team");
        (await team.SubmitAsync($"/c/{campaign}/stage", ("stage", "over"))).Html.ShouldContain($"/c/{campaign}/announce");

        var form = await team.GetAsync($"/c/{campaign}/announce");
        form.Markup.Of("input").Count(input => input["name"] == "chosen").ShouldBe(2);
        var preview = await team.SubmitAsync($"/c/{campaign}/announce", ("text", "We **begin** here."), ("chosen", ids[1]), ("preview", "1"));
        preview.Html.ShouldContain("Nothing is announced yet.");
        preview.Html.ShouldContain("We <strong>begin</strong> here.");
        preview.Html.ShouldContain("Ranked higher, and not chosen");
        (await stranger.GetAsync($"/c/{campaign}/results")).Html.ShouldContain("No result has been announced yet");

        var announced = await team.SubmitAsync($"/c/{campaign}/announce", ("text", "We **begin** here."), ("chosen", ids[1]));
        announced.Path.ShouldBe($"/c/{campaign}/results");
        announced.Notice.ShouldBe("Announced. Everybody who took part hears of it.");

        var page = await stranger.GetAsync($"/c/{campaign}/results");
        page.Html.ShouldContain("We <strong>begin</strong> here.");
        page.Html.ShouldContain("No. 2");
        page.Html.ShouldContain("people voted");
        page.Html.ShouldContain($"/c/{campaign}/leaderboard?by=approvals");
        page.Html.ShouldContain($"/c/{campaign}/leaderboard.csv?by=approvals");
        page.Html.ShouldContain("Check it yourself");
        page.Html.ShouldNotContain("Correct the results");
        var campaignPage = await stranger.GetAsync($"/c/{campaign}");
        campaignPage.Html.ShouldContain("The results are in");
    }

    [Fact]
    public async Task A_correction_begins_with_what_was_said_and_is_shown_as_one()
    {
        var (campaign, ids) = await BeginAsync();
        using var team = await host.SignedInAsync(Role.Team, campaign);
        await CloseAsync(campaign);
        await team.GetAsync($"/c/{campaign}/announce");
        await team.SubmitAsync($"/c/{campaign}/announce", ("text", "First words"), ("chosen", ids[0]), ("by", "rating"));

        var form = await team.GetAsync($"/c/{campaign}/announce");
        form.Html.ShouldContain("First words");
        form.Markup.Of("input").Where(input => input["name"] == "chosen" && input["checked"] is not null).Select(input => input["value"]).ShouldBe([ids[0]]);
        form.Form($"/c/{campaign}/announce").ShouldContain(field => field.Key == "by" && field.Value == "rating");
        host.Clock.Jump(TimeSpan.FromDays(1));
        var corrected = await team.SubmitAsync($"/c/{campaign}/announce", ("text", "Better words"));

        corrected.Html.ShouldContain("Better words");
        corrected.Html.ShouldContain("corrected");
    }

    [Fact]
    public async Task What_is_wrong_comes_back_in_the_form()
    {
        var (campaign, ids) = await BeginAsync();
        using var team = await host.SignedInAsync(Role.Team, campaign);
        await CloseAsync(campaign);
        await team.GetAsync($"/c/{campaign}/announce");

        var empty = await team.SubmitAsync($"/c/{campaign}/announce", ("text", " "), ("chosen", ids[0]));
        empty.Status.ShouldBe(422);
        empty.Problems.ShouldBe(["Fill this in."]);
        empty.Markup.Of("input").Count(input => input["name"] == "chosen" && input["checked"] is not null).ShouldBe(1);

        var unknown = await team.SubmitAsync($"/c/{campaign}/announce", ("text", "Words"), ("chosen", "<script>"));
        unknown.Status.ShouldBe(422);
        unknown.Html.ShouldContain("Words");
        unknown.Html.ShouldNotContain("<script>\"");
    }

    [Fact]
    public async Task It_speaks_German_and_hostile_words_do_no_harm()
    {
        var (campaign, ids) = await BeginAsync();
        using var team = await host.SignedInAsync(Role.Team, campaign);
        await CloseAsync(campaign);
        await team.GetAsync($"/c/{campaign}/announce");
        await team.SubmitAsync($"/c/{campaign}/announce", ("text", "<img src=x onerror=alert(1)> [x](javascript:alert(1))"), ("chosen", ids[0]));

        using var german = host.Browser("de");
        var page = await german.GetAsync($"/c/{campaign}/results");

        page.Html.ShouldContain("Das Ergebnis");
        page.Html.ShouldNotContain("<img src=x");
        page.Html.ShouldNotContain("href=\"javascript:");
    }

    private async Task<(string Campaign, string[] Ideas)> BeginAsync()
    {
        var campaign = await host.FullCampaignAsync(""" "brief":"What **next**?","stages":[{"name":"open","allows":["submit","discuss","vote"]},{"name":"over","allows":[]}] """);
        string[] ids = [await host.IdeaAsync(campaign, "a"), await host.IdeaAsync(campaign, "b")];
        await host.CastAsync(campaign, """{"voter":"1","approve":["ref:a","ref:b"]}""", """{"voter":"2","approve":["ref:a"]}""");
        return (campaign, ids);
    }

    private Task<Answer> CloseAsync(string campaign) => host.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"over"}""").Expect(200);
}
