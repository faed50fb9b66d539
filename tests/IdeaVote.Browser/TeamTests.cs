using Microsoft.Playwright;

namespace IdeaVote.Browser;

/// <summary>What a product team does.</summary>
public sealed class TeamTests(Site site) : IClassFixture<Site>
{
    [BrowserFact]
    public async Task A_team_opens_a_campaign_looks_at_ideas_merges_two_answers_and_ships()
    {
        await using var grace = await site.VisitorAsync();
        var page = grace.Page;
        await grace.OpenAsync(await site.SetupPathAsync());
        await page.GetByLabel("Your name").FillAsync("Grace");
        await page.GetByLabel("E-mail address").FillAsync("grace@example.com");
        await page.GetByLabel("Password").FillAsync("correct horse battery");
        await grace.PressAsync("Create administrator");

        await page.GetByRole(AriaRole.Link, new() { Name = "New campaign" }).ClickAsync();
        await page.GetByLabel("Title").FillAsync("A better kitchen");
        await page.GetByLabel("The team looks at each new idea before others see it").CheckAsync();
        await page.GetByLabel("Decide which of two is better").CheckAsync();
        await grace.PressAsync("Open campaign");
        await page.GetByText("The campaign is open.").WaitForAsync();
        page.Url.ShouldEndWith("/c/a-better-kitchen/team");

        await using var ada = await site.CustomerAsync("Ada");
        await ada.OpenAsync("/c/a-better-kitchen/new");
        await ada.Page.GetByLabel("What is your idea?").FillAsync("A bigger oven");
        await ada.PressAsync("Submit");
        await ada.Page.GetByText("Your idea has reached the team.").WaitForAsync();
        await using var bob = await site.VisitorAsync();
        await bob.OpenAsync("/c/a-better-kitchen");
        (await bob.Page.GetByText("A bigger oven").CountAsync()).ShouldBe(0);

        await page.ReloadAsync();
        await grace.PressAsync("Publish");
        await page.GetByText("No idea waits to be looked at.").WaitForAsync();
        await ada.Page.ReloadAsync();
        await ada.PressAsync("Approve");
        await MergeAsync(grace, ada);

        await grace.OpenAsync("/c/a-better-kitchen");
        await page.GetByRole(AriaRole.Link, new() { Name = "A bigger oven" }).ClickAsync();
        await page.GetByText("Set status and answer").ClickAsync();
        await page.GetByLabel("Status", new() { Exact = true }).SelectOptionAsync("shipped");
        await page.GetByLabel("Answer to those who voted").FillAsync("It is **there**.");
        await grace.PressAsync("Save");
        await page.GetByRole(AriaRole.Heading, new() { Name = "The team says" }).WaitForAsync();

        await bob.OpenAsync("/c/a-better-kitchen/roadmap");
        await bob.Page.GetByRole(AriaRole.Link, new() { Name = "A bigger oven" }).WaitForAsync();
        await ada.OpenAsync("/c/a-better-kitchen/ballot");
        await ada.Page.GetByText("The team has answered").WaitForAsync();
    }

    /// <summary>Somebody says the same again, and who votes for both counts once.</summary>
    private static async Task MergeAsync(Visitor grace, Visitor ada)
    {
        var page = grace.Page;
        await grace.OpenAsync("/c/a-better-kitchen/new");
        await page.GetByLabel("What is your idea?").FillAsync("An oven that is bigger");
        await grace.PressAsync("Submit");
        await page.GetByRole(AriaRole.Heading, new() { Name = "An oven that is bigger" }).WaitForAsync();
        var again = new Uri(page.Url).AbsolutePath;
        await grace.OpenAsync("/c/a-better-kitchen/team");
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
        await ada.UntilAsync("/c/a-better-kitchen/ballot", "Counts your vote on An oven that is bigger");
        (await ada.Page.Locator(".ballot > li").CountAsync()).ShouldBe(1);

        await grace.PressAsync("Undo the merge");
        await page.GetByText("The idea stands for itself again.").WaitForAsync();
        await ada.UntilAsync("/c/a-better-kitchen/ballot", "An oven that is bigger");
        (await ada.Page.Locator(".ballot > li").CountAsync()).ShouldBe(2);
    }
}
