using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>Who is shown the form to edit an idea, and what becomes of it.</summary>
public sealed class EditingTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Only_its_author_and_the_team_are_shown_the_form_to_edit_an_idea()
    {
        var campaign = await host.FullCampaignAsync(""" "brief":"" """);
        using var author = await host.SignedInAsync();
        await author.GetAsync($"/c/{campaign}/new");
        var path = (await author.SubmitAsync($"/c/{campaign}/new", ("title", "Mine"))).Path;
        using var other = host.Browser();
        await other.SignUpAsync(PortalHost.NewEmail());
        using var team = await host.SignedInAsync(Engine.Accounts.Role.Team, campaign);

        foreach (var may in new[] { author, team })
            (await may.GetAsync(path + "/edit")).Form(path + "/edit").ShouldContain(field => field.Key == "title" && field.Value == "Mine");
        var refused = await other.GetAsync(path + "/edit");
        refused.Status.ShouldBe(403);
        refused.Html.ShouldContain("Only the author and the team may edit an idea.");
        refused.Markup.Of("form").ShouldNotContain(form => form["action"] == path + "/edit");
        (await other.GetAsync(path)).Html.ShouldNotContain("/edit\"");
    }

    [Fact]
    public async Task Whoever_submits_without_end_is_told_to_wait_and_keeps_what_was_typed()
    {
        var campaign = await host.FullCampaignAsync(""" "brief":"" """);
        using var ann = host.Browser();
        await ann.SignUpAsync(PortalHost.NewEmail());
        await ann.GetAsync($"/c/{campaign}/new");
        for (var i = 0; i < 30; i++)
            (await ann.SendAsync($"/c/{campaign}/new", ("title", ""))).Status.ShouldBe(422);

        var answer = await ann.SendAsync($"/c/{campaign}/new", ("title", "One too many"));

        answer.Status.ShouldBe(429);
        answer.Headers["Retry-After"].ShouldBe("60");
        answer.Problems.ShouldBe(["That was too often in a row. Wait a minute and try again."]);
        answer.Form($"/c/{campaign}/new").ShouldContain(field => field.Key == "title" && field.Value == "One too many");
    }
}
