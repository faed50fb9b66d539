using Microsoft.Playwright;

namespace IdeaVote.Browser;

/// <summary>
/// Takes the pictures of the README: <c>IDEAVOTE_SCREENSHOTS=$PWD/src/IdeaVote.Portal/Screenshots dotnet test tests/IdeaVote.Browser --filter Screenshot</c>.
/// </summary>
[Collection(OneSite.Name)]
public sealed class ScreenshotTests(Site site)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("IDEAVOTE_SCREENSHOTS");

    [ScreenshotFact]
    public async Task The_pages_of_the_README()
    {
        await using var desk = await site.CustomerAsync("Ada");
        await desk.OpenAsync("/c/demo");
        foreach (var n in new[] { 0, 4 })
            await desk.Page.Locator($".idea-card >> nth={n} >> button.up").ClickAsync();
        await desk.OpenAsync("/c/demo/ideas/ref:CAL-2");
        await desk.PressAsync("Approve");
        await desk.Page.Locator("label[for=stars-0-4]").ClickAsync();
        await desk.Page.Locator("#stars-0-4:checked").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await TakeAsync(desk, "/c/demo", "campaign");
        await TakeAsync(desk, "/c/demo/ideas/ref:CAL-2", "idea");
        await TakeAsync(desk, "/c/demo/leaderboard?by=bayesian", "leaderboard");
        await TakeAsync(desk, "/c/demo/portfolio", "portfolio");

        await using var phone = await site.VisitorAsync(isPhone: true, isDark: true);
        await TakeAsync(phone, "/c/demo", "campaign-phone");
        await TakeAsync(phone, "/c/demo/ideas/ref:CAL-2", "idea-phone");
        await TakeAsync(phone, "/c/demo/leaderboard?by=bayesian", "leaderboard-phone");
        await TakeAsync(phone, "/c/demo/portfolio", "portfolio-phone");
    }

    private static async Task TakeAsync(Visitor visitor, string path, string name)
    {
        await visitor.OpenAsync(path);
        await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder!, name + ".png") });
    }
}

/// <summary>A picture, taken only where a folder for it is named.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScreenshotFactAttribute : FactAttribute
{
    /// <summary>Looks for the browser and the folder.</summary>
    public ScreenshotFactAttribute() => Skip = new BrowserFactAttribute().Skip
        ?? (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("IDEAVOTE_SCREENSHOTS")) ? "IDEAVOTE_SCREENSHOTS names no folder for the pictures." : null);
}
