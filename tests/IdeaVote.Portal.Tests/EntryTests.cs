using IdeaVote.Engine.Accounts;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Tests;

/// <summary>Coming in and going out, as a person does it.</summary>
public sealed class EntryTests(PortalHost host) : IClassFixture<PortalHost>
{
    private const string Wrong = "Address and password do not belong together.";

    [Fact]
    public async Task A_stranger_signs_up_confirms_the_address_and_comes_back()
    {
        var email = PortalHost.NewEmail();
        using var browser = host.Browser();

        var welcome = await browser.SignUpAsync($" {email.ToUpperInvariant()} ", "Ann");

        welcome.Status.ShouldBe(200);
        welcome.Notice.ShouldStartWith("Welcome, Ann.");
        (await browser.IsSignedInAsync()).ShouldBeTrue();
        var account = (await host.Accounts.FindByEmailAsync(email)).ShouldNotBeNull();
        (account.Role, account.IsConfirmed).ShouldBe((Role.Customer, false));

        await browser.GetAsync(host.Mail.To(email).ShouldHaveSingleItem().Link);
        (await host.Accounts.FindAsync(account.Id))!.IsConfirmed.ShouldBeFalse("looking at the link confirms nothing");
        (await browser.SubmitAsync("/confirm")).Notice.ShouldBe("Your address is confirmed.");
        (await host.Accounts.FindAsync(account.Id))!.IsConfirmed.ShouldBeTrue();

        using var other = host.Browser();
        (await other.SignInAsync(email.ToUpperInvariant())).Path.ShouldBe("/");
        (await other.IsSignedInAsync()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("no address", "Ann", PortalHost.Password, "This is not an e-mail address.")]
    [InlineData("a@example.com, b@example.com", "Ann", PortalHost.Password, "This is not an e-mail address.")]
    [InlineData("new@example.com", " ", PortalHost.Password, "A name has 1 to 60 characters, on one line.")]
    [InlineData("new@example.com", "Ann", "short 1", "A password has 8 to 200 characters.")]
    [InlineData("new@example.com", "Ann", "aaaaaaaaaaaa", "This password is easy to guess: it repeats a few characters or holds your address.")]
    [InlineData("somebody@example.com", "Ann", "Somebody-1234", "This password is easy to guess: it repeats a few characters or holds your address.")]
    public async Task What_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(string email, string name, string password, string problem)
    {
        using var browser = host.Browser();

        var page = await browser.SignUpAsync(email, name, password);

        page.Status.ShouldBe(422);
        page.Problems.ShouldBe([problem]);
        var form = page.Form("/sign-up");
        form.Single(field => field.Key == "email").Value.ShouldBe(email);
        form.Single(field => field.Key == "name").Value.ShouldBe(name);
        form.Single(field => field.Key == "password").Value.ShouldBeEmpty();
        (await browser.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task An_address_has_one_account()
    {
        var email = await host.OpenAsync();
        using var browser = host.Browser();

        var page = await browser.SignUpAsync(email.ToUpperInvariant());

        page.Status.ShouldBe(422);
        page.Problems.ShouldBe(["There is an account with this address. Sign in, or use another one."]);
    }

    [Fact]
    public async Task Whether_the_address_or_the_password_is_wrong_is_not_told()
    {
        using var browser = host.Browser();

        foreach (var (email, password) in new[] { (await host.OpenAsync(), "wrong password"), ("unknown@example.com", PortalHost.Password), (await host.OpenAsync(), ""), ("", "") })
        {
            var page = await browser.SignInAsync(email, password);
            page.Status.ShouldBe(422);
            page.Problems.ShouldBe([Wrong]);
        }
        (await browser.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task After_ten_wrong_passwords_none_is_taken_for_a_quarter_of_an_hour()
    {
        var email = await host.OpenAsync();
        using var browser = host.Browser();
        for (var attempt = 0; attempt < AccountDesk.MaxFailures; attempt++)
            (await browser.SignInAsync(email, "wrong password")).Problems.ShouldBe([Wrong]);

        (await browser.SignInAsync(email)).Problems.ShouldBe(["Too many wrong passwords. Wait 15 minutes, or choose a new one."]);
        host.Clock.Jump(AccountDesk.LockTime);
        (await browser.SignInAsync(email)).Status.ShouldBe(200);
        (await browser.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task The_right_password_forgives_the_wrong_ones()
    {
        var email = await host.OpenAsync();
        using var browser = host.Browser();
        for (var round = 0; round < 2; round++)
        {
            for (var attempt = 0; attempt < AccountDesk.MaxFailures - 1; attempt++)
                await browser.SignInAsync(email, "wrong password");
            (await browser.SignInAsync(email)).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task Whoever_signs_out_is_a_stranger_again()
    {
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/");

        (await browser.SubmitAsync("/sign-out")).Notice.ShouldBe("You have signed out.");

        (await browser.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task The_session_lies_in_a_cookie_that_scripts_and_other_sites_do_not_get()
    {
        using var browser = host.Browser();
        await browser.GetAsync("/sign-in");

        var answer = await browser.SendAsync("/sign-in", ("email", await host.OpenAsync()), ("password", PortalHost.Password));

        var cookie = answer.Cookies.Single(cookie => cookie.StartsWith("ideavote-session=", StringComparison.Ordinal)).ToLowerInvariant();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldNotContain("domain=");
    }

    [Fact]
    public async Task A_cookie_that_was_touched_or_made_up_is_worth_nothing()
    {
        using var browser = await host.SignedInAsync();
        var cookie = browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == "ideavote-session");
        var value = cookie.Value;

        foreach (var bad in new[] { value[..^1], value[..^8] + "AAAAAAAA", "x", new string('A', value.Length) })
        {
            cookie.Value = bad;
            (await browser.IsSignedInAsync()).ShouldBeFalse();
        }
        cookie.Value = value;
        (await browser.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_sessions_of_every_other_browser()
    {
        var email = await host.OpenAsync();
        using var one = host.Browser();
        using var other = host.Browser();
        await one.SignInAsync(email);
        await other.SignInAsync(email);

        var stolen = other.Cookies.GetAllCookies().Single(cookie => cookie.Name == "ideavote-session").Value;

        await one.GetAsync("/me");
        (await one.SubmitAsync("/me/sessions")).Status.ShouldBe(200);

        (await one.IsSignedInAsync()).ShouldBeTrue();
        (await other.IsSignedInAsync()).ShouldBeFalse();
        await other.SignInAsync(email);
        (await other.IsSignedInAsync()).ShouldBeTrue();
        other.Cookies.GetAllCookies().Single(cookie => cookie.Name == "ideavote-session").Value = stolen;
        (await other.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_closed_account_is_out_at_once_and_does_not_come_in()
    {
        var email = await host.OpenAsync();
        using var browser = host.Browser();
        await browser.SignInAsync(email);
        var account = (await host.Accounts.FindByEmailAsync(email))!;

        await host.Services.GetRequiredService<AccountBook>().ChangeAsync(account.Id, one => one with { IsClosed = true });

        (await browser.IsSignedInAsync()).ShouldBeFalse();
        (await browser.SignInAsync(email)).Problems.ShouldBe(["This account has been closed. Ask an administrator."]);
        (await browser.SignInAsync(email, "wrong password")).Problems.ShouldBe([Wrong]);
    }

    [Fact]
    public async Task Sessions_survive_a_restart_of_the_server()
    {
        var own = new PortalHost();
        await own.InitializeAsync();
        using var browser = await own.SignedInAsync();

        await own.RestartAsync();

        (await browser.IsSignedInAsync()).ShouldBeTrue();
        await own.DisposeAsync();
    }
}
