using Microsoft.Playwright;

namespace IdeaVote.Browser;

/// <summary>What a new server begins with.</summary>
public sealed class SetupTests(Site site) : IClassFixture<Site>
{
    [BrowserFact]
    public async Task Who_opens_the_link_that_a_new_server_prints_is_its_administrator()
    {
        await using var grace = await site.VisitorAsync();
        await grace.OpenAsync(await site.SetupPathAsync());
        await grace.Page.GetByLabel("Your name").FillAsync("Grace");
        await grace.Page.GetByLabel("E-mail address").FillAsync("grace@example.com");
        await grace.Page.GetByLabel("Password").FillAsync("correct horse battery");
        await grace.PressAsync("Create administrator");
        await grace.Page.GetByRole(AriaRole.Link, new() { Name = "New campaign" }).WaitForAsync();
    }
}
