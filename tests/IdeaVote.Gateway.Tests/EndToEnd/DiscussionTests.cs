using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Discussing ideas over HTTP.</summary>
public sealed class DiscussionTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_thread_is_begun_answered_and_read()
    {
        var (threads, anna, berta) = await BeginAsync();

        var begun = await anna.PostAsync(threads, """{"text":"What about *rain*?"}""").Expect(201);
        var thread = begun.Text("id");
        begun.Headers["Location"].ShouldBe($"/api/v1/{threads}/{thread}");
        var reply = await berta.PostAsync($"{threads}/{thread}/comments", $$"""{"text":"It is for dry days.","replyTo":"{{thread}}"}""").Expect(201);

        var list = await berta.With("IdeaVote-After", reply.Position).GetAsync(threads).Expect(200);
        list.At("next").ShouldBeNull();
        var item = list.Items().ShouldHaveSingleItem();
        (item["id"]!.GetValue<string>(), item["comments"]!.GetValue<int>()).ShouldBe((thread, 2));
        (list.Text("items.0.first.text"), list.Text("items.0.first.state")).ShouldBe(("What about *rain*?", "visible"));
        list.At("items.0.first.mine").ShouldBeJson("false");
        list.At("items.0.replies.0.mine").ShouldBeJson("true");
        list.Text("items.0.replies.0.replyTo").ShouldBe(thread);
        (await server.Anyone.GetAsync($"{threads}/{thread}").Expect(200)).Items("replies").Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_sent_twice_is_posted_once()
    {
        var (threads, anna, _) = await BeginAsync();
        var keyed = anna.With("Idempotency-Key", "rain");

        var first = await keyed.PostAsync(threads, """{"text":"What about rain?"}""").Expect(201);
        var again = await keyed.PostAsync(threads, """{"text":"What about rain?"}""").Expect(201);
        await keyed.PostAsync(threads, """{"text":"What about snow?"}""").Refused(422, "idempotency_key_reused");

        again.Text("id").ShouldBe(first.Text("id"));
        (await server.Anyone.With("IdeaVote-After", again.Position).GetAsync(threads).Expect(200)).Items().Count.ShouldBe(1);
        (await CountAsync(threads)).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_means_its_own_text_also_when_its_claim_is_forgotten()
    {
        var (threads, anna, _) = await BeginAsync();
        var keyed = anna.With("Idempotency-Key", "wind");
        var first = await keyed.PostAsync(threads, """{"text":"Wind?"}""").Expect(201);

        server.Clock.Jump(TimeSpan.FromHours(25));

        (await keyed.PostAsync(threads, """{"text":"Wind?"}""").Expect(201)).Text("id").ShouldBe(first.Text("id"));
        server.Clock.Jump(TimeSpan.FromHours(25));
        await keyed.PostAsync(threads, """{"text":"Waves?"}""").Refused(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task Its_author_alone_edits_and_deletes_a_comment()
    {
        var (threads, anna, berta) = await BeginAsync();
        var comment = await ThreadAsync(threads, anna, "Rain?");

        (await anna.PatchAsync(comment, """{"text":"Rain or snow?"}""").Expect(200)).Text("text").ShouldBe("Rain or snow?");
        (await anna.PatchAsync(comment, """{"text":"Rain or snow?"}""").Expect(200)).At("editedAt").ShouldNotBeNull();
        await berta.PatchAsync(comment, """{"text":"Mine now"}""").Refused(403, "not_author");
        await server.Admin.DeleteAsync(comment).Refused(403, "not_author");

        var deleted = await anna.DeleteAsync(comment).Expect(200);
        (deleted.Text("state"), deleted.At("text")).ShouldBe(("deleted", null));
        await anna.DeleteAsync(comment).Expect(200);
        await anna.PatchAsync(comment, """{"text":"Back"}""").Refused(404, "comment_not_found");
        (await server.Anyone.With("IdeaVote-After", deleted.Position).GetAsync(threads).Expect(200)).Items().ShouldBeEmpty();
        (await CountAsync(threads)).ShouldBe(0);
    }

    [Fact]
    public async Task A_report_waits_for_the_team_and_what_is_hidden_is_read_by_the_team_alone()
    {
        var (threads, anna, berta) = await BeginAsync();
        var team = await server.AsAsync("manage");
        var reports = threads.Split("/ideas")[0] + "/reports";
        var comment = await ThreadAsync(threads, anna, "Buy my umbrellas!");

        await anna.PutAsync($"{comment}/report", """{"reason":"spam"}""").Refused(409, "own_comment");
        await berta.PutAsync($"{comment}/report", """{"reason":"ugly"}""").Refused(400, "invalid_field", "reason");
        await berta.PutAsync($"{comment}/report", """{"reason":"off_topic"}""").Expect(200);
        var reported = await berta.PutAsync($"{comment}/report", """{"reason":"spam"}""").Expect(200);

        var waiting = await team.With("IdeaVote-After", reported.Position).GetAsync(reports).Expect(200);
        waiting.Items().ShouldHaveSingleItem();
        waiting.At("items.0.reasons").ShouldBeJson("""["spam"]""");
        (waiting.Text("items.0.comment.text"), waiting.Number("items.0.comment.reports")).ShouldBe(("Buy my umbrellas!", 1));

        var hidden = await team.PutAsync($"{comment}/hidden", """{"reason":"spam"}""").Expect(200);
        (hidden.Text("state"), hidden.Text("text"), hidden.Text("hiddenFor")).ShouldBe(("hidden", "Buy my umbrellas!", "spam"));
        (await team.With("IdeaVote-After", hidden.Position).GetAsync(reports).Expect(200)).Items().ShouldBeEmpty();
        (await team.GetAsync(threads).Expect(200)).Items().Count.ShouldBe(1);
        (await berta.GetAsync(threads).Expect(200)).Items().ShouldBeEmpty();
        var id = comment.Split('/')[5];
        (await berta.GetAsync($"{threads}/{id}").Expect(200)).At("first.text").ShouldBeNull();
        (await berta.GetAsync($"{threads}/{id}").Expect(200)).At("first.hiddenFor").ShouldBeNull();
        (await anna.GetAsync($"{threads}/{id}").Expect(200)).Text("first.hiddenFor").ShouldBe("spam");
        (await CountAsync(threads)).ShouldBe(0);

        await team.PutAsync($"{comment}/hidden", """{"reason":null}""").Expect(200);
        (await CountAsync(threads)).ShouldBe(1);
        (await berta.GetAsync($"{threads}/{id}").Expect(200)).Text("first.text").ShouldBe("Buy my umbrellas!");
    }

    [Fact]
    public async Task Threads_go_by_activity_or_by_age_page_by_page()
    {
        var (threads, anna, berta) = await BeginAsync();
        var ids = new List<string>();
        foreach (var name in new[] { "one", "two", "three" })
        {
            server.Clock.Jump(TimeSpan.FromMinutes(1));
            ids.Add((await anna.PostAsync(threads, $$"""{"text":"{{name}}"}""").Expect(201)).Text("id"));
        }
        server.Clock.Jump(TimeSpan.FromMinutes(1));
        var last = await berta.PostAsync($"{threads}/{ids[0]}/comments", """{"text":"late"}""").Expect(201);

        (await ReadAsync("order=oldest&limit=2")).ShouldBe(ids);
        (await ReadAsync("limit=1")).ShouldBe([ids[0], ids[2], ids[1]]);
        var next = (await berta.GetAsync($"{threads}?limit=1").Expect(200)).Text("next");
        await berta.GetAsync($"{threads}?order=oldest&cursor={next}").Refused(400, "invalid_cursor", "cursor");
        await berta.GetAsync($"{threads}?order=loudest").Refused(400, "invalid_field", "order");

        async Task<List<string>> ReadAsync(string query)
        {
            var (found, cursor) = (new List<string>(), (string?)null);
            do
            {
                var page = await server.Anyone.With("IdeaVote-After", last.Position).GetAsync($"{threads}?{query}{(cursor is null ? "" : "&cursor=" + cursor)}").Expect(200);
                found.AddRange(page.Items().Select(item => item["id"]!.GetValue<string>()));
                cursor = page.At("next")?.GetValue<string>();
            }
            while (cursor is not null);
            return found;
        }
    }

    [Fact]
    public async Task A_long_thread_is_read_page_by_page_and_its_newest_replies_come_with_the_list()
    {
        var (threads, anna, berta) = await BeginAsync();
        var thread = (await anna.PostAsync(threads, """{"text":"first"}""").Expect(201)).Text("id");
        for (var i = 1; i <= 5; i++)
            await berta.PostAsync($"{threads}/{thread}/comments", $$"""{"text":"reply {{i}}"}""").Expect(201);

        var page = await anna.GetAsync($"{threads}/{thread}?limit=3").Expect(200);
        page.Items("replies").Select(reply => reply["text"]!.GetValue<string>()).ShouldBe(["reply 1", "reply 2", "reply 3"]);
        var rest = await anna.GetAsync($"{threads}/{thread}?limit=3&cursor={page.Text("next")}").Expect(200);
        rest.Items("replies").Select(reply => reply["text"]!.GetValue<string>()).ShouldBe(["reply 4", "reply 5"]);
        (rest.Text("first.text"), rest.At("next")).ShouldBe(("first", null));
    }

    [Fact]
    public async Task What_can_not_be_said_is_refused_with_the_way_out()
    {
        var (threads, anna, _) = await BeginAsync();
        var campaign = threads.Split('/')[1];
        var comment = await ThreadAsync(threads, anna, "Rain?");

        await anna.PostAsync(threads, """{"text":"  \n "}""").Refused(400, "missing_field", "text");
        await anna.PostAsync(threads, $$"""{"text":"{{new string('x', 5_001)}}"}""").Refused(400, "too_long", "text");
        await anna.PostAsync(threads, """{"text":"a\u0000b"}""").Refused(400, "invalid_text", "text");
        await anna.PostAsync($"{threads}/{comment.Split('/')[5]}/comments", """{"text":"To whom?","replyTo":"00000000000000000000"}""").Refused(404, "comment_not_found", "replyTo");
        await anna.PostAsync($"{threads}/00000000000000000000/comments", """{"text":"Hello?"}""").Refused(404, "thread_not_found");
        await anna.PostAsync($"campaigns/{campaign}/ideas/ref:none/threads", """{"text":"Hello?"}""").Refused(404, "idea_not_found", "idea");
        await server.IdeaAsync(campaign, "Another");
        await anna.GetAsync($"campaigns/{campaign}/ideas/ref:Another/threads/{comment.Split('/')[5]}").Refused(404, "thread_not_found");
        await (await server.AsAsync("vote:any")).PostAsync(threads, """{"text":"Who am I?"}""").Refused(400, "voter_required");
    }

    [Fact]
    public async Task A_stage_that_allows_no_discussion_takes_no_comments_but_lets_them_be_deleted_and_reported()
    {
        var campaign = await server.FullCampaignAsync(""" "stages":[{"name":"open","allows":["submit","discuss"]},{"name":"quiet","allows":["vote"]}] """);
        await server.IdeaAsync(campaign, "Idea");
        var (threads, anna, berta) = ($"campaigns/{campaign}/ideas/ref:Idea/threads", await server.VoterAsync("anna"), await server.VoterAsync("berta"));
        var comment = await ThreadAsync(threads, anna, "Rain?");

        await server.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"quiet"}""").Expect(200);

        await berta.PostAsync(threads, """{"text":"Snow?"}""").Refused(409, "stage_closed");
        await anna.PatchAsync(comment, """{"text":"Snow?"}""").Refused(409, "stage_closed");
        await berta.PutAsync($"{comment}/report", """{"reason":"other"}""").Expect(200);
        await anna.DeleteAsync(comment).Expect(200);
    }

    [Fact]
    public async Task An_idea_that_waits_for_the_team_is_not_discussed()
    {
        var campaign = await server.FullCampaignAsync(""" "moderation":"before" """);
        var (anna, berta) = (await server.VoterAsync("anna"), await server.VoterAsync("berta"));
        var idea = (await anna.PostAsync($"campaigns/{campaign}/ideas", """{"title":"Hers"}""").Expect(201)).Text("id");

        await anna.PostAsync($"campaigns/{campaign}/ideas/{idea}/threads", """{"text":"Hello?"}""").Refused(409, "idea_not_public");
        await berta.PostAsync($"campaigns/{campaign}/ideas/{idea}/threads", """{"text":"Hello?"}""").Refused(404, "idea_not_found");
    }

    [Fact]
    public async Task The_feed_of_a_discussion_is_verified()
    {
        var (threads, anna, berta) = await BeginAsync();
        var comment = await ThreadAsync(threads, anna, "Rain?");
        await anna.PatchAsync(comment, """{"text":"Snow?"}""").Expect(200);
        await berta.PutAsync($"{comment}/report", """{"reason":"other"}""").Expect(200);
        await server.Admin.PutAsync($"{comment}/hidden", """{"reason":"abuse"}""").Expect(200);
        await anna.DeleteAsync(comment).Expect(200);

        var feed = await server.FeedAsync(threads.Split('/')[1]);
        feed.ShouldBeChained();
        (await (await server.AsAsync("export")).GetAsync($"campaigns/{threads.Split('/')[1]}/head").Expect(200)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task After_a_restart_the_discussion_is_as_it_was()
    {
        await using var own = await TestServer.StartAsync();
        var campaign = await own.CampaignAsync();
        await own.IdeaAsync(campaign, "Idea");
        var talk = await own.TalkAsync(campaign, "ref:Idea");

        await own.RestartAsync();

        var list = await own.Anyone.GetAsync($"campaigns/{campaign}/ideas/ref:Idea/threads").Expect(200);
        (list.Text("items.0.id"), list.Text("items.0.replies.0.id")).ShouldBe((talk.Thread, talk.Reply));
    }

    private async Task<(string Threads, Api Anna, Api Berta)> BeginAsync()
    {
        var campaign = await server.CampaignAsync();
        await server.IdeaAsync(campaign, "Idea");
        return ($"campaigns/{campaign}/ideas/ref:Idea/threads", await server.VoterAsync("anna"), await server.VoterAsync("berta"));
    }

    /// <summary>Begins a thread.</summary>
    /// <returns>The path of its first comment.</returns>
    private static async Task<string> ThreadAsync(string threads, Api author, string text)
    {
        var id = (await author.PostAsync(threads, $$"""{"text":"{{text}}"}""").Expect(201)).Text("id");
        return $"{threads}/{id}/comments/{id}";
    }

    private async Task<int> CountAsync(string threads)
    {
        var feed = await server.FeedAsync(threads.Split('/')[1]);
        return feed.Recount().Ideas[0].Comments;
    }
}
