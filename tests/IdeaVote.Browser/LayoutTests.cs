using System.Globalization;
using Microsoft.Playwright;

namespace IdeaVote.Browser;

/// <summary>Pages stand still, fit a phone in either direction and in every language, and move little where that is asked for.</summary>
[Collection(OneSite.Name)]
public sealed class LayoutTests(Site site)
{
    // Up to 0.1 counts as good (web.dev/cls); on a busy machine a first paint can come before the last style.
    private const double MaxShift = 0.05;

    /// <summary>What is wider than the window, or overlaps something else that can be pressed.</summary>
    private const string Measure = """
        direction => {
            document.documentElement.dir = direction;
            const root = document.documentElement;
            const wide = root.scrollWidth - root.clientWidth;
            const found = wide > 0 ? [`${wide} px too wide`] : [];
            const scrolls = element => { for (let at = element; at && at !== document.body; at = at.parentElement) if (getComputedStyle(at).overflowX !== "visible") return true; return false; };
            const shown = element => { const box = element.getBoundingClientRect(), style = getComputedStyle(element); return element.checkVisibility() && box.width > 1 && box.height > 1 && style.visibility === "visible" && +style.opacity > 0 && style.clipPath === "none"; };
            const name = element => `${element.localName}.${element.className} "${element.textContent.trim().slice(0, 30)}"`;
            for (const element of document.body.querySelectorAll("*")) {
                const box = element.getBoundingClientRect();
                if (shown(element) && !scrolls(element.parentElement) && !element.closest("svg, .visually-hidden, .skip") && (box.left < -1 || box.right > root.clientWidth + 1))
                    found.push(`${name(element)} from ${Math.round(box.left)} to ${Math.round(box.right)} of ${root.clientWidth}`);
            }
            const pressed = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter(element => shown(element) && !element.matches(".stretched, .skip"));
            for (let i = 0; i < pressed.length; i++)
                for (let j = i + 1; j < pressed.length; j++) {
                    if (pressed[i].contains(pressed[j]) || pressed[j].contains(pressed[i]))
                        continue;
                    for (const a of pressed[i].getClientRects())
                        for (const b of pressed[j].getClientRects())
                            if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6)
                                found.push(`${name(pressed[i])} overlaps ${name(pressed[j])}`);
                }
            return [...new Set(found)].slice(0, 5);
        }
        """;

    private const string Shift = """
        () => new Promise(done => {
            let sum = 0;
            new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value; }).observe({ type: "layout-shift", buffered: true });
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 50)));
        })
        """;

    [BrowserTheory(isThorough: true)]
    [InlineData(Who.Anyone, "en")]
    [InlineData(Who.Anyone, "de")]
    [InlineData(Who.Customer, "de")]
    [InlineData(Who.Admin, "de")]
    public async Task Every_page_fits_a_phone_in_either_direction(Who who, string language)
    {
        await PageList.PrepareAsync(site);
        await using var visitor = await PageList.EnterAsync(site, who);
        await visitor.Page.SetViewportSizeAsync(360, 740);
        await visitor.Page.GotoAsync($"/preferences?language={language}");
        var found = new List<string>();
        foreach (var path in PageList.Of(site, who))
        {
            await visitor.Page.GotoAsync(path);
            foreach (var direction in new[] { "ltr", "rtl" })
                found.AddRange((await visitor.Page.EvaluateAsync<string[]>(Measure, direction)).Select(wrong => $"{path} {direction}: {wrong}"));
        }
        visitor.Forgive();
        found.ShouldBeEmpty();
    }

    [BrowserFact(isThorough: true)]
    public async Task At_a_desk_nothing_overlaps_either_when_it_is_written_from_the_right()
    {
        await PageList.PrepareAsync(site);
        await using var visitor = await PageList.EnterAsync(site, Who.Admin);
        var found = new List<string>();
        foreach (var path in PageList.Main.Concat(["/c/demo/new", "/c/demo/ballot", "/c/demo/team", "/c/demo/participation", "/c/demo/settings", "/me", "/admin/accounts"]))
        {
            await visitor.Page.GotoAsync(path);
            foreach (var direction in new[] { "ltr", "rtl" })
                found.AddRange((await visitor.Page.EvaluateAsync<string[]>(Measure, direction)).Select(wrong => $"{path} {direction}: {wrong}"));
        }
        found.ShouldBeEmpty();
    }

    public static IEnumerable<object[]> Screens => Thorough.Of<object[]>(1, [true], [false]);

    [BrowserTheory]
    [MemberData(nameof(Screens))]
    public async Task Nothing_moves_while_a_page_loads_or_counts_change(bool isPhone)
    {
        await using var visitor = await site.VisitorAsync(isPhone: isPhone);
        foreach (var path in PageList.Main)
        {
            await visitor.OpenAsync(path);
            (await visitor.Page.EvaluateAsync<double>(Shift)).ShouldBeLessThan(MaxShift, path);
        }
        foreach (var path in new[] { "/c/demo?sort=new", "/c/demo/ideas/ref:CAL-2" })
        {
            await visitor.OpenAsync(path);
            var count = visitor.Page.Locator("[data-idea] [data-count=approvals]").First;
            var before = await count.InnerTextAsync();
            var idea = await visitor.Page.Locator("[data-idea]").First.GetAttributeAsync("data-idea");
            await site.CallAsync(HttpMethod.Put, $"campaigns/demo/ideas/{idea}/approval", "{}", string.Create(CultureInfo.InvariantCulture, $"somebody {path} {isPhone}"));
            await Assertions.Expect(count).Not.ToHaveTextAsync(before);
            (await visitor.Page.EvaluateAsync<double>(Shift)).ShouldBeLessThan(MaxShift, $"{path} after a vote elsewhere");
        }
    }

    [BrowserFact(isThorough: true)]
    public async Task Whoever_asks_for_little_motion_gets_none()
    {
        await using var visitor = await site.VisitorAsync(isStill: true);
        foreach (var path in PageList.Main)
        {
            await visitor.OpenAsync(path);
            var moving = await visitor.Page.EvaluateAsync<string[]>("""
                () => {
                    document.querySelectorAll("[data-count]").forEach(count => count.classList.add("changed"));
                    return [...document.querySelectorAll("*")].filter(element => { const style = getComputedStyle(element); return style.animationName !== "none" || style.transitionDuration.split(", ").some(time => parseFloat(time) > 0) || style.scrollBehavior === "smooth"; }).map(element => element.outerHTML.slice(0, 80));
                }
                """);
            moving.ShouldBeEmpty(path);
        }
    }
}
