using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.News;
using IdeaVote.Portal.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Tests;

/// <summary>Once a day, people are mailed what is news to them.</summary>
public sealed class DigestTests : IAsyncLifetime
{
    private readonly DigestHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Whoever_backed_an_idea_is_mailed_once_what_became_of_it()
    {
        var (email, ann) = await ConfirmedAsync("en");
        await BackAsync(ann);
        await SendAsync();
        Digests(email).ShouldBeEmpty("A day has not passed.");
        host.Clock.Jump(TimeSpan.FromDays(1));

        await Eventually.HoldsAsync(async () => await SendAsync() == 1);
        await SendAsync();

        var mail = Digests(email).ShouldHaveSingleItem();
        mail.Subject.ShouldBe("1 thing happened");
        mail.Text.ShouldContain("* Idea\n  An idea you voted for is now: Planned\n  https://ideas.example/c/");
        mail.Text.ShouldContain("https://ideas.example/me/news");
        host.Clock.Jump(TimeSpan.FromDays(1));
        (await SendAsync()).ShouldBe(0);
        ann.Dispose();
    }

    [Fact]
    public async Task The_link_in_it_stops_it_without_signing_in_and_ones_own_page_turns_it_on_again()
    {
        var (email, ann) = await ConfirmedAsync("de");
        var (campaign, idea) = await BackAsync(ann);
        host.Clock.Jump(TimeSpan.FromDays(1));
        await Eventually.HoldsAsync(async () => await SendAsync() == 1);
        var mail = Digests(email).Single();
        mail.Subject.ShouldBe("1 Neuigkeit");
        var link = mail.Text.Split('\n').Single(line => line.Contains("/digest/stop", StringComparison.Ordinal))["https://ideas.example".Length..];

        using var stranger = host.Browser();
        (await stranger.GetAsync(link)).Html.ShouldContain("Stop these mails");
        (await stranger.SubmitAsync("/digest/stop")).Notice.ShouldBe("No more mails about news.");

        host.Clock.Jump(TimeSpan.FromDays(1));
        await host.Admin.PutAsync($"campaigns/{campaign}/ideas/{idea}/status", """{"status":"shipped"}""").Expect(200);
        host.Clock.Jump(TimeSpan.FromDays(1));
        await Eventually.HoldsAsync(async () => (await ann.GetAsync($"/c/{campaign}/ballot")).Html.Contains("Umgesetzt", StringComparison.Ordinal));
        (await SendAsync()).ShouldBe(0);
        var me = await ann.GetAsync("/me");
        me.Markup.Of("input").Single(input => input["name"] == "digest")["checked"].ShouldBeNull();
        await ann.SubmitAsync("/me/profile", ("digest", "1"));
        (await SendAsync()).ShouldBe(1);
        ann.Dispose();
    }

    [Fact]
    public async Task What_was_seen_and_what_concerns_an_address_that_nobody_confirmed_is_not_mailed()
    {
        var (email, ann) = await ConfirmedAsync("en");
        var unconfirmed = PortalHost.NewEmail();
        using var bob = host.Browser();
        await bob.SignUpAsync(unconfirmed, "Bob");
        var (campaign, idea) = await BackAsync(ann);
        await bob.GetAsync($"/c/{campaign}/ideas/{idea}");
        await bob.SubmitAsync($"/c/{campaign}/ideas/{idea}/approve");
        await host.Admin.PutAsync($"campaigns/{campaign}/ideas/{idea}/status", """{"status":"building"}""").Expect(200);
        host.Clock.Jump(TimeSpan.FromDays(1));
        await Eventually.HoldsAsync(async () => (await ann.GetAsync("/me/news")).Html.Contains("building", StringComparison.OrdinalIgnoreCase));

        (await SendAsync()).ShouldBe(0);

        Digests(email).ShouldBeEmpty();
        Digests(unconfirmed).ShouldBeEmpty();
        ann.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task A_code_that_we_did_not_make_stops_nothing(string code)
    {
        using var stranger = host.Browser();
        await stranger.GetAsync("/digest/stop?code=" + code);

        (await stranger.SubmitAsync("/digest/stop")).Notice.ShouldBe("This link has been used, or is too old. Ask for a new one.");
    }

    private Task<int> SendAsync() => host.Services.GetRequiredService<DigestSender>().SendAsync(default);

    private IReadOnlyList<LetterBox.Letter> Digests(string email) => [.. host.Mail.To(email).Where(letter => letter.Text.Contains("/me/news", StringComparison.Ordinal))];

    private async Task<(string Email, Browser Browser)> ConfirmedAsync(string language)
    {
        var email = PortalHost.NewEmail();
        var browser = host.Browser(language);
        await browser.SignUpAsync(email, "Ann");
        var account = (await host.Accounts.FindByEmailAsync(email))!;
        await host.Services.GetRequiredService<AccountBook>().ChangeAsync(account.Id, one => one with { IsConfirmed = true, Language = language });
        return (email, browser);
    }

    private async Task<(string Campaign, string Idea)> BackAsync(Browser browser)
    {
        var campaign = await host.FullCampaignAsync(""" "stages":[{"name":"open","allows":["submit","discuss","vote"]}] """);
        var idea = await host.IdeaAsync(campaign, "Idea");
        await browser.GetAsync($"/c/{campaign}/ideas/{idea}");
        await browser.SubmitAsync($"/c/{campaign}/ideas/{idea}/approve");
        host.Clock.Jump(TimeSpan.FromSeconds(1));
        await host.Admin.PutAsync($"campaigns/{campaign}/ideas/{idea}/status", """{"status":"planned"}""").Expect(200);
        return (campaign, idea);
    }

    private sealed class DigestHost : PortalHost
    {
        protected override void Configure(WebApplicationBuilder builder)
        {
            base.Configure(builder);
            builder.Services.AddSingleton(new MailOptions { Site = new Uri("https://ideas.example/") });
        }
    }
}
