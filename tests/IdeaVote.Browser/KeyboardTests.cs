using IdeaVote.Engine.Accounts;
using Microsoft.Playwright;

namespace IdeaVote.Browser;

/// <summary>A keyboard is enough for everything, and whoever uses one always sees where they are.</summary>
[Collection(OneSite.Name)]
public sealed class KeyboardTests(Site site)
{
    [BrowserFact]
    public async Task A_customer_needs_no_mouse_from_signing_up_to_the_last_duel()
    {
        await PageList.PrepareAsync(site);
        await using var ada = await site.VisitorAsync();
        var (page, keys) = (ada.Page, new Keyboard(ada.Page));

        await ada.OpenAsync("/c/demo");
        await page.Keyboard.PressAsync("Tab");
        (await keys.IsAtAsync("a.skip")).ShouldBeTrue();
        await page.Keyboard.PressAsync("Enter");
        await keys.ShouldBeAtAsync("main");
        await keys.GoToAsync("header.site a[href^='/sign-up']", back: true);
        await page.Keyboard.PressAsync("Enter");
        await ada.ArrivedAtAsync("/sign-up?");
        await keys.WriteAsync("#field-name", "Ada");
        await keys.WriteAsync("#field-email", "ada.by.keys@example.com");
        await keys.WriteAsync("#field-password", "correct horse battery");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Welcome, Ada").WaitForAsync();
        await ada.ArrivedAtAsync("/c/demo");

        await keys.PressAsync("a[href='/c/demo/new']");
        await ada.ArrivedAtAsync("/c/demo/new");
        await keys.WriteAsync("#field-title", "A darker screen on long rides");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Is it one of these?" }).WaitForAsync();
        await keys.ShouldBeAtAsync("#field-title");
        await keys.GoToAsync("#similar a");
        await keys.WriteAsync("#field-body", "It **blinds** me.");
        await keys.PressAsync(".submit-form .preview summary");
        await page.Locator(".submit-form .preview strong").WaitForAsync();
        await keys.PressAsync(".submit-form button:not(.plain)", "Space");
        await page.GetByRole(AriaRole.Heading, new() { Name = "A darker screen on long rides" }).WaitForAsync();

        await keys.PressAsync("form[action$='/approve'] button", "Space");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approved", Pressed = true }).WaitForAsync();
        await keys.ShouldBeAtAsync("form[action$='/approve'] button");
        await keys.GoToAsync(".stars input");
        for (var star = 0; star < 3; star++)
            await page.Keyboard.PressAsync("ArrowRight");
        await page.GetByText("1 rating").WaitForAsync();
        await keys.ShouldBeAtAsync(".stars input:checked");
        await keys.WriteAsync("#amount", "30");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("70 of your 100 credits are left.").WaitForAsync();
        await keys.ShouldBeAtAsync("#amount");
        await keys.PressAsync(".saved .undo");
        await page.GetByText("100 of your 100 credits are left.").WaitForAsync();
        await keys.ShouldBeAtAsync(".vote-area *, .vote-area");
        if (await page.Locator("#place").CountAsync() > 0)
        {
            await keys.GoToAsync("#place");
            await page.Keyboard.PressAsync("ArrowDown");
            await page.Locator("#place option[value='1'][selected]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await keys.ShouldBeAtAsync("#place");
        }
        await keys.WriteAsync("#say-new", "Only at night.");
        await keys.PressAsync(".say button");
        await page.Locator(".comment .prose").GetByText("Only at night.").WaitForAsync();
        await keys.ShouldBeAtAsync(".talk *, .talk");

        await ada.OpenAsync("/c/demo/ideas/ref:CAL-2");
        await keys.WriteAsync("#amount", "7");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("93 of your 100 credits are left.").WaitForAsync();
        await keys.GoToAsync(".campaign-nav a[href='/c/demo/ballot']", back: true);
        await page.Keyboard.PressAsync("Enter");
        await ada.ArrivedAtAsync("/c/demo/ballot");
        await keys.WriteAsync("input[name=amount]", "8");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Your vote is saved.").WaitForAsync();
        (await page.Locator("input[name=amount]").First.InputValueAsync()).ShouldBe("8");
    }

    [BrowserFact(isThorough: true)]
    public async Task Duels_are_decided_by_arrows_or_by_buttons()
    {
        await site.CampaignAsync("""{"key":"duels-by-keys","title":"Which one?","duel":{}}""");
        foreach (var title in new[] { "One", "Two", "Three" })
            await site.CallAsync(HttpMethod.Post, "campaigns/duels-by-keys/ideas", $$"""{"title":"{{title}}"}""");
        await using var ada = await site.CustomerAsync("Ada");
        var keys = new Keyboard(ada.Page);
        await ada.OpenAsync("/c/duels-by-keys/duels");

        await keys.PressAsync(".duel .choose");
        await ada.Page.GetByText("You have decided 1 duel.").WaitForAsync();
        await ada.Page.Keyboard.PressAsync("ArrowRight");
        await ada.Page.GetByText("You have decided 2 duels.").WaitForAsync();
        await keys.PressAsync(".undo", "Space");
        await ada.Page.GetByText("You have decided 1 duel.").WaitForAsync();
    }

    [BrowserFact(isThorough: true)]
    public async Task A_team_publishes_answers_and_ships_without_a_mouse()
    {
        await site.CampaignAsync("""{"key":"keys","title":"By keyboard","approve":{},"moderation":"before"}""");
        await site.CallAsync(HttpMethod.Post, "campaigns/keys/ideas", """{"title":"A bigger oven"}""", "ann");
        await using var grace = await site.StaffAsync(Role.Team, "keys");
        var (page, keys) = (grace.Page, new Keyboard(grace.Page));

        await grace.OpenAsync("/c/keys/team");
        await keys.PressAsync("#waiting ~ ul form[action$='/status'] button");
        await page.GetByText("No idea waits to be looked at.").WaitForAsync();
        await grace.OpenAsync("/c/keys");
        await keys.PressAsync(".idea-card h3 a");
        await page.GetByRole(AriaRole.Heading, new() { Name = "A bigger oven" }).WaitForAsync();
        await keys.PressAsync(".team-box summary");
        await keys.GoToAsync("#status");
        await page.Keyboard.TypeAsync("Shipped");
        await keys.WriteAsync("#field-answer", "It is **there**.");
        await keys.PressAsync(".team-box button");
        await page.GetByRole(AriaRole.Heading, new() { Name = "The team says" }).WaitForAsync();
        await grace.OpenAsync("/c/keys/roadmap");
        await keys.GoToAsync(".roadmap a");
    }

    [BrowserFact(isThorough: true)]
    public async Task A_vote_elsewhere_leaves_the_focus_where_it_is()
    {
        await PageList.PrepareAsync(site);
        await using var ada = await site.CustomerAsync("Ada");
        var (page, keys) = (ada.Page, new Keyboard(ada.Page));
        await page.AddInitScriptAsync("""
            window.EventSource = class extends EventSource {
                constructor(address) {
                    super(address);
                    for (const news of ["counts", "stale"])
                        this.addEventListener(news, () => setTimeout(() => window.heard = true, 2500));
                }
            };
            """);
        foreach (var (path, place) in new[] { ("/c/demo?sort=new", ".idea-card button.up"), ("/c/demo/ideas/ref:CAL-2", "#amount"), ("/c/demo/leaderboard", ".why summary") })
        {
            await ada.OpenAsync(path);
            await keys.GoToAsync(place);
            await site.CallAsync(HttpMethod.Put, "campaigns/demo/ideas/ref:CAL-2/approval", "{}", "keys " + path);
            // Parts that are worked out anew come two seconds after the counts.
            await page.WaitForFunctionAsync("() => window.heard");
            (await keys.IsAtAsync(place)).ShouldBeTrue(path);
        }
    }

    [BrowserTheory(isThorough: true)]
    [InlineData(Who.Anyone)]
    [InlineData(Who.Admin)]
    public async Task Tab_goes_through_each_page_in_its_order_and_out_of_it_again(Who who)
    {
        await PageList.PrepareAsync(site);
        await using var visitor = await PageList.EnterAsync(site, who);
        foreach (var path in PageList.Main.Concat(who == Who.Admin ? ["/c/demo/new", "/c/demo/team", "/c/quiet/ideas/ref:A", "/c/demo/settings", "/admin/accounts"] : ["/sign-in"]))
        {
            await visitor.OpenAsync(path);
            (await new Keyboard(visitor.Page).WalkAsync()).ShouldBeGreaterThan(5, path);
        }
    }
}
