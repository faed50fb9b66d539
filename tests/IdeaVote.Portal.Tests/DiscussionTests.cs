using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests;

/// <summary>People discuss an idea on its page, without scripts.</summary>
public sealed class DiscussionTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_discussion_begins_with_an_empty_page_and_somebody_who_says_something()
    {
        var (path, _) = await BeginAsync();
        using var ann = await SignUpAsync("Ann Marie");

        (await ann.GetAsync(path)).Html.ShouldContain("Nobody has said anything yet");
        var page = await ann.SubmitAsync(path + "/talk", ("text", "What about **rain**?"));

        page.Notice.ShouldBe("Posted.");
        var comment = Comments(page).ShouldHaveSingleItem();
        comment.ShouldContain("Ann Marie");
        page.Html.ShouldContain("<strong>rain</strong>");
        page.Html.ShouldNotContain("Nobody has said anything yet");
        using var stranger = host.Browser();
        var seen = await stranger.GetAsync(path);
        Comments(seen).ShouldHaveSingleItem();
        seen.Html.ShouldContain("Sign in to join the discussion.");
        seen.Markup.Of("textarea").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reply_stands_below_what_it_answers_and_names_lead_to_people()
    {
        var (path, _) = await BeginAsync();
        using var ann = await SignUpAsync("Anna Bell");
        using var bob = await SignUpAsync("Bob");
        await ann.GetAsync(path);
        await ann.SubmitAsync(path + "/talk", ("text", "What about rain?"));

        await bob.GetAsync(path);
        var page = await bob.SubmitAsync(Action(bob, "reply"), ("text", "@anna bell it is for dry days. `@Anna Bell` me@bob.example [@Anna Bell](https://elsewhere.example)"));

        page.Notice.ShouldBe("Posted.");
        Comments(page).Count.ShouldBe(2);
        var mention = page.Markup.Of("a").Single(link => link.Text == "@anna bell");
        mention["href"]!.ShouldStartWith("/people/");
        page.Html.ShouldContain("<code>@Anna Bell</code>");
        page.Html.ShouldContain("me@bob.example");
        page.Markup.Of("a").Single(link => link.Text == "@Anna Bell")["href"].ShouldBe("https://elsewhere.example");
        // Anna replies to Bob's reply, which then stands by name above hers.
        await ann.GetAsync(path);
        var reply = ann.Page!.Markup.Of("form").Select(form => form["action"]!).Last(action => action.EndsWith("/reply", StringComparison.Ordinal));
        (await ann.SubmitAsync(reply, ("text", "I see."))).Html.ShouldContain("to Bob");
    }

    [Fact]
    public async Task Sent_twice_a_form_says_it_once()
    {
        var (path, _) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        var form = await ann.GetAsync(path);

        await ann.SendAsync(path + "/talk", ("text", "Once"));
        (await ann.SendAsync(path + "/talk", ("text", "Once"))).Status.ShouldBe(303);

        Comments(await ann.GetAsync(path)).ShouldHaveSingleItem();
        form.Form(path + "/talk").ShouldContain(field => field.Key == "key" && field.Value.Length == 20);
    }

    [Fact]
    public async Task What_was_not_taken_comes_back_with_its_text_and_the_reason()
    {
        var (path, campaign) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        await ann.GetAsync(path);

        var empty = await ann.SubmitAsync(path + "/talk", ("text", " \r\n "));
        empty.Status.ShouldBe(422);
        empty.Problems.ShouldBe(["Fill this in."]);

        await host.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"quiet"}""").Expect(200);
        var closed = await ann.SubmitAsync(path + "/talk", ("text", "Too late"));
        closed.Status.ShouldBe(422);
        (await ann.GetAsync(path)).Html.ShouldContain("This stage of the campaign takes no comments.");
        ann.Page!.Markup.Of("textarea").ShouldBeEmpty();
    }

    [Fact]
    public async Task Lines_count_as_they_were_typed()
    {
        var (path, _) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        await ann.GetAsync(path);
        var text = string.Join("\r\n", Enumerable.Repeat("line", 1_000));
        text.Length.ShouldBeGreaterThan(5_000);

        (await ann.SubmitAsync(path + "/talk", ("text", text))).Notice.ShouldBe("Posted.");
    }

    [Fact]
    public async Task Its_author_edits_and_deletes_a_comment_and_its_replies_stay()
    {
        var (path, campaign) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        using var bob = await SignUpAsync("Bob");
        await ann.GetAsync(path);
        await ann.SubmitAsync(path + "/talk", ("text", "Rain?"));
        await bob.GetAsync(path);
        await bob.SubmitAsync(Action(bob, "reply"), ("text", "Dry days."));
        bob.Page!.Markup.Of("form").Count(form => form["action"]!.EndsWith("/edit", StringComparison.Ordinal)).ShouldBe(1);

        await ann.GetAsync(path);
        var edited = await ann.SubmitAsync(Action(ann, "edit"), ("text", "Rain or snow?"));
        edited.Notice.ShouldBe("Saved.");
        Comments(edited)[0].ShouldContain("Rain or snow?");
        Comments(edited)[0].ShouldContain("edited");

        var deleted = await ann.SubmitAsync(Action(ann, "delete"));
        deleted.Notice.ShouldBe("Deleted.");
        Comments(deleted).Count.ShouldBe(2);
        Comments(deleted)[0].ShouldContain("Deleted by its author.");
        deleted.Html.ShouldNotContain("Rain or snow?");
        (await ann.GetAsync("/c/" + campaign)).Html.ShouldContain("1 comment");
    }

    [Fact]
    public async Task A_report_reaches_the_team_which_hides_the_comment_and_shows_it_again()
    {
        var (path, campaign) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        using var bob = await SignUpAsync("Bob");
        using var team = await host.SignedInAsync(Role.Team, campaign);
        await bob.GetAsync(path);
        await bob.SubmitAsync(path + "/talk", ("text", "Buy my umbrellas!"));
        bob.Page!.Markup.Of("form").ShouldNotContain(form => form["action"]!.EndsWith("/report", StringComparison.Ordinal));

        await ann.GetAsync(path);
        (await ann.SubmitAsync(Action(ann, "report"), ("reason", "spam"))).Notice.ShouldBe("Thank you. The team will look at it.");
        ann.Page!.Html.ShouldNotContain("waits for the team");
        (await team.GetAsync(path)).Html.ShouldContain("1 report waits for the team.");

        var hidden = await team.SubmitAsync(Action(team, "moderate"), ("reason", "spam"));
        hidden.Notice.ShouldBe("The comment is hidden.");
        Comments(hidden)[0].ShouldContain("Hidden by the team: spam.");
        Comments(hidden)[0].ShouldContain("Buy my umbrellas!");
        Comments(await ann.GetAsync(path)).ShouldBeEmpty();
        var thread = Action(team, "moderate").Split('/')[^3];
        Comments(await ann.GetAsync($"{path}?thread={thread}"))[0].ShouldContain("Hidden by the team.");
        ann.Page!.Html.ShouldNotContain("umbrellas");
        Comments(await bob.GetAsync($"{path}?thread={thread}"))[0].ShouldContain("Hidden by the team: spam.");

        await team.GetAsync(path);
        (await team.SubmitAsync(Action(team, "moderate"), ("reason", ""))).Notice.ShouldStartWith("The comment is shown");
        Comments(await ann.GetAsync(path))[0].ShouldContain("Buy my umbrellas!");
    }

    [Fact]
    public async Task A_long_discussion_goes_on_page_by_page_and_a_long_thread_on_its_own_page()
    {
        var (path, campaign) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        var threads = $"campaigns/{campaign}/ideas/{path.Split('/')[^1]}/threads";
        var first = (await host.Admin.PostAsync(threads, """{"text":"comment 0"}""").Expect(201)).Text("id");
        for (var i = 1; i <= 16; i++)
        {
            host.Clock.Jump(TimeSpan.FromSeconds(1));
            await host.Admin.PostAsync(threads, $$"""{"text":"comment {{i}}"}""").Expect(201);
        }
        Answer last = null!;
        for (var i = 1; i <= 7; i++)
            last = await host.Admin.PostAsync($"{threads}/{first}/comments", $$"""{"text":"reply {{i}}"}""").Expect(201);
        await host.Anyone.With("IdeaVote-After", last.Position).GetAsync(threads).Expect(200);

        var page = await ann.GetAsync(path);
        page.Html.ShouldContain("2 earlier replies");
        page.Html.ShouldNotContain(">reply 2<");
        Comments(page).Count.ShouldBe(15 + 5);
        var next = await ann.GetAsync(page.Markup.Of("a").Single(link => link.Text == "More of the discussion")["href"]!.Split('#')[0]);
        Comments(next).Count.ShouldBe(2);
        Comments(await ann.GetAsync($"{path}?thread={first}")).Count.ShouldBe(8);
        Comments(await ann.GetAsync($"{path}?talk=oldest"))[0].ShouldContain("comment 0");
        (await ann.GetAsync($"{path}?from=nonsense")).Status.ShouldBe(400);
        (await ann.GetAsync($"{path}?thread=nonsense&talk=loud&page=x")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_module_gets_the_discussion_alone()
    {
        var (path, _) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        await ann.GetAsync(path);
        using var body = new FormUrlEncodedContent([new(Browser.TokenField, ann.Page!.Token), new("text", "From a script")]);
        body.Headers.Add(Pages.FragmentHeader, "discussion");

        var part = await ann.AskAsync(HttpMethod.Post, path + "/talk", body);

        part.Status.ShouldBe(200);
        part.Html.TrimStart().ShouldStartWith("<section id=\"discussion\"");
        part.Html.ShouldContain("From a script");
        part.Html.ShouldContain("Posted.");
    }

    [Fact]
    public async Task Whoever_comments_without_end_is_told_to_wait()
    {
        var (path, _) = await BeginAsync();
        using var ann = await SignUpAsync("Ann");
        await ann.GetAsync(path);
        for (var i = 0; i < 60; i++)
            (await ann.SendAsync(path + "/talk", ("text", " "))).Status.ShouldBe(422);

        var answer = await ann.SubmitAsync(path + "/talk", ("text", "One too many"));

        answer.Status.ShouldBe(429);
        answer.Problems.ShouldBe(["That was too often in a row. Wait a minute and try again."]);
        answer.Form(path + "/talk").ShouldContain(field => field.Key == "text" && field.Value == "One too many");
    }

    [Fact]
    public async Task An_erased_person_leaves_a_place_without_words_or_name()
    {
        var (path, campaign) = await BeginAsync();
        var threads = $"campaigns/{campaign}/ideas/{path.Split('/')[^1]}/threads";
        var thread = (await host.Admin.For("zoe").PostAsync(threads, """{"text":"Secret words"}""").Expect(201)).Text("id");
        await host.Admin.For("yan").PostAsync($"{threads}/{thread}/comments", """{"text":"An answer"}""").Expect(201);

        var erased = await host.Admin.DeleteAsync("persons/zoe").Expect(200);
        await host.Anyone.With("IdeaVote-After", erased.Position).GetAsync(threads).Expect(200);

        using var stranger = host.Browser();
        var page = await stranger.GetAsync(path);
        page.Html.ShouldNotContain("Secret words");
        Comments(page)[0].ShouldContain("Erased at its author's wish.");
        Comments(page)[1].ShouldContain("An answer");
    }

    private async Task<(string Path, string Campaign)> BeginAsync()
    {
        var campaign = await host.FullCampaignAsync(""" "stages":[{"name":"open","allows":["submit","discuss","vote"]},{"name":"quiet","allows":["vote"]}] """);
        return ($"/c/{campaign}/ideas/{await host.IdeaAsync(campaign, "Idea")}", campaign);
    }

    private async Task<Browser> SignUpAsync(string name)
    {
        var browser = host.Browser();
        await browser.SignUpAsync(PortalHost.NewEmail(), name);
        return browser;
    }

    /// <summary>Where the first form of a kind on the page is sent.</summary>
    private static string Action(Browser browser, string act) =>
        browser.Page!.Markup.Of("form").Select(form => form["action"]!).First(action => action.EndsWith("/" + act, StringComparison.Ordinal));

    private static IReadOnlyList<string> Comments(PageView page) =>
        [.. page.Markup.Of("article").Where(element => (element["class"] ?? "").StartsWith("comment", StringComparison.Ordinal)).Select(element => element.Text)];
}
