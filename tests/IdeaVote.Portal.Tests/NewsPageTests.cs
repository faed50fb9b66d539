using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Markdown;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>What happened to what a person backed, wrote and said.</summary>
public sealed class NewsPageTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Nothing_happened_yet_and_that_is_said()
    {
        using var ann = await SignUpAsync("Ann");

        var page = await ann.GetAsync("/me/news");

        page.Html.ShouldContain("Nothing has happened yet");
        Bell(page).ShouldBe("What happened");
    }

    [Fact]
    public async Task The_bell_counts_what_is_new_until_it_is_seen()
    {
        var (campaign, idea) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        await ApproveAsync(ann, campaign, idea);
        host.Clock.Jump(TimeSpan.FromSeconds(1));
        await SetAsync(campaign, idea, "planned", "In **spring**");
        await Eventually.HoldsAsync(async () => Bell(await ann.GetAsync("/")) == "1 new thing happened");

        var page = await ann.GetAsync("/me/news");
        page.Html.ShouldContain("An idea you voted for is now");
        page.Html.ShouldContain("In spring");
        page.Html.ShouldContain($"/c/{campaign}/ideas/{idea}#answer");
        page.Html.ShouldContain(">new<");
        Bell(page).ShouldBe("What happened");

        Bell(await ann.GetAsync("/")).ShouldBe("What happened");
        (await ann.GetAsync("/me/news")).Html.ShouldNotContain(">new<");
    }

    [Fact]
    public async Task It_is_remembered_for_the_account_and_not_for_the_browser()
    {
        var (campaign, idea) = await BeginAsync();
        var email = PortalHost.NewEmail();
        using var desk = host.Browser();
        await desk.SignUpAsync(email, "Ann");
        using var phone = host.Browser();
        await phone.SignInAsync(email);
        await ApproveAsync(desk, campaign, idea);
        host.Clock.Jump(TimeSpan.FromSeconds(1));
        await SetAsync(campaign, idea, "building");
        await Eventually.HoldsAsync(async () => (await desk.GetAsync("/me/news")).Html.Contains("An idea you voted for is now", StringComparison.Ordinal));

        await Eventually.HoldsAsync(async () => Bell(await phone.GetAsync("/")) == "What happened");
    }

    [Fact]
    public async Task A_mention_is_news_also_where_it_answers_somebody_else()
    {
        var (campaign, idea) = await BeginAsync();
        using var ann = await SignUpAsync("Anna Bell");
        using var bob = await SignUpAsync("Bob");
        await SayAsync(ann, campaign, idea, "Rain?");
        host.Clock.Jump(TimeSpan.FromSeconds(1));
        await SayAsync(bob, campaign, idea, "Ask @Anna Bell.");
        await SayAsync(bob, campaign, idea, "Or @Anna Bellman, or nobody.");

        await Eventually.HoldsAsync(async () => (await ann.GetAsync("/me/news")).Html.Contains("mentioned you:", StringComparison.Ordinal));
        ann.Page!.Html.ShouldContain("Ask @Anna Bell.");
        ann.Page.Html.ShouldNotContain("Bellman");
        (await bob.GetAsync("/me/news")).Html.ShouldNotContain("mentioned you:");
    }

    [Fact]
    public async Task The_ballot_says_what_has_become_of_the_ideas_since()
    {
        var (campaign, idea) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        await ApproveAsync(ann, campaign, idea);
        (await ann.GetAsync($"/c/{campaign}/ballot")).Html.ShouldNotContain("Since you voted");
        host.Clock.Jump(TimeSpan.FromSeconds(1));
        await SetAsync(campaign, idea, "shipped", "There it is");

        await Eventually.HoldsAsync(async () => (await ann.GetAsync($"/c/{campaign}/ballot")).Html.Contains("Since you voted", StringComparison.Ordinal));
        ann.Page!.Html.ShouldContain("There it is");
    }

    [Fact]
    public async Task A_result_is_news_over_all_campaigns_and_it_speaks_German()
    {
        var (one, idea) = await BeginAsync();
        var (two, other) = await BeginAsync();
        using var ann = host.Browser("de");
        await ann.SignUpAsync(PortalHost.NewEmail(), "Änne");
        await ApproveAsync(ann, one, idea);
        await ApproveAsync(ann, two, other);
        host.Clock.Jump(TimeSpan.FromSeconds(1));
        foreach (var campaign in new[] { one, two })
        {
            await host.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"over"}""").Expect(200);
            await host.Admin.PutAsync($"campaigns/{campaign}/results", """{"text":"Danke","chosen":[]}""").Expect(200);
        }

        await Eventually.HoldsAsync(async () => Bell(await ann.GetAsync("/")) == "2 Neuigkeiten");
        var page = await ann.GetAsync("/me/news");
        page.Html.ShouldContain($"/c/{one}/results");
        page.Html.ShouldContain($"/c/{two}/results");
        page.Markup.Of("p").ShouldContain(line => line.Text == "Das Team hat das Ergebnis verkündet.");
    }

    [Theory]
    [InlineData("@Ann what do you say?", true)]
    [InlineData("what, @ann?", true)]
    [InlineData("mail me@Ann", false)]
    [InlineData("@Anna", false)]
    [InlineData("Ann", false)]
    [InlineData("@@Ann", true)]
    [InlineData("@", false)]
    public void A_name_is_found_in_a_text(string text, bool isFound) => Mentions.Names(text, "Ann").ShouldBe(isFound);

    private async Task<(string Campaign, string Idea)> BeginAsync()
    {
        var campaign = await host.FullCampaignAsync(""" "stages":[{"name":"open","allows":["submit","discuss","vote"]},{"name":"over","allows":[]}] """);
        return (campaign, await host.IdeaAsync(campaign, "Idea"));
    }

    private async Task<Browser> SignUpAsync(string name)
    {
        var browser = host.Browser();
        await browser.SignUpAsync(PortalHost.NewEmail(), name);
        return browser;
    }

    private static async Task ApproveAsync(Browser browser, string campaign, string idea)
    {
        await browser.GetAsync($"/c/{campaign}/ideas/{idea}");
        (await browser.SubmitAsync($"/c/{campaign}/ideas/{idea}/approve")).Status.ShouldBe(200);
    }

    private static async Task SayAsync(Browser browser, string campaign, string idea, string text)
    {
        await browser.GetAsync($"/c/{campaign}/ideas/{idea}");
        (await browser.SubmitAsync($"/c/{campaign}/ideas/{idea}/talk", ("text", text))).Status.ShouldBe(200);
    }

    private Task<Answer> SetAsync(string campaign, string idea, string status, string? answer = null) => host.Admin.PutAsync(
        $"campaigns/{campaign}/ideas/{idea}/status", $$"""{"status":"{{status}}","answer":{{(answer is null ? "null" : $"\"{answer}\"")}}}""").Expect(200);

    private static string? Bell(PageView page) => page.Markup.Of("a").Single(link => link["class"] == "bell")["aria-label"];
}
