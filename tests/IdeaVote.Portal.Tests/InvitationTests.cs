using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Invitations;
using IdeaVote.Portal.Tests.Analysis;
using IdeaVote.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Tests;

/// <summary>Links that remember who shared them, without scripts.</summary>
public sealed class InvitationTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Who_follows_a_link_signs_up_and_votes_was_brought_by_whoever_shared_it()
    {
        var (campaign, idea) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        using var bob = host.Browser();
        var link = await LinkAsync(ann, $"/c/{campaign}/ideas/{idea}");

        var page = await bob.GetAsync(link);
        page.Path.ShouldBe($"/c/{campaign}/ideas/{idea}", "the code is not passed on unawares");
        page.Html.ShouldContain("You came by an invitation");
        await bob.SignUpAsync(PortalHost.NewEmail(), "Bob");
        (await bob.GetAsync($"/c/{campaign}/ideas/{idea}")).Html.ShouldNotContain("You came by an invitation");
        await EventuallyAsync(ann, $"/c/{campaign}/ballot", "You brought 1 person.");
        (await ann.GetAsync($"/c/{campaign}/ballot")).Html.ShouldContain("0 of them have voted.");

        await bob.GetAsync($"/c/{campaign}/ideas/{idea}");
        await bob.SubmitAsync($"/c/{campaign}/ideas/{idea}/approve");
        await EventuallyAsync(ann, $"/c/{campaign}/ballot", "1 of them has voted.");
        (await ann.GetAsync("/me")).Html.ShouldContain("You brought 1 person.");
        (await bob.GetAsync("/me")).Html.ShouldNotContain("You brought");
    }

    [Fact]
    public async Task Who_has_an_account_was_brought_when_they_first_vote_and_only_then()
    {
        var (campaign, idea) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        using var bob = await SignUpAsync("Bob");
        await bob.GetAsync(await LinkAsync(ann, $"/c/{campaign}"));
        await SettleAsync();
        (await ann.GetAsync($"/c/{campaign}/ballot")).Html.ShouldNotContain("You brought");

        await bob.GetAsync($"/c/{campaign}/ideas/{idea}");
        await bob.SubmitAsync($"/c/{campaign}/ideas/{idea}/approve");
        await EventuallyAsync(ann, $"/c/{campaign}/ballot", "You brought 1 person.");

        // Carl has voted already: he was here.
        using var carl = await SignUpAsync("Carl");
        await carl.GetAsync($"/c/{campaign}/ideas/{idea}");
        await carl.SubmitAsync($"/c/{campaign}/ideas/{idea}/approve");
        (await carl.GetAsync(await LinkAsync(ann, $"/c/{campaign}/ideas/{idea}"))).Html.ShouldNotContain("You came by an invitation");
        carl.Cookies.GetAllCookies().ShouldNotContain(cookie => cookie.Name == "ideavote-invited");
    }

    [Fact]
    public async Task The_first_invitation_wins_and_ones_own_counts_for_nothing()
    {
        var (campaign, idea) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        using var zoe = await SignUpAsync("Zoe");
        using var bob = host.Browser();
        await bob.GetAsync(await LinkAsync(ann, $"/c/{campaign}/ideas/{idea}"));
        await bob.GetAsync(await LinkAsync(zoe, $"/c/{campaign}"));
        await bob.SignUpAsync(PortalHost.NewEmail(), "Bob");
        await EventuallyAsync(ann, $"/c/{campaign}/ballot", "You brought 1 person.");
        (await zoe.GetAsync($"/c/{campaign}/ballot")).Html.ShouldNotContain("You brought");

        await zoe.GetAsync(await LinkAsync(zoe, $"/c/{campaign}"));
        zoe.Cookies.GetAllCookies().ShouldNotContain(cookie => cookie.Name == "ideavote-invited");
    }

    [Fact]
    public async Task After_thirty_days_or_when_it_is_declined_an_invitation_is_none()
    {
        var (campaign, idea) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        var link = await LinkAsync(ann, $"/c/{campaign}/ideas/{idea}");
        using var declines = host.Browser();
        await declines.GetAsync(link);
        (await declines.SubmitAsync("/invitations/decline")).Notice.ShouldBe("You are not counted as invited.");
        await declines.SignUpAsync(PortalHost.NewEmail(), "Dora");

        using var late = host.Browser();
        var seen = await late.AskAsync(HttpMethod.Get, link);
        seen.Cookies.ShouldContain(cookie => cookie.StartsWith("ideavote-invited=") && cookie.Contains("max-age=2592000", StringComparison.OrdinalIgnoreCase) && cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase));
        host.Clock.Jump(TimeSpan.FromDays(31));
        await late.SignUpAsync(PortalHost.NewEmail(), "Late");
        await SettleAsync();

        // Ann's own session has ended meanwhile, as all do after thirty days.
        using var analyst = await host.SignedInAsync(Role.Analyst);
        (await analyst.ReadAsync($"/c/{campaign}/participation")).ShouldContain("Nobody has come by a shared link yet.");
    }

    [Fact]
    public async Task A_code_is_of_one_campaign_and_idea_and_nothing_can_be_made_of_it()
    {
        var (campaign, idea) = await BeginAsync();
        var (elsewhere, _) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        var code = CodeOf(await LinkAsync(ann, $"/c/{campaign}/ideas/{idea}"));

        CodeOf(await LinkAsync(ann, $"/c/{campaign}")).ShouldNotBe(code);
        foreach (var path in new[] { $"/c/{elsewhere}", $"/c/{campaign}" })
            await ShouldBeNoneAsync($"{path}?by={code}");
        foreach (var wrong in new[] { "", "x", code[..^1], code + "A", new string('A', 22), new string('-', 22), "%00", "a&by=b", "<script>", new string('x', 2000) })
            await ShouldBeNoneAsync($"/c/{campaign}/ideas/{idea}?by={Uri.EscapeDataString(wrong)}&view=1");

        async Task ShouldBeNoneAsync(string path)
        {
            using var bob = host.Browser();
            var page = await bob.GetAsync(path);
            page.Status.ShouldBe(200, path);
            page.Path.ShouldNotContain("by=");
            bob.Cookies.GetAllCookies().ShouldNotContain(cookie => cookie.Name == "ideavote-invited", path);
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("~~~")]
    [InlineData("00000000000000000000~~AAAAAAAAAAAAAAAAAAAAAA~999999")]
    [InlineData("00000000000000000000~x~AAAAAAAAAAAAAAAAAAAAAA~999999")]
    [InlineData("....~~~~....")]
    public async Task A_cookie_that_somebody_made_up_changes_nothing(string cookie)
    {
        var (campaign, _) = await BeginAsync();
        using var bob = host.Browser();
        bob.Cookies.Add(new System.Net.Cookie("ideavote-invited", cookie, "/", host.Address.Host));

        (await bob.GetAsync($"/c/{campaign}")).Status.ShouldBe(200);
        (await bob.SignUpAsync(PortalHost.NewEmail(), "Bob")).Status.ShouldBe(200);
    }

    [Fact]
    public void Codes_come_back_as_the_account_they_are_of_and_no_other_is_one()
    {
        var codes = new InviteCodes(host.Services.GetRequiredService<Pseudonyms>());
        var (campaign, idea) = (new CampaignId(Random()), new IdeaId(Random()));
        for (var i = 0; i < 200; i++)
        {
            var account = Random();
            var code = codes.Make(account, campaign, idea);

            code.Length.ShouldBe(InviteCodes.Length);
            codes.Read(code, campaign, idea).ShouldBe(account);
            codes.Read(code, campaign, null).ShouldBeNull();
            codes.Read(code, new CampaignId(Random()), idea).ShouldBeNull();
            codes.Read(code[..^2] + (code[^2] == 'A' ? 'B' : 'A') + code[^1], campaign, idea).ShouldBeNull();
        }

        Id Random() => host.Services.GetRequiredService<Pseudonyms>().RandomId();
    }

    [Fact]
    public async Task Who_is_erased_brings_nobody_and_is_named_nowhere()
    {
        var (campaign, idea) = await BeginAsync();
        using var ann = await SignUpAsync("Ann of the invitations");
        var link = await LinkAsync(ann, $"/c/{campaign}/ideas/{idea}");
        using var bob = host.Browser();
        await bob.GetAsync(link);
        await bob.SignUpAsync(PortalHost.NewEmail(), "Bob");
        using var analyst = await host.SignedInAsync(Role.Analyst);
        (await analyst.ReadAsync($"/c/{campaign}/participation")).ShouldContain("Ann of the invitations");

        await ann.GetAsync("/me");
        await ann.SubmitAsync("/me/delete", ("confirm", PortalHost.Password), ("votes", "keep"));
        var page = await analyst.ReadAsync($"/c/{campaign}/participation");
        page.ShouldNotContain("Ann of the invitations");
        page.ShouldContain("<dt>came by an invitation</dt>");
        using var late = host.Browser();
        await late.GetAsync(link);
        late.Cookies.GetAllCookies().ShouldNotContain(cookie => cookie.Name == "ideavote-invited");
    }

    [Fact]
    public async Task The_analyst_sees_chains_and_names_only_of_those_who_show_them()
    {
        var (campaign, idea) = await BeginAsync();
        using var ann = await SignUpAsync("Ann the first");
        await ann.GetAsync("/me");
        await ann.SubmitAsync("/me/profile", ("name", "Ann the first"), ("hide", "1"));
        using var bob = host.Browser();
        await bob.GetAsync(await LinkAsync(ann, $"/c/{campaign}/ideas/{idea}"));
        await bob.SignUpAsync(PortalHost.NewEmail(), "Bob the second");
        using var carl = host.Browser();
        await carl.GetAsync(await LinkAsync(bob, $"/c/{campaign}"));
        await carl.SignUpAsync(PortalHost.NewEmail(), "Carl the third");
        await carl.GetAsync($"/c/{campaign}/ideas/{idea}");
        await carl.SubmitAsync($"/c/{campaign}/ideas/{idea}/approve");
        using var analyst = await host.SignedInAsync(Role.Analyst);

        var page = await analyst.ReadAsync($"/c/{campaign}/participation");

        page.ShouldContain("Bob the second</a>");
        page.ShouldContain("Carl the third</a>");
        page.ShouldNotContain("Ann the first");
        page.ShouldContain("How far invitations went: step 1: 1 came, 0 voted; step 2: 1 came, 1 voted");
        page.ShouldContain("The longest chain");
        page.ShouldContain("100\u00a0% of all voters");
        (await analyst.LookAsync($"/c/{campaign}/word-of-mouth.csv")).Html.Split('\n').Length.ShouldBe(4);
        foreach (var ending in new[] { "csv", "jsonl", "xlsx" })
            (await analyst.LookAsync($"/c/{campaign}/word-of-mouth.{ending}")).IsFile().ShouldBeTrue(ending);
        // In German too.
        using var german = host.Browser("de");
        (await german.GetAsync($"/c/{campaign}/ideas/{idea}")).Html.ShouldContain("Teilen");
    }

    [Fact]
    public async Task While_scores_are_hidden_nobody_is_told_how_many_of_theirs_have_voted()
    {
        var campaign = await host.FullCampaignAsync(""" "hideScores":true """);
        using var ann = await SignUpAsync("Ann");
        using var bob = host.Browser();
        await bob.GetAsync(await LinkAsync(ann, $"/c/{campaign}"));
        await bob.SignUpAsync(PortalHost.NewEmail(), "Bob");

        await EventuallyAsync(ann, $"/c/{campaign}/ballot", "You brought 1 person.");
        (await ann.GetAsync($"/c/{campaign}/ballot")).Html.ShouldNotContain("voted.");
    }

    private async Task<(string Campaign, string Idea)> BeginAsync()
    {
        var campaign = await host.CampaignAsync();
        return (campaign, await host.IdeaAsync(campaign, "Park"));
    }

    private async Task<Browser> SignUpAsync(string name)
    {
        var browser = host.Browser();
        (await browser.SignUpAsync(PortalHost.NewEmail(), name)).Status.ShouldBe(200);
        return browser;
    }

    /// <summary>The path of the link that somebody's page has to share it by.</summary>
    private static async Task<string> LinkAsync(Browser browser, string path)
    {
        var link = new Uri((await browser.GetAsync(path)).Markup.Of("input").Single(input => input["id"] == "share-link")["value"]!);
        link.AbsolutePath.ShouldBe(path);
        return link.PathAndQuery;
    }

    private static string CodeOf(string link) => link.Split("?by=")[1];

    /// <summary>Waits for the index, which follows on its own.</summary>
    private static async Task EventuallyAsync(Browser browser, string path, string text)
    {
        for (var i = 0; i < 200 && !(await browser.GetAsync(path)).Html.Contains(text, StringComparison.Ordinal); i++)
            await Task.Yield();
        browser.Page!.Html.ShouldContain(text);
    }

    /// <summary>Lets the index come as far as the journal, which the page of participation waits for.</summary>
    private async Task SettleAsync()
    {
        using var analyst = await host.SignedInAsync(Role.Analyst);
        await analyst.ReadAsync($"/c/{await host.CampaignAsync()}/participation");
    }
}
