using Microsoft.Playwright;

namespace IdeaVote.Browser;

/// <summary>What a team decides reaches its customers, with scripts and without.</summary>
public sealed class TeamWordTests(Site site) : IClassFixture<Site>
{
    [BrowserFact(isThorough: true)]
    public async Task A_comment_is_reported_the_team_hides_it_and_its_author_sees_why_and_results_ring_the_bell()
    {
        await using var grace = await site.VisitorAsync();
        await grace.OpenAsync(await site.SetupPathAsync());
        await grace.Page.GetByLabel("Your name").FillAsync("Grace");
        await grace.Page.GetByLabel("E-mail address").FillAsync("grace@example.com");
        await grace.Page.GetByLabel("Password").FillAsync("correct horse battery");
        await grace.PressAsync("Create administrator");
        await using var bob = await site.CustomerAsync("Bob", scripts: false, isPhone: true);
        await using var ann = await site.CustomerAsync("Ann");

        // Bob backs an idea and says something that Ann reports.
        await bob.OpenAsync("/c/demo/ideas/ref:CAL-2");
        await bob.PressAsync("Approve");
        await bob.Page.GetByLabel("What do you think?").FillAsync("Buy my umbrellas!");
        await bob.PressAsync("Post");
        await bob.Page.GetByText("Posted.").WaitForAsync();
        await ann.OpenAsync("/c/demo/ideas/ref:CAL-2");
        var report = ann.Page.Locator("details", new() { HasText = "What is wrong with it?" }).First;
        await report.Locator("summary").ClickAsync();
        await report.GetByLabel("spam").CheckAsync();
        await report.GetByRole(AriaRole.Button, new() { Name = "Tell the team" }).ClickAsync();
        await ann.Page.GetByText("Thank you. The team will look at it.").WaitForAsync();

        await grace.OpenAsync("/c/demo/team");
        await grace.Page.GetByText("Buy my umbrellas!").WaitForAsync();
        (await grace.Page.GetByText("Ann").CountAsync()).ShouldBe(0);
        await grace.PressAsync("Hide");
        await grace.Page.GetByText("Nothing is reported.").WaitForAsync();
        await RingsAsync(bob, 1);
        await bob.Page.Locator(".bell").ClickAsync();
        await bob.Page.GetByText("The team has hidden your comment: spam.").WaitForAsync();

        // The team closes voting, looks at what it is about to say, and announces it.
        await grace.Page.Locator(".steps li", new() { HasText = "closed" }).GetByRole(AriaRole.Button).ClickAsync();
        await grace.Page.GetByRole(AriaRole.Link, new() { Name = "Announce results" }).ClickAsync();
        await grace.Page.GetByLabel("What you say").FillAsync("We **begin** in spring.");
        await grace.Page.Locator(".choose-ideas input >> nth=1").CheckAsync();
        await grace.PressAsync("Preview");
        await grace.Page.GetByText("Nothing is announced yet.").WaitForAsync();
        await grace.PressAsync("Announce");
        await grace.Page.GetByRole(AriaRole.Heading, new() { Name = "The results", Exact = true }).WaitForAsync();

        await RingsAsync(bob, 1);
        await bob.Page.Locator(".bell").ClickAsync();
        await bob.Page.GetByText("The team has announced the results.").WaitForAsync();
        await bob.Page.Locator(".news a.title >> nth=0").ClickAsync();
        bob.Page.Url.ShouldEndWith("/c/demo/results");
        (await bob.Page.Locator(".results-text strong").InnerTextAsync()).ShouldBe("begin");
        await bob.Page.GetByRole(AriaRole.Heading, new() { Name = "Ranked higher, and not chosen" }).WaitForAsync();
        await bob.Page.GetByRole(AriaRole.Link, new() { Name = "the whole leaderboard" }).ClickAsync();
        bob.Page.Url.ShouldContain("/c/demo/leaderboard?by=approvals");

        foreach (var (visitor, path) in new[] { (grace, "/c/demo/team"), (grace, "/c/demo/announce"), (ann, "/c/demo/results"), (ann, "/me/news") })
            await AccessibilityTests.CheckAsync(visitor, path);
        foreach (var path in new[] { "/c/demo/results", "/me/news" })
        {
            await bob.OpenAsync(path);
            (await WidthAsync(bob)).ShouldBeLessThanOrEqualTo(360, path);
        }
    }

    /// <summary>News follow behind what happens: the page is loaded again until the bell says so.</summary>
    private static async Task RingsAsync(Visitor visitor, int count)
    {
        var bell = visitor.Page.Locator($".bell .count:text-is('{count}')");
        for (var attempt = 0; attempt < 60 && await bell.CountAsync() == 0; attempt++)
        {
            await visitor.OpenAsync("/");
            await bell.WaitForAsync(new() { Timeout = 500 }).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
        (await bell.CountAsync()).ShouldBe(1);
    }

    /// <summary>How wide the page is; measured from outside, where scripts do not run.</summary>
    private static async Task<float> WidthAsync(Visitor visitor) => (await visitor.Page.Locator("main").BoundingBoxAsync())!.Width;
}
