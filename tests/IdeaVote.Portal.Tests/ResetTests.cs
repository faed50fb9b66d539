using IdeaVote.Engine.Accounts;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>A forgotten password, and a mail that went astray.</summary>
public sealed class ResetTests(PortalHost host) : IClassFixture<PortalHost>
{
    private const string NewPassword = "battery staple 7";
    private const string Mailed = "If there is an account with this address, a mail is on its way to it.";
    private const string Gone = "This link has been used, or is too old. Ask for a new one.";

    [Fact]
    public async Task A_link_by_mail_gives_a_new_password_once_and_ends_other_sessions()
    {
        var email = await host.OpenAsync();
        using var other = host.Browser();
        await other.SignInAsync(email);
        using var browser = host.Browser();

        (await ForgetAsync(browser, email)).Notice.ShouldBe(Mailed);
        var link = host.Mail.To(email)[^1].Link;
        await browser.GetAsync(link);
        (await browser.SubmitAsync("/reset", ("password", NewPassword))).Notice.ShouldBe("Your password is changed, and all other sessions have ended.");

        (await browser.IsSignedInAsync()).ShouldBeTrue();
        (await other.IsSignedInAsync()).ShouldBeFalse();
        (await other.SignInAsync(email)).Status.ShouldBe(422);
        (await other.SignInAsync(email, NewPassword)).Status.ShouldBe(200);
        await ShouldBeGoneAsync(link);
    }

    [Fact]
    public async Task Links_in_mails_lead_where_the_server_says_that_it_is_and_not_where_the_request_came()
    {
        var email = await host.OpenAsync();
        using var browser = host.Browser();

        await ForgetAsync(browser, email);

        var text = host.Mail.To(email)[^1].Text;
        text.ShouldContain("https://ideas.example/reset?code=");
        text.ShouldNotContain("127.0.0.1");
    }

    [Fact]
    public async Task Nothing_tells_whether_there_is_such_an_account()
    {
        using var browser = host.Browser();

        (await ForgetAsync(browser, "unknown@example.com")).Notice.ShouldBe(Mailed);

        host.Mail.To("unknown@example.com").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_is_good_for_two_hours_and_only_the_newest()
    {
        var email = await host.OpenAsync();
        using var browser = host.Browser();
        await ForgetAsync(browser, email);
        await ForgetAsync(browser, email);
        var links = host.Mail.To(email);

        await ShouldBeGoneAsync(links[0].Link);
        host.Clock.Jump(TimeSpan.FromHours(2));
        await ShouldBeGoneAsync(links[1].Link);
    }

    [Fact]
    public async Task A_password_that_is_not_taken_uses_no_link_up()
    {
        var email = await host.OpenAsync();
        using var browser = host.Browser();
        await ForgetAsync(browser, email);
        await browser.GetAsync(host.Mail.To(email)[^1].Link);

        (await browser.SubmitAsync("/reset", ("password", "short"))).Problems.ShouldBe(["A password has 8 to 200 characters."]);
        (await browser.SubmitAsync("/reset", ("password", NewPassword))).Status.ShouldBe(200);

        (await browser.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_link_opens_an_account_that_took_no_password_any_more()
    {
        var email = await host.OpenAsync();
        using var browser = host.Browser();
        for (var attempt = 0; attempt < AccountDesk.MaxFailures; attempt++)
            await browser.SignInAsync(email, "wrong password");
        await ForgetAsync(browser, email);
        await browser.GetAsync(host.Mail.To(email)[^1].Link);

        await browser.SubmitAsync("/reset", ("password", NewPassword));

        (await browser.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task An_administrators_link_does_the_same_without_mail()
    {
        var email = await host.OpenAsync();
        var path = $"/admin/accounts/{(await host.Accounts.FindByEmailAsync(email))!.Id}";
        using var admin = await host.SignedInAsync(Role.Admin);
        await admin.GetAsync(path);
        var page = await admin.SubmitAsync(path + "/link");
        using var browser = host.Browser();

        await browser.GetAsync(new Uri(page.Markup.Of("input").Single(input => input["id"] == "link")["value"]!).PathAndQuery);
        await browser.SubmitAsync("/reset", ("password", NewPassword));

        (await browser.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_code_to_confirm_an_address_replaces_no_password()
    {
        var email = PortalHost.NewEmail();
        using var browser = host.Browser();
        await browser.SignUpAsync(email);

        await ShouldBeGoneAsync(host.Mail.To(email)[0].Link.Replace("/confirm", "/reset", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_that_went_astray_is_sent_again_with_another_link()
    {
        var email = PortalHost.NewEmail();
        using var browser = host.Browser();
        await browser.SignUpAsync(email);
        var token = browser.Page!.Token;

        var answer = await browser.AskAsync(HttpMethod.Post, "/confirm/again", new FormUrlEncodedContent([new(Browser.TokenField, token)]));

        answer.Location.ShouldBe("/me");
        await browser.GetAsync(host.Mail.To(email)[0].Link);
        (await browser.SubmitAsync("/confirm")).Notice.ShouldBe(Gone);
        await browser.GetAsync(host.Mail.To(email)[1].Link);
        (await browser.SubmitAsync("/confirm")).Notice.ShouldBe("Your address is confirmed.");
    }

    [Fact]
    public async Task Nobody_has_mail_sent_without_end()
    {
        using var browser = host.Browser();
        for (var mail = 0; mail < 5; mail++)
            (await ForgetAsync(browser, "unknown@example.com")).Status.ShouldBe(200);

        var answer = await ForgetAsync(browser, "unknown@example.com");

        answer.Status.ShouldBe(429);
        answer.Headers["Retry-After"].ShouldBe("60");
    }

    [Fact]
    public async Task A_server_without_mail_says_who_helps()
    {
        var own = new PortalHost { Mail = { CanSend = false } };
        await own.InitializeAsync();
        using var browser = own.Browser();

        (await browser.SignUpAsync(PortalHost.NewEmail())).Notice.ShouldBe("Welcome, Ann.");
        var page = await browser.GetAsync("/forgot");

        page.Markup.Text.ShouldContain("Ask an administrator for a link");
        page.Markup.Of("form").ShouldNotContain(form => form["action"] == "/forgot");
        await own.DisposeAsync();
    }

    private static async Task<PageView> ForgetAsync(Browser browser, string email)
    {
        await browser.GetAsync("/forgot");
        return await browser.SubmitAsync("/forgot", ("email", email));
    }

    private async Task ShouldBeGoneAsync(string link)
    {
        using var browser = host.Browser();
        await browser.GetAsync(link);
        (await browser.SubmitAsync("/reset", ("password", "another word 99"))).Notice.ShouldBe(Gone);
        (await browser.IsSignedInAsync()).ShouldBeFalse();
    }
}
