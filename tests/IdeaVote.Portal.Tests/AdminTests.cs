using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>Tokens, and how the server does, for administrators.</summary>
public sealed class AdminTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_token_is_shown_once_works_says_when_it_was_used_and_ends_when_it_is_revoked()
    {
        using var admin = await host.SignedInAsync(Role.Admin);
        await admin.GetAsync("/admin/tokens");

        var issued = await admin.SubmitAsync("/admin/tokens/new", ("name", "The <intranet>"), ("scope", "export"), ("days", "30"));

        issued.Status.ShouldBe(200);
        var token = issued.Markup.Of("input").Single(input => input["id"] == "issued")["value"]!;
        issued.Headers["Cache-Control"].ShouldContain("no-store");
        var row = Row(issued, "The <intranet>");
        row.Text.ShouldContain("export");
        row.Text.ShouldContain("not since the start");
        await host.Anyone.WithToken(token).GetAsync("campaigns").Expect(200);
        var listed = await admin.GetAsync("/admin/tokens");
        listed.Html.ShouldNotContain(token);
        Row(listed, "The <intranet>").Text.ShouldContain("just now");

        var revoke = listed.Markup.Within(Row(listed, "The <intranet>")).Single(element => element.Name == "form")["action"]!;
        (await admin.SubmitAsync(revoke)).Notice.ShouldBe("The token has been revoked. It is refused from now on.");
        await host.Anyone.WithToken(token).GetAsync("campaigns").Refused(401, "invalid_token");
        admin.Page!.Html.ShouldNotContain("The &lt;intranet&gt;");
    }

    [Theory]
    [InlineData("", "export", "", "90", "Fill this in.")]
    [InlineData("Intranet", "", "", "90", "A token has at least one scope.")]
    [InlineData("Intranet", "vote", "", "90", "A token that can only vote needs the voter it votes as.")]
    [InlineData("Intranet", "vote", "a\u0001b", "90", "A voter's id is 1 to 200 characters, none of them a control character.")]
    [InlineData("Intranet", "export", "", "0", "A token lasts 1 to 3,650 days, or for ever.")]
    [InlineData("Intranet", "export", "", "99999999999", "A token lasts 1 to 3,650 days, or for ever.")]
    public async Task What_is_wrong_is_said_and_what_was_filled_in_stays(string name, string scope, string voter, string days, string problem)
    {
        using var admin = await host.SignedInAsync(Role.Admin);
        await admin.GetAsync("/admin/tokens");

        var answer = await admin.SubmitAsync("/admin/tokens/new", ("name", name), ("scope", scope), ("voter", voter), ("days", days));

        answer.Status.ShouldBe(422);
        answer.Problems.ShouldBe([problem]);
        answer.Form("/admin/tokens/new").ShouldContain(field => field.Key == "name" && field.Value == name);
        answer.Markup.Of("input").ShouldNotContain(input => input["id"] == "issued");
    }

    [Fact]
    public async Task Tokens_are_found_by_name_and_voter()
    {
        await host.Admin.PostAsync("tokens", """{"name":"Kiosk","scopes":["vote"],"voter":"hall-7"}""").Expect(201);
        using var admin = await host.SignedInAsync(Role.Admin);

        (await admin.GetAsync("/admin/tokens?q=kiosk")).Html.ShouldContain("hall-7");
        (await admin.GetAsync("/admin/tokens?q=HALL-7")).Html.ShouldContain("Kiosk");
        (await admin.GetAsync("/admin/tokens?q=nobody")).Markup.Of("table").ShouldBeEmpty();
    }

    [Fact]
    public async Task How_the_server_does_is_told_in_words_and_figures()
    {
        var campaign = await host.CampaignAsync();
        await host.IdeaAsync(campaign, "A bench");
        using var admin = await host.SignedInAsync(Role.Admin);

        var page = await admin.GetAsync("/admin/load");

        page.Html.ShouldContain("Takes requests");
        foreach (var projection in new[] { "search", "backers", "discussions" })
            page.Markup.Of("dt").ShouldContain(term => term.Text == $"Projection {projection}");
        foreach (var fact in new[] { "Journal position", "Commands waiting", "Aggregates in memory", "Open pages listening", "Memory", "Data folder" })
            page.Markup.Of("dt").ShouldContain(term => term.Text == fact);
        page.Markup.Of("svg").Where(figure => figure["role"] == "img").ShouldAllBe(figure => figure["aria-label"]!.Contains("at most"));
        page.Markup.Elements.ShouldContain(element => element.Has("data-poll"));
    }

    private static Element Row(PageView page, string name) =>
        page.Markup.Of("tr").Single(row => page.Markup.Within(row).Any(cell => cell.Name == "th" && cell.Text == name));
}
