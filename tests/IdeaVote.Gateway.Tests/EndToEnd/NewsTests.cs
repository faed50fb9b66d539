using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>What became of what a voter backed, wrote and said.</summary>
public sealed class NewsTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("approval", "")]
    [InlineData("rating", """{"scores":{"overall":4}}""")]
    [InlineData("investment", """{"credits":10}""")]
    public async Task Whoever_backed_an_idea_hears_what_became_of_it_and_others_do_not(string method, string body)
    {
        var (campaign, idea) = await BeginAsync();
        var (anna, berta) = (await server.VoterAsync("anna"), await server.VoterAsync("berta"));
        await anna.PutAsync($"campaigns/{campaign}/ideas/{idea}/{method}", body.Length == 0 ? "{}" : body).Expect(200);

        var planned = await SetAsync(campaign, idea, "planned", "In **spring**");

        var news = await NewsAsync(anna, campaign, planned);
        news.Items().ShouldHaveSingleItem();
        (news.Text("items.0.kind"), news.Text("items.0.status"), news.Text("items.0.was")).ShouldBe(("status", "planned", "published"));
        (news.Text("items.0.title"), news.Text("items.0.text")).ShouldBe(("Idea", "In **spring**"));
        news.At("items.0.own").ShouldBeJson("false");
        (await NewsAsync(berta, campaign, planned)).Items().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_and_a_duel_that_was_won_back_ideas_too_and_one_that_was_lost_does_not()
    {
        var (campaign, idea) = await BeginAsync();
        var other = await server.IdeaAsync(campaign, "Other");
        var (anna, berta, cleo) = (await server.VoterAsync("anna"), await server.VoterAsync("berta"), await server.VoterAsync("cleo"));
        await anna.PutAsync($"campaigns/{campaign}/ranking", $$"""{"ideas":["{{idea}}"]}""").Expect(200);
        await berta.PutAsync($"campaigns/{campaign}/duels", $$"""{"better":"{{idea}}","worse":"{{other}}"}""").Expect(200);
        await cleo.PutAsync($"campaigns/{campaign}/duels", $$"""{"better":"{{other}}","worse":"{{idea}}"}""").Expect(200);

        var planned = await SetAsync(campaign, idea, "planned");

        (await NewsAsync(anna, campaign, planned)).Items().Count.ShouldBe(1);
        (await NewsAsync(berta, campaign, planned)).Items().Count.ShouldBe(1);
        (await NewsAsync(cleo, campaign, planned)).Items().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_happened_before_the_vote_is_no_news_and_after_a_moment_only_what_came_after()
    {
        var (campaign, idea) = await BeginAsync();
        var anna = await server.VoterAsync("anna");
        await SetAsync(campaign, idea, "under_review");
        server.Clock.Jump(TimeSpan.FromSeconds(1));
        await anna.PutAsync($"campaigns/{campaign}/ideas/{idea}/approval", "{}").Expect(200);
        server.Clock.Jump(TimeSpan.FromSeconds(1));
        var planned = await SetAsync(campaign, idea, "planned");
        var between = (await NewsAsync(anna, campaign, planned)).Text("items.0.at");
        server.Clock.Jump(TimeSpan.FromSeconds(1));
        var built = await SetAsync(campaign, idea, "building");

        (await NewsAsync(anna, campaign, built)).Items().Select(item => item["status"]!.GetValue<string>()).ShouldBe(["building", "planned"]);
        (await NewsAsync(anna, campaign, built, $"?after={between}")).Items().Count.ShouldBe(1);
        (await NewsAsync(anna, campaign, built, "?limit=1")).Text("items.0.status").ShouldBe("building");
        await anna.GetAsync($"campaigns/{campaign}/news?after=soon").Refused(400, "invalid_field", "after");
        await anna.GetAsync($"campaigns/{campaign}/news?limit=0").Refused(400, "invalid_field", "limit");
    }

    [Fact]
    public async Task Whose_credits_came_back_hears_how_many_although_nothing_is_left_on_the_ballot()
    {
        var (campaign, idea) = await BeginAsync();
        var anna = await server.VoterAsync("anna");
        await anna.PutAsync($"campaigns/{campaign}/ideas/{idea}/investment", """{"credits":30}""").Expect(200);
        await using var feed = await FeedReader.OpenAsync(server.Admin, campaign);
        await SetAsync(campaign, idea, "declined", "Too dear");
        var back = (await feed.UntilAsync(line => line.Name == "investment_changed" && line.At("cause") is not null))[^1];

        var news = await anna.With("IdeaVote-After", back.Position).GetAsync($"campaigns/{campaign}/news").Expect(200);

        news.Items().ShouldHaveSingleItem();
        (news.Text("items.0.status"), news.Number("items.0.creditsReturned"), news.Text("items.0.text")).ShouldBe(("declined", 30, "Too dear"));
    }

    [Fact]
    public async Task That_an_idea_became_part_of_another_is_news_although_the_votes_have_followed()
    {
        var (campaign, idea) = await BeginAsync();
        await server.IdeaAsync(campaign, "Other");
        var anna = await server.VoterAsync("anna");
        await anna.PutAsync($"campaigns/{campaign}/ideas/{idea}/approval", "{}").Expect(200);
        await using var feed = await FeedReader.OpenAsync(server.Admin, campaign);
        await server.Admin.PutAsync($"campaigns/{campaign}/ideas/{idea}/merge", """{"into":"ref:Other"}""").Expect(200);
        var followed = (await feed.UntilAsync(line => line.Name == "votes_merged"))[^1];

        var news = await anna.With("IdeaVote-After", followed.Position).GetAsync($"campaigns/{campaign}/news").Expect(200);

        news.Items().ShouldHaveSingleItem();
        (news.Text("items.0.idea"), news.Text("items.0.status")).ShouldBe((idea, "merged"));
    }

    [Fact]
    public async Task An_author_hears_of_the_idea_and_of_what_is_said_to_it()
    {
        var (campaign, _) = await BeginAsync();
        var (anna, berta) = (await server.VoterAsync("anna"), await server.VoterAsync("berta"));
        var own = (await anna.PostAsync($"campaigns/{campaign}/ideas", """{"title":"Own"}""").Expect(201)).Text("id");
        await berta.PostAsync($"campaigns/{campaign}/ideas/{own}/threads", """{"text":"Why?"}""").Expect(201);
        server.Clock.Jump(TimeSpan.FromSeconds(1));
        var hidden = await SetAsync(campaign, own, "hidden", "It is about somebody");

        var news = await NewsAsync(anna, campaign, hidden);

        news.Items().Select(item => item["kind"]!.GetValue<string>()).ShouldBe(["status", "comment"]);
        (news.Text("items.0.status"), news.Text("items.0.text")).ShouldBe(("hidden", "It is about somebody"));
        news.At("items.0.own").ShouldBeJson("true");
        news.Text("items.1.text").ShouldBe("Why?");
    }

    [Fact]
    public async Task An_idea_that_was_hidden_is_told_to_its_backers_without_words()
    {
        var (campaign, idea) = await BeginAsync();
        var anna = await server.VoterAsync("anna");
        await anna.PutAsync($"campaigns/{campaign}/ideas/{idea}/approval", "{}").Expect(200);
        var hidden = await SetAsync(campaign, idea, "hidden", "It is about somebody");

        var news = await NewsAsync(anna, campaign, hidden);
        news.Items().ShouldHaveSingleItem();
        news.At("items.0.title").ShouldBeNull();
        news.At("items.0.text").ShouldBeNull();

        var shown = await SetAsync(campaign, idea, "published");
        news = await NewsAsync(anna, campaign, shown);
        news.Items().Count.ShouldBe(2);
        news.Body.ShouldNotContain("about somebody");
    }

    [Fact]
    public async Task A_reply_and_a_hidden_comment_are_news_to_whose_comment_it_is()
    {
        var (campaign, idea) = await BeginAsync();
        var (anna, berta) = (await server.VoterAsync("anna"), await server.VoterAsync("berta"));
        var threads = $"campaigns/{campaign}/ideas/{idea}/threads";
        var thread = (await anna.PostAsync(threads, """{"text":"Offline?"}""").Expect(201)).Text("id");
        server.Clock.Jump(TimeSpan.FromSeconds(1));
        await berta.PostAsync($"{threads}/{thread}/comments", """{"text":"Yes"}""").Expect(201);
        server.Clock.Jump(TimeSpan.FromSeconds(1));
        var hidden = await server.Admin.PutAsync($"{threads}/{thread}/comments/{thread}/hidden", """{"reason":"off_topic"}""").Expect(200);

        var news = await NewsAsync(anna, campaign, hidden);

        news.Items().Select(item => item["kind"]!.GetValue<string>()).ShouldBe(["hidden", "reply"]);
        news.Text("items.0.reason").ShouldBe("off_topic");
        (news.Text("items.1.text"), news.Text("items.1.thread")).ShouldBe(("Yes", thread));
        (await NewsAsync(berta, campaign, hidden)).Items().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_result_is_news_to_everybody_who_took_part()
    {
        var (campaign, idea) = await BeginAsync();
        var (anna, berta, cleo) = (await server.VoterAsync("anna"), await server.VoterAsync("berta"), await server.VoterAsync("cleo"));
        await anna.PutAsync($"campaigns/{campaign}/ideas/{idea}/approval", "{}").Expect(200);
        await berta.PostAsync($"campaigns/{campaign}/ideas/{idea}/threads", """{"text":"Good"}""").Expect(201);
        await server.Admin.PutAsync($"campaigns/{campaign}/stage", """{"stage":"over"}""").Expect(200);
        var announced = await server.Admin.PutAsync($"campaigns/{campaign}/results", """{"text":"Thanks","chosen":[]}""").Expect(200);

        foreach (var voter in new[] { anna, berta })
        {
            var news = await NewsAsync(voter, campaign, announced);
            (news.Items().Count, news.Text("items.0.kind"), news.Text("items.0.text")).ShouldBe((1, "results", "Thanks"));
        }
        (await NewsAsync(cleo, campaign, announced)).Items().ShouldBeEmpty();
    }

    private async Task<(string Campaign, string Idea)> BeginAsync()
    {
        var campaign = await server.FullCampaignAsync(""" "stages":[{"name":"open","allows":["submit","discuss","vote"]},{"name":"over","allows":["discuss"]}] """);
        return (campaign, await server.IdeaAsync(campaign, "Idea"));
    }

    private Task<Answer> SetAsync(string campaign, string idea, string status, string? answer = null) => server.Admin.PutAsync(
        $"campaigns/{campaign}/ideas/{idea}/status", answer is null ? $$"""{"status":"{{status}}"}""" : $$"""{"status":"{{status}}","answer":"{{answer}}"}""").Expect(200);

    private static Task<Answer> NewsAsync(Api voter, string campaign, Answer after, string query = "") =>
        voter.With("IdeaVote-After", after.Position).GetAsync($"campaigns/{campaign}/news{query}").Expect(200);
}
