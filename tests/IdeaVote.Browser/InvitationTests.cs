using IdeaVote.Engine.Accounts;
using Microsoft.Playwright;

namespace IdeaVote.Browser;

/// <summary>Sharing an idea, from the link to what the analyst sees.</summary>
public sealed class InvitationTests(Site site) : IClassFixture<Site>
{
    private const string Idea = "/c/demo/ideas/ref:CAL-2";

    [BrowserTheory]
    [MemberData(nameof(Ways.One), MemberType = typeof(Ways))]
    public async Task Who_comes_by_a_shared_link_and_votes_was_brought_by_whoever_shared_it(bool scripts, bool isPhone)
    {
        await using var ada = await site.CustomerAsync("Ada", scripts, isPhone);
        await ada.OpenAsync(Idea);
        await ada.Page.GetByText("Share", new() { Exact = true }).First.ClickAsync();
        var link = await ada.Page.GetByLabel("Link", new() { Exact = true }).InputValueAsync();

        await using var bob = await site.VisitorAsync(scripts, isPhone);
        await bob.OpenAsync(link);
        bob.Page.Url.ShouldNotContain("by=");
        await bob.Page.GetByText("You came by an invitation.").WaitForAsync();
        await site.SignUpAsync(bob, "Bob");
        await bob.OpenAsync(Idea);
        await bob.PressAsync("Approve");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Approved", Pressed = true }).WaitForAsync();

        await ada.OpenAsync("/c/demo/ballot");
        await ada.Page.GetByText("You brought 1 person. 1 of them has voted.").WaitForAsync();
        await using var analyst = await site.StaffAsync(Role.Analyst);
        await analyst.OpenAsync("/c/demo/participation");
        await analyst.Page.GetByRole(AriaRole.Heading, new() { Name = "Word of mouth" }).WaitForAsync();
        await analyst.Page.Locator("section[aria-labelledby=mouth]").GetByRole(AriaRole.Link, new() { Name = "Ada" }).First.WaitForAsync();
    }

    [BrowserFact(isThorough: true)]
    public async Task The_link_is_copied_at_a_desk_and_shared_on_a_phone()
    {
        await using var ada = await site.CustomerAsync("Ada");
        await ada.AllowAsync("clipboard-read", "clipboard-write");
        await ada.OpenAsync(Idea);
        await ada.Page.GetByText("Share", new() { Exact = true }).First.ClickAsync();
        await ada.PressAsync("Copy link");
        await ada.Page.GetByText("Copied.").WaitForAsync();
        (await ada.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()")).ShouldContain("?by=");

        await ada.Page.AddInitScriptAsync(
            "navigator.share = what => { window.shared = what.url; return Promise.resolve(); }; const match = window.matchMedia; window.matchMedia = query => query.includes('coarse') ? { matches: true } : match(query);");
        await ada.OpenAsync(Idea);
        await ada.Page.GetByText("Share", new() { Exact = true }).First.ClickAsync();
        (await ada.Page.EvaluateAsync<string>("() => window.shared")).ShouldContain("?by=");
        (await ada.Page.GetByLabel("Link", new() { Exact = true }).IsVisibleAsync()).ShouldBeFalse();
    }

    [BrowserFact(isThorough: true)]
    public async Task An_idea_is_built_on()
    {
        await using var ada = await site.CustomerAsync("Ada");
        await ada.OpenAsync(Idea);
        var original = await ada.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync();
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Build on this idea" }).ClickAsync();
        await ada.Page.GetByLabel("What is your idea?").FillAsync("The same, and louder");
        await ada.PressAsync("Submit");

        await ada.Page.GetByRole(AriaRole.Heading, new() { Name = "The same, and louder" }).WaitForAsync();
        await ada.Page.Locator(".builds-on").GetByRole(AriaRole.Link, new() { Name = original }).ClickAsync();
        await ada.Page.GetByRole(AriaRole.Heading, new() { Name = "Ideas that build on this one" }).WaitForAsync();
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "The same, and louder" }).WaitForAsync();
    }
}
