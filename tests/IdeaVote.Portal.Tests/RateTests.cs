using System.Net;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>Who tries too often waits.</summary>
public sealed class RateTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Theory]
    [InlineData("/sign-in", "/sign-in", 30, "email=nobody@example.com&password=guess")]
    [InlineData("/sign-up", "/sign-up", 20, "email=no address&password=x&name=x")]
    [InlineData("/reset?code=x", "/reset", 30, "code=x&password=x")]
    [InlineData("/confirm?code=x", "/confirm", 30, "code=x")]
    [InlineData("/forgot", "/forgot", 5, "email=nobody@example.com")]
    public async Task An_address_that_sends_a_form_too_often_is_told_how_long_to_wait_and_others_are_not(string page, string form, int permits, string fields)
    {
        using var one = host.Browser();
        using var other = host.Browser();
        for (var attempt = 0; attempt < permits; attempt++)
            (await SendAsync(one, page, form, fields)).Status.ShouldBeOneOf([303, 422], $"{attempt}");

        var refused = await SendAsync(one, page, form, fields);

        refused.Status.ShouldBe(429);
        refused.Headers["Retry-After"].ShouldBe("60");
        refused.Heading.ShouldBe("That did not work");
        refused.Markup.Text.ShouldContain("That was too often in a row. Wait a minute and try again.");
        (await SendAsync(other, page, form, fields)).Status.ShouldBeOneOf(303, 422);
    }

    [Fact]
    public async Task Guessing_one_person_s_password_from_many_addresses_is_stopped_by_the_account()
    {
        var email = await host.OpenAsync();
        for (var guess = 0; guess < AccountDesk.MaxFailures; guess++)
        {
            using var somewhere = host.Browser();
            (await somewhere.SignInAsync(email, $"guess {guess}")).Status.ShouldBe(422);
        }
        using var another = host.Browser();

        var answer = await another.SignInAsync(email);

        answer.Problems.ShouldBe(["Too many wrong passwords. Wait 15 minutes, or choose a new one."]);
        (await another.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Guessing_a_password_from_within_a_session_counts_too()
    {
        using var thief = await host.SignedInAsync();
        for (var guess = 0; guess < 29; guess++)
        {
            await thief.GetAsync("/me");
            (await thief.SendAsync("/me/delete", ("confirm", $"guess {guess}"))).Location.ShouldBe("/me");
        }
        await thief.GetAsync("/me");

        (await thief.SendAsync("/me/password", ("current", "guess"), ("password", "another horse 43"))).Status.ShouldBe(429);
        (await thief.SendAsync("/me/delete", ("confirm", "guess"))).Status.ShouldBe(429);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    public void An_address_of_version_6_counts_as_the_network_it_is_of(string address, string network) => Throttle.NetworkOf(IPAddress.Parse(address)).ShouldBe(network);

    private static async Task<PageView> SendAsync(Browser browser, string page, string form, string fields)
    {
        var token = (await browser.AskAsync(HttpMethod.Get, page)).Markup.Of("input").First(input => input["name"] == Browser.TokenField)["value"]!;
        var all = fields.Split('&').Select(field => field.Split('=')).Select(field => new KeyValuePair<string, string>(field[0], field[1])).Append(new(Browser.TokenField, token));
        return await browser.AskAsync(HttpMethod.Post, form, new FormUrlEncodedContent(all));
    }
}
