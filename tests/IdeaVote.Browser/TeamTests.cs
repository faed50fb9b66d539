using IdeaVote.Engine.Accounts;
using Microsoft.Playwright;

namespace IdeaVote.Browser;

/// <summary>What a product team does.</summary>
public sealed class TeamTests(Site site) : IClassFixture<Site>
{
    [BrowserTheory]
    [MemberData(nameof(Ways.One), MemberType = typeof(Ways))]
    public async Task A_team_opens_a_campaign_looks_at_ideas_merges_two_answers_and_ships(bool scripts, bool isPhone)
    {
        await using var grace = await site.StaffAsync(Role.Admin, scripts: scripts, isPhone: isPhone);
        var page = grace.Page;
        var title = $"A better kitchen {(scripts ? "with" : "without")} scripts {(isPhone ? "on a phone" : "at a desk")}";
        var campaign = $"/c/{title.ToLowerInvariant().Replace(' ', '-')}";
        await grace.OpenAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "New campaign" }).ClickAsync();
        await page.GetByLabel("Title").FillAsync(title);
        await page.GetByLabel("The team looks at each new idea before others see it").CheckAsync();
        await page.GetByLabel("Decide which of two is better").CheckAsync();
        await (scripts ? Task.CompletedTask : grace.PressAsync("Update the preview"));
        await page.Locator(".preview-side").GetByText(title).WaitForAsync();
        await page.Locator(".preview-side").GetByText("Decide which of two is better").WaitForAsync();
        await grace.PressAsync("Open campaign");
        await page.GetByText("The campaign is open.").WaitForAsync();
        page.Url.ShouldEndWith($"{campaign}/team");

        await using var ada = await site.CustomerAsync("Ada", scripts, isPhone);
        await ada.OpenAsync($"{campaign}/new");
        await ada.Page.GetByLabel("What is your idea?").FillAsync("A bigger oven");
        await ada.PressAsync("Submit");
        await ada.Page.GetByText("Your idea has reached the team.").WaitForAsync();
        await using var bob = await site.VisitorAsync(scripts, isPhone);
        await bob.OpenAsync(campaign);
        (await bob.Page.GetByText("A bigger oven").CountAsync()).ShouldBe(0);

        await page.ReloadAsync();
        await grace.PressAsync("Publish");
        await page.GetByText("No idea waits to be looked at.").WaitForAsync();
        await ada.Page.ReloadAsync();
        await ada.PressAsync("Approve");
        await MergeAsync(grace, ada, campaign);

        await grace.OpenAsync(campaign);
        await page.GetByRole(AriaRole.Link, new() { Name = "A bigger oven" }).ClickAsync();
        await page.GetByText("Set status and answer").ClickAsync();
        await page.GetByLabel("Status", new() { Exact = true }).SelectOptionAsync("shipped");
        await page.GetByLabel("Answer to those who voted").FillAsync("It is **there**.");
        await grace.PressAsync("Save");
        await page.GetByRole(AriaRole.Heading, new() { Name = "The team says" }).WaitForAsync();

        await bob.OpenAsync($"{campaign}/roadmap");
        await bob.Page.GetByRole(AriaRole.Link, new() { Name = "A bigger oven" }).WaitForAsync();
        await ada.OpenAsync($"{campaign}/ballot");
        await ada.Page.GetByText("The team has answered").WaitForAsync();
    }

    /// <summary>Somebody says the same again, and who votes for both counts once.</summary>
    private static async Task MergeAsync(Visitor grace, Visitor ada, string campaign)
    {
        var page = grace.Page;
        await grace.OpenAsync($"{campaign}/new");
        await page.GetByLabel("What is your idea?").FillAsync("An oven that is bigger");
        await grace.PressAsync("Submit");
        await page.GetByRole(AriaRole.Heading, new() { Name = "An oven that is bigger" }).WaitForAsync();
        var again = new Uri(page.Url).AbsolutePath;
        await grace.OpenAsync($"{campaign}/team");
        await grace.PressAsync("Publish");
        await page.GetByText("No idea waits to be looked at.").WaitForAsync();
        await ada.OpenAsync(again);
        await ada.PressAsync("Approve");
        await ada.Page.GetByText("Approved").First.WaitForAsync();

        await grace.OpenAsync(again);
        await page.GetByText("Set status and answer").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Merge into another idea" }).ClickAsync();
        await page.GetByLabel("A bigger oven").CheckAsync();
        await grace.PressAsync("Merge");
        await page.GetByText("The ideas are merged.").WaitForAsync();
        await ada.UntilAsync($"{campaign}/ballot", "Counts your vote on An oven that is bigger");
        (await ada.Page.Locator(".ballot > li").CountAsync()).ShouldBe(1);

        await grace.PressAsync("Undo the merge");
        await page.GetByText("The idea stands for itself again.").WaitForAsync();
        await ada.UntilAsync($"{campaign}/ballot", "An oven that is bigger");
        (await ada.Page.Locator(".ballot > li").CountAsync()).ShouldBe(2);
    }
}
