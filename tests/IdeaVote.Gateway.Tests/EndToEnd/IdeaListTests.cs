using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Lists of ideas: filters, orders, search.</summary>
public sealed class IdeaListTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Filters_narrow_a_list()
    {
        var campaign = await server.CampaignAsync();
        var ideas = $"campaigns/{campaign}/ideas";
        foreach (var (title, tags) in new[] { ("one", "\"red\",\"big\""), ("two", "\"red\""), ("three", "\"caf\\u00e9\""), ("four", "") })
            await server.Admin.PostAsync(ideas, $$"""{"title":"{{title}}","tags":[{{tags}}],"reference":"{{title}}"}""").Expect(201);
        await server.Admin.PutAsync($"{ideas}/ref:two/status", """{"status":"planned"}""").Expect(200);
        await server.Admin.PutAsync($"{ideas}/ref:four/status", """{"status":"declined"}""").Expect(200);

        (await TitlesAsync("")).ShouldBe("four three two one");
        (await TitlesAsync("sort=oldest")).ShouldBe("one two three four");
        (await TitlesAsync("tag=red")).ShouldBe("two one");
        (await TitlesAsync("tag=cafe%CC%81")).ShouldBe("three");
        (await TitlesAsync("tag=none")).ShouldBe("");
        (await TitlesAsync("status=planned,declined")).ShouldBe("four two");
        (await TitlesAsync("status=published&tag=red")).ShouldBe("one");
        (await TitlesAsync("limit=2")).ShouldBe("four three");

        async Task<string> TitlesAsync(string query) =>
            string.Join(' ', (await server.Anyone.GetAsync($"{ideas}?{query}").Expect(200)).Items().Select(idea => idea["title"]));
    }

    [Fact]
    public async Task Scores_order_a_list()
    {
        var campaign = await server.CampaignAsync();
        var ids = await server.IdeasAsync(campaign, "a", "b", "c");
        await server.CastAsync(campaign,
            $$$"""{"voter":"1","approve":["{{{ids[1]}}}","{{{ids[2]}}}"],"rate":{"{{{ids[0]}}}":{"overall":5},"{{{ids[1]}}}":{"overall":2}},"invest":{"{{{ids[2]}}}":1}}""",
            $$$"""{"voter":"2","approve":["{{{ids[1]}}}"],"invest":{"{{{ids[0]}}}":9}}""");

        (await TitlesAsync("approvals")).ShouldBe("bca");
        (await TitlesAsync("rating")).ShouldBe("abc");
        (await TitlesAsync("invested")).ShouldBe("acb");

        async Task<string> TitlesAsync(string sort) =>
            string.Concat((await server.Anyone.GetAsync($"campaigns/{campaign}/ideas?sort={sort}").Expect(200)).Items().Select(idea => idea["title"]));
    }

    [Theory]
    [InlineData("sort=best", 400, "invalid_field", "sort")]
    [InlineData("sort=relevance", 400, "invalid_field", "sort")]
    [InlineData("sort=rating", 409, "method_off", null)]
    [InlineData("sort=invested", 409, "method_off", null)]
    [InlineData("sort=bayesian", 409, "method_off", null)]
    [InlineData("sort=elo", 409, "method_off", null)]
    [InlineData("limit=0", 400, "invalid_field", "limit")]
    [InlineData("limit=101", 400, "invalid_field", "limit")]
    [InlineData("limit=ten", 400, "invalid_field", "limit")]
    [InlineData("status=great", 400, "invalid_field", "status")]
    [InlineData("cursor=AAAA", 400, "invalid_cursor", "cursor")]
    [InlineData("cursor=!", 400, "invalid_cursor", "cursor")]
    [InlineData("page=2", 400, "unknown_field", "page")]
    [InlineData("tag=%00", 400, "invalid_text", "tag")]
    [InlineData("tag=%0D%0A", 400, "missing_field", "tag")]
    public async Task A_query_that_makes_no_sense_is_refused(string query, int status, string code, string? field)
    {
        var campaign = await server.CampaignAsync(""" "approve":{} """);

        await server.Anyone.GetAsync($"campaigns/{campaign}/ideas?{query}").Refused(status, code, field);
        await server.Anyone.GetAsync($"campaigns/{campaign}/ideas?q={new string('x', 201)}").Refused(400, "too_long", "q");
    }

    [Fact]
    public async Task A_search_finds_words_of_title_body_and_tags_as_they_are_now()
    {
        var campaign = await server.CampaignAsync();
        var (ideas, last) = ($"campaigns/{campaign}/ideas", "");
        await PostAsync("bridge", "A footbridge over the river", "Made of *timber*", "crossing");
        await PostAsync("tower", "A tower", "With a view of the river and the timbered houses", "tourism");
        await PostAsync("bench", "Straßenbänke für Zürich", "", "");

        (await FoundAsync("river", "&sort=oldest")).ShouldBe("bridge tower");
        (await FoundAsync("RIVER footbridge")).ShouldBe("bridge");
        (await FoundAsync("timber", "&sort=oldest")).ShouldBe("bridge tower");
        (await FoundAsync("timb", "&sort=oldest")).ShouldBe("bridge tower");
        (await FoundAsync("crossing")).ShouldBe("bridge");
        (await FoundAsync("zurich")).ShouldBe("bench");
        (await FoundAsync("Straßenbänke")).ShouldBe("bench");
        (await FoundAsync("river", "&sort=newest")).ShouldBe("tower bridge");
        (await FoundAsync("river", "&tag=tourism")).ShouldBe("tower");
        (await FoundAsync("nothing of it")).ShouldBe("");

        var edited = await server.Admin.PatchAsync($"{ideas}/ref:tower", """{"body":"With a view of the sea"}""").Expect(200);
        (await FoundAsync("river", after: edited.Position)).ShouldBe("bridge");
        (await FoundAsync("sea", after: edited.Position)).ShouldBe("tower");
        var other = await server.CampaignAsync();
        (await server.Anyone.GetAsync($"campaigns/{other}/ideas?q=river").Expect(200)).Items().ShouldBeEmpty();

        async Task PostAsync(string reference, string title, string body, string tag) => last = (await server.Admin.PostAsync(ideas,
            $$"""{"reference":"{{reference}}","title":"{{title}}","body":"{{body}}","tags":[{{(tag.Length == 0 ? "" : $"\"{tag}\"")}}]}""").Expect(201)).Position;

        async Task<string> FoundAsync(string words, string more = "", string? after = null) => string.Join(' ',
            (await server.Anyone.With("IdeaVote-After", after ?? last).GetAsync($"{ideas}?q={Uri.EscapeDataString(words)}{more}").Expect(200)).Items().Select(idea => idea["reference"]));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"\"\"")]
    [InlineData("*")]
    [InlineData("a* OR b")]
    [InlineData("NEAR(a b)")]
    [InlineData("title:a")]
    [InlineData("{title body} : a")]
    [InlineData("^a")]
    [InlineData("a AND NOT b")]
    [InlineData("a) OR (b")]
    [InlineData("'; DROP TABLE search; --")]
    [InlineData("campaign : \"x\"")]
    [InlineData("%")]
    [InlineData("\\")]
    [InlineData("\0a")]
    [InlineData("a\0")]
    [InlineData("\u202e\u200b\ufeff")]
    [InlineData("😀")]
    [InlineData("e\u0301\u0301\u0301")]
    [InlineData("\u0301")]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z")]
    public async Task Nothing_typed_is_taken_for_an_operator(string words)
    {
        var campaign = await server.CampaignAsync();
        await server.IdeaAsync(campaign, "unrelated");

        var answer = await server.Anyone.GetAsync($"campaigns/{campaign}/ideas?q={Uri.EscapeDataString(words)}").Expect(200);

        answer.Items().ShouldBeEmpty();
        server.Errors.ShouldBeEmpty();
    }
}
