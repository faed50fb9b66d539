using Microsoft.Playwright;

namespace IdeaVote.Browser;

/// <summary>What a customer does, with scripts and without, at a desk and on a phone.</summary>
[Collection(OneSite.Name)]
public sealed class CustomerTests(Site site)
{
    private const string FirstCard = ".idea-card >> nth=0";

    [BrowserTheory]
    [MemberData(nameof(Ways.Two), MemberType = typeof(Ways))]
    public async Task A_stranger_signs_up_submits_an_idea_votes_and_changes_their_mind(bool scripts, bool isPhone)
    {
        var title = $"Read aloud what is next ({(scripts ? "scripts" : "plain")}, {(isPhone ? "phone" : "desk")})";
        await using var ada = await site.CustomerAsync("Ada", scripts, isPhone);
        var page = ada.Page;

        await ada.OpenAsync("/c/demo");
        await page.GetByRole(AriaRole.Link, new() { Name = "Submit an idea" }).ClickAsync();
        await page.GetByLabel("What is your idea?").FillAsync(title);
        await page.Locator("#field-body").FillAsync("While **driving**. [More](https://example.com)");
        await page.Locator("#field-tags").FillAsync("mobile, accessibility");
        await ada.PressAsync("Submit");

        await page.GetByRole(AriaRole.Heading, new() { Name = title }).WaitForAsync();
        (await page.Locator(".prose strong").First.InnerTextAsync()).ShouldBe("driving");

        await ada.PressAsync("Approve");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approved", Pressed = true }).WaitForAsync();
        (await ada.NumberAsync("[data-count=approvals]")).ShouldBe(1);
        await page.Locator("label[for=stars-0-4]").ClickAsync();
        if (!scripts)
            await ada.PressAsync("Save rating");
        await page.Locator("#stars-0-4:checked").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GetByText("1 rating").WaitForAsync();
        await page.Locator("#amount").FillAsync("30");
        await ada.PressAsync("Save");
        await page.GetByText("70 of your 100 credits are left.").WaitForAsync();

        await ada.PressAsync("Undo");
        await page.GetByText("100 of your 100 credits are left.").WaitForAsync();
        await ada.PressAsync("Approved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Pressed = false, Exact = true }).WaitForAsync();
        (await ada.NumberAsync("[data-count=approvals]")).ShouldBe(0);

        await ada.OpenAsync("/c/demo/ballot");
        await page.GetByText("1 idea with your vote").WaitForAsync();
    }

    [BrowserFact]
    public async Task Counts_move_in_a_second_window()
    {
        await using var ada = await site.CustomerAsync("Ada");
        await using var bob = await site.VisitorAsync();
        await bob.OpenAsync("/c/demo?sort=new");
        await ada.OpenAsync("/c/demo?sort=new");
        var before = await bob.NumberAsync($"{FirstCard} >> [data-count=approvals]");

        await ada.Page.Locator($"{FirstCard} >> button.up").ClickAsync();

        await bob.Page.WaitForFunctionAsync(
            "expected => document.querySelector('.idea-card [data-count=approvals]').textContent === expected", (before + 1).ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
    }

    [BrowserFact(isThorough: true)]
    public async Task The_leaderboard_moves_in_a_second_window()
    {
        await site.CampaignAsync("""{"key":"race","title":"A race of two","approve":{}}""");
        await site.CallAsync(HttpMethod.Post, "campaigns/race/ideas", """{"title":"The first","reference":"A"}""");
        await site.CallAsync(HttpMethod.Post, "campaigns/race/ideas", """{"title":"The second","reference":"B"}""");
        await using var bob = await site.VisitorAsync();
        await bob.OpenAsync("/c/race/leaderboard?by=approvals");
        (await bob.Page.Locator("[data-refresh] tbody tr").First.InnerTextAsync()).ShouldContain("The first");

        await using var ada = await site.CustomerAsync("Ada");
        await ada.OpenAsync("/c/race/ideas/ref:B");
        await ada.PressAsync("Approve");

        await bob.Page.WaitForFunctionAsync("() => document.querySelector('[data-refresh] tbody tr').textContent.includes('The second')");
    }

    [BrowserFact(isThorough: true)]
    public async Task Ideas_are_found_while_typing_and_similar_ones_before_submitting()
    {
        await using var ada = await site.CustomerAsync("Ada");
        await ada.OpenAsync("/c/demo");
        await ada.Page.GetByRole(AriaRole.Searchbox).FillAsync("dark");
        await ada.Page.Locator(".idea-card").First.GetByRole(AriaRole.Link, new() { Name = "Dark mode on every screen" }).WaitForAsync();
        await ada.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.idea-card')].every(card => /dark/i.test(card.textContent))");
        ada.Page.Url.ShouldEndWith("?q=dark");

        await ada.OpenAsync("/c/demo/new");
        await ada.Page.GetByLabel("What is your idea?").FillAsync("A dark screen");
        await ada.Page.GetByRole(AriaRole.Heading, new() { Name = "Is it one of these?" }).WaitForAsync();
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Dark mode on every screen" }).WaitForAsync();
    }
}
