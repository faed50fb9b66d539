using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace IdeaVote.Browser;

/// <summary>No page has a barrier that axe knows of, whoever looks, in light and dark.</summary>
[Collection(OneSite.Name)]
public sealed class AccessibilityTests(Site site)
{
    /// <summary>Most pages are a customer's.</summary>
    public static IEnumerable<object[]> Visitors => Thorough.Of<object[]>(1, [Who.Customer], [Who.Anyone], [Who.Team], [Who.Analyst], [Who.Admin]);

    [BrowserTheory]
    [MemberData(nameof(Visitors))]
    public async Task Axe_finds_nothing_on_any_page_in_light_and_dark(Who who)
    {
        await PageList.PrepareAsync(site);
        await using var visitor = await PageList.EnterAsync(site, who);
        if (who == Who.Customer)
        {
            await visitor.OpenAsync("/c/demo/ideas/ref:CAL-2");
            await visitor.PressAsync("Approve");
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).WaitForAsync();
            (await FindAsync(visitor, "an idea with a vote")).ShouldBeEmpty();
        }
        var found = new List<string>();
        foreach (var path in PageList.Of(site, who).Concat(who == Who.Anyone ? ["/nothing"] : ["/admin/accounts"]).Distinct())
        {
            await visitor.Page.GotoAsync(path);
            found.AddRange(await FindAsync(visitor, path));
        }
        visitor.Forgive();
        found.ShouldBeEmpty();
    }

    [BrowserFact(isThorough: true)]
    public async Task Axe_finds_nothing_on_a_phone()
    {
        await PageList.PrepareAsync(site);
        await using var ada = await site.CustomerAsync("Ada", isPhone: true);
        foreach (var path in PageList.Main.Concat(["/c/demo/new", "/c/demo/ballot", "/c/empty/duels", "/me"]))
        {
            await ada.OpenAsync(path);
            (await FindAsync(ada, path)).ShouldBeEmpty();
        }
    }

    /// <summary>Has axe look at a page.</summary>
    internal static async Task CheckAsync(Visitor visitor, string path)
    {
        await visitor.Page.GotoAsync(path);
        (await FindAsync(visitor, path)).ShouldBeEmpty();
    }

    /// <summary>Everything in light; in dark, what colours can make a difference to.</summary>
    private static async Task<IReadOnlyList<string>> FindAsync(Visitor visitor, string path)
    {
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        var light = await visitor.Page.RunAxe();
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        var dark = await visitor.Page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } });
        return [.. light.Violations.Concat(dark.Violations)
            .Select(violation => $"{path}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}")];
    }
}
