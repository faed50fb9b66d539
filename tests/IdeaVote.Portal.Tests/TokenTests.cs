using IdeaVote.Engine.Accounts;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>A form's token is made for one person in one browser.</summary>
public sealed class TokenTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task What_one_person_s_page_would_send_is_not_taken_from_the_next_who_uses_the_browser()
    {
        using var browser = host.Browser();
        await browser.SignInAsync(await host.OpenAsync());
        await browser.GetAsync("/me");
        var left = browser.Page!;
        await browser.SubmitAsync("/sign-out");
        await browser.SignInAsync(await host.OpenAsync(Role.Admin));

        foreach (var form in new[] { "/me/profile", "/me/sessions", "/sign-out" })
        {
            var answer = await browser.AskAsync(HttpMethod.Post, form, new FormUrlEncodedContent(left.Form(form)));
            answer.Status.ShouldBe(400, form);
            answer.Html.ShouldContain("This form is too old.");
        }
        (await browser.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Neither_is_what_a_stranger_s_page_would_send()
    {
        using var browser = host.Browser();
        var token = (await browser.GetAsync("/sign-in")).Token;
        await browser.SignInAsync(await host.OpenAsync());

        (await browser.AskAsync(HttpMethod.Post, "/me/sessions", new FormUrlEncodedContent([new(Browser.TokenField, token)]))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_person_s_other_pages_go_on_after_they_signed_out_everywhere_else()
    {
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/me");
        var open = browser.Page!;
        await browser.SubmitAsync("/me/sessions");

        (await browser.AskAsync(HttpMethod.Post, "/me/profile", new FormUrlEncodedContent(open.Form("/me/profile")))).Status.ShouldBe(303);
    }
}
