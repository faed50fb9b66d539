using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using IdeaVote.Engine.Accounts;
using Microsoft.Playwright;

namespace IdeaVote.Browser;

/// <summary>What an analyst does, with scripts and without, at a desk and on a phone: and that files hold what the page shows.</summary>
[Collection(OneSite.Name)]
public sealed class AnalystTests(Site site)
{
    [BrowserTheory]
    [MemberData(nameof(Ways.One), MemberType = typeof(Ways))]
    public async Task An_analyst_compares_two_rankings_divides_a_fund_and_takes_the_numbers_along(bool scripts, bool isPhone)
    {
        await using var carl = await site.StaffAsync(Role.Analyst, scripts: scripts, isPhone: isPhone);
        var page = carl.Page;
        await carl.OpenAsync("/c/demo");
        await page.GetByRole(AriaRole.Link, new() { Name = "Leaderboard" }).ClickAsync();
        await page.Locator("#by").SelectOptionAsync("approvals");
        await page.Locator("#vs").SelectOptionAsync("invested");
        await carl.PressAsync("Show");
        await page.Locator("#compared").WaitForAsync();
        (await page.GetByText("Kendall's τ").CountAsync()).ShouldBe(1);
        (await page.Locator("table.ranking td.other").CountAsync()).ShouldBeGreaterThan(3);

        var all = await TitlesAsync(page);
        var csv = await DownloadAsync(page, "CSV");
        foreach (var (title, i) in all.Select((title, i) => (title, i)))
            csv.Split('\n')[i + 1].ShouldContain(title);
        var sheet = Texts(await DownloadBytesAsync(page, "XLSX"));
        all.ShouldBe(sheet.Where(all.Contains).Distinct());
        all.Count.ShouldBe(csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1);

        await page.Locator("#tag").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await carl.PressAsync("Show");
        await carl.ArrivedAtAsync("tag=");
        var some = await TitlesAsync(page);
        some.Count.ShouldBeInRange(1, all.Count - 1);
        some.ShouldBe(all.Where(some.Contains));
        (await DownloadAsync(page, "CSV")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(some.Count + 1);

        await page.GetByRole(AriaRole.Link, new() { Name = "Reset" }).ClickAsync();
        var now = await page.Locator("table.ranking td.score").First.InnerTextAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Link to just this state" }).ClickAsync();
        var first = await page.Locator("table.ranking th.what a").First.GetAttributeAsync("href");
        await site.CallAsync(HttpMethod.Put, $"campaigns/demo/ideas/{first!.Split('/')[^1]}/approval", "{}", $"late {scripts} {isPhone}");
        await page.ReloadAsync();
        (await page.Locator("table.ranking td.score").First.InnerTextAsync()).ShouldBe(now, "A state of the past does not change.");

        await page.GetByRole(AriaRole.Link, new() { Name = "Portfolio" }).ClickAsync();
        var much = await TitlesAsync(page);
        if (scripts)
        {
            await page.Locator("input[type=range]").FocusAsync();
            await page.Keyboard.PressAsync("Home");
            for (var step = 0; step < 10; step++)
                await page.Keyboard.PressAsync("ArrowRight");
            (await page.Locator("#fund").InputValueAsync()).ShouldBe(await page.Locator("input[type=range]").InputValueAsync());
        }
        else
        {
            await page.Locator("#fund").FillAsync("5000");
        }
        var fund = await page.Locator("#fund").InputValueAsync();
        await carl.PressAsync("Divide");
        await carl.ArrivedAtAsync($"fund={fund}");
        (await TitlesAsync(page)).Count.ShouldBeLessThanOrEqualTo(much.Count);
        var funded = await TitlesAsync(page);
        var lines = (await DownloadAsync(page, "CSV")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var title in funded)
            lines.Count(line => line.Contains(title, StringComparison.Ordinal)).ShouldBe(1, title);
        var book = Texts(await DownloadBytesAsync(page, "XLSX"));
        funded.ShouldBeSubsetOf(book);
    }

    /// <summary>The ideas of the page's first table.</summary>
    private static async Task<IReadOnlyList<string>> TitlesAsync(IPage page) =>
        await page.Locator("table.ranking").CountAsync() == 0 ? [] : await page.Locator("table.ranking").First.Locator("th.what > a").AllInnerTextsAsync();

    private static async Task<string> DownloadAsync(IPage page, string name) => System.Text.Encoding.UTF8.GetString(await DownloadBytesAsync(page, name));

    private static async Task<byte[]> DownloadBytesAsync(IPage page, string name)
    {
        var file = await page.RunAndWaitForDownloadAsync(() => page.Locator(".downloads").First.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync());
        await using var stream = await file.CreateReadStreamAsync();
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    /// <summary>The texts of a spreadsheet's cells, in their order.</summary>
    private static List<string> Texts(byte[] sheet)
    {
        using var zip = new ZipArchive(new MemoryStream(sheet));
        var shared = zip.GetEntry("xl/sharedStrings.xml") is { } entry ? Read(entry) : [];
        var texts = new List<string>();
        foreach (var part in zip.Entries.Where(each => each.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)).OrderBy(each => each.FullName, StringComparer.Ordinal))
            texts.AddRange(Read(part));
        return [.. texts, .. shared];

        static IEnumerable<string> Read(ZipArchiveEntry part)
        {
            using var reader = new StreamReader(part.Open());
            return [.. Regex.Matches(reader.ReadToEnd(), "<(?:x:)?t(?: [^>]*)?>(?<text>[^<]*)<", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Select(match => WebUtility.HtmlDecode(match.Groups["text"].Value))];
        }
    }
}
