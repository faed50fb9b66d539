using Deque.AxeCore.Playwright;

namespace IdeaVote.Browser;

/// <summary>No page has a barrier that axe knows of, in light and dark; and nothing is wider than a phone.</summary>
public sealed class AccessibilityTests(Site site) : IClassFixture<Site>
{
    private static readonly string[] OfAnyone =
    [
        "/", "/c/demo", "/c/demo?sort=new&status=shipped", "/c/demo?q=dark", "/c/demo/ideas/ref:CAL-2", "/c/demo/roadmap", "/c/demo/results", "/c/demo/leaderboard", "/c/demo/portfolio",
        "/sign-in", "/sign-up", "/forgot", "/reset?code=x", "/confirm?code=x", "/nothing",
    ];

    private static readonly string[] OfCustomers = ["/c/demo", "/c/demo/ideas/ref:CAL-2", "/c/demo/new", "/c/demo/ballot", "/me", "/me/news", "/"];

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Axe_finds_nothing_on_pages_of_anyone(bool isDark)
    {
        await using var visitor = new Tolerant(await site.VisitorAsync(isDark: isDark));
        foreach (var path in OfAnyone)
            await CheckAsync(visitor.Visitor, path);
    }

    [BrowserFact]
    public async Task Axe_finds_nothing_on_pages_of_customers()
    {
        await using var ada = await site.CustomerAsync("Ada");
        await ada.OpenAsync("/c/demo");
        await ada.Page.Locator(".idea-card >> nth=0 >> button.up").ClickAsync();
        foreach (var path in OfCustomers)
            await CheckAsync(ada, path);
    }

    [BrowserFact]
    public async Task Nothing_is_wider_than_a_phone_in_either_direction()
    {
        await using var visitor = new Tolerant(await site.VisitorAsync(isPhone: true));
        foreach (var path in OfAnyone)
        {
            await visitor.Visitor.Page.GotoAsync(path);
            foreach (var direction in new[] { "ltr", "rtl" })
            {
                var overflow = await visitor.Visitor.Page.EvaluateAsync<int>(
                    "direction => { document.documentElement.dir = direction; return document.documentElement.scrollWidth - document.documentElement.clientWidth; }", direction);
                overflow.ShouldBeLessThanOrEqualTo(0, $"{path} {direction}");
            }
        }
    }

    /// <summary>Has axe look at a page.</summary>
    internal static async Task CheckAsync(Visitor visitor, string path)
    {
        await visitor.Page.GotoAsync(path);
        var found = (await visitor.Page.RunAxe()).Violations;
        found.Select(violation => $"{path}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}").ShouldBeEmpty();
    }

    /// <summary>A visitor of pages that are not there, which the console notes.</summary>
    private sealed class Tolerant(Visitor visitor) : IAsyncDisposable
    {
        public Visitor Visitor { get; } = visitor;

        public async ValueTask DisposeAsync()
        {
            Visitor.Forgive();
            await Visitor.DisposeAsync();
        }
    }
}
