using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Pages of a list: each idea once, whatever is voted between two pages.</summary>
public sealed class IdeaPagingTests(IdeaPagingTests.ManyIdeas many) : IClassFixture<IdeaPagingTests.ManyIdeas>
{
    private const int Ideas = 300;

    private TestServer Server => many.Server;

    [Theory]
    [InlineData("sort=newest")]
    [InlineData("sort=oldest")]
    [InlineData("sort=approvals")]
    [InlineData("sort=rating")]
    [InlineData("sort=invested")]
    [InlineData("sort=wilson")]
    [InlineData("sort=bayesian")]
    [InlineData("sort=investors")]
    [InlineData("sort=quadratic")]
    [InlineData("sort=borda")]
    [InlineData("sort=condorcet")]
    [InlineData("sort=duels")]
    [InlineData("sort=elo")]
    [InlineData("sort=trending")]
    [InlineData("sort=needs-votes")]
    [InlineData("sort=controversial")]
    [InlineData("q=idea&sort=needs-votes")]
    [InlineData("q=idea")]
    [InlineData("q=idea&sort=approvals")]
    [InlineData("q=idea&sort=newest")]
    public async Task Each_idea_is_shown_once_though_votes_come_between_pages(string query)
    {
        var seen = new List<string>();
        var random = new Random(query.Length);
        var path = $"campaigns/{many.Campaign}/ideas?{query}&limit=23";

        for (string? cursor = ""; cursor is not null;)
        {
            var page = await Server.Anyone.GetAsync(path + cursor).Expect(200);
            seen.AddRange(page.Items().Select(idea => idea["reference"]!.GetValue<string>()));
            cursor = page.At("next") is { } next ? $"&cursor={next.GetValue<string>()}" : null;
            await VoteAsync(random);
        }

        seen.Count.ShouldBe(Ideas);
        seen.Distinct(StringComparer.Ordinal).Count().ShouldBe(Ideas);
    }

    [Theory]
    [InlineData("approvals")]
    [InlineData("rating")]
    [InlineData("invested")]
    [InlineData("trending")]
    [InlineData("bayesian")]
    [InlineData("duels")]
    public async Task The_pages_together_are_the_list_as_it_was_when_it_began(string sort)
    {
        var path = $"campaigns/{many.Campaign}/ideas?sort={sort}";
        var before = (await Server.Anyone.GetAsync(path + "&limit=100").Expect(200)).Items().Select(idea => idea["id"]!.GetValue<string>()).ToList();

        var first = await Server.Anyone.GetAsync(path + "&limit=50").Expect(200);
        await VoteAsync(new Random(1));
        var second = await Server.Anyone.GetAsync($"{path}&limit=50&cursor={first.Text("next")}").Expect(200);

        first.Items().Concat(second.Items()).Select(idea => idea["id"]!.GetValue<string>()).ShouldBe(before);
    }

    [Fact]
    public async Task A_page_may_have_another_length_and_be_read_again()
    {
        var path = $"campaigns/{many.Campaign}/ideas?sort=approvals";
        var next = (await Server.Anyone.GetAsync(path + "&limit=10").Expect(200)).Text("next");

        var twice = new[] { await PageAsync(7), await PageAsync(7) };
        var longer = await PageAsync(70);

        twice[0].ShouldBe(twice[1]);
        longer.Take(7).ShouldBe(twice[0]);

        async Task<string[]> PageAsync(int limit) =>
            [.. (await Server.Anyone.GetAsync($"{path}&limit={limit}&cursor={next}").Expect(200)).Items().Select(idea => idea["id"]!.GetValue<string>())];
    }

    [Fact]
    public async Task New_ideas_come_before_a_list_that_was_begun_by_newest()
    {
        var campaign = await Server.CampaignAsync();
        await Server.IdeasAsync(campaign, "1", "2", "3", "4");
        var path = $"campaigns/{campaign}/ideas?limit=2";
        var first = await Server.Anyone.GetAsync(path).Expect(200);

        await Server.IdeaAsync(campaign, "5");
        var second = await Server.Anyone.GetAsync($"{path}&cursor={first.Text("next")}").Expect(200);

        second.Items().Select(idea => idea["title"]!.GetValue<string>()).ShouldBe(["2", "1"]);
        second.At("next").ShouldBeNull();
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_list_alone()
    {
        var other = await Server.CampaignAsync();
        await Server.IdeasAsync(other, "1", "2", "3");

        foreach (var query in new[] { "sort=approvals", "sort=oldest", "sort=newest", "q=idea" })
        {
            var next = (await Server.Anyone.GetAsync($"campaigns/{many.Campaign}/ideas?{query}&limit=2").Expect(200)).Text("next");
            foreach (var foreign in new[] { $"{other}/ideas?{query}", $"{many.Campaign}/ideas?{query}&status=planned", $"{many.Campaign}/ideas?{query}&tag=x", $"{many.Campaign}/ideas?sort=rating" })
                await Server.Anyone.GetAsync($"campaigns/{foreign}&limit=2&cursor={next}").Refused(400, "invalid_cursor", "cursor");
        }
    }

    [Fact]
    public async Task A_list_that_was_begun_too_long_ago_is_gone()
    {
        var campaign = await Server.CampaignAsync();
        var ids = await Server.IdeasAsync(campaign, "1", "2", "3");
        var path = $"campaigns/{campaign}/ideas?sort=approvals&limit=1";
        var oldest = (await Server.Anyone.GetAsync(path).Expect(200)).Text("next");
        var anna = await Server.VoterAsync("anna");

        // Each vote makes another order, and of those only so many are kept.
        for (var i = 0; i < 32; i++)
        {
            await Server.Anyone.GetAsync($"{path}&cursor={oldest}").Expect(200);
            await anna.SendAsync(i % 2 == 0 ? "PUT" : "DELETE", $"campaigns/{campaign}/ideas/{ids[0]}/approval").Expect(200);
            await Server.Anyone.GetAsync(path).Expect(200);
        }

        await Server.Anyone.GetAsync($"{path}&cursor={oldest}").Refused(410, "cursor_expired", "cursor");
    }

    [Fact]
    public async Task A_list_by_submission_goes_on_after_a_restart_and_a_frozen_one_says_that_it_cannot()
    {
        await using var server = await TestServer.StartAsync();
        var campaign = await server.CampaignAsync();
        await server.IdeasAsync(campaign, "1", "2", "3");
        var byTime = (await server.Anyone.GetAsync($"campaigns/{campaign}/ideas?sort=oldest&limit=1").Expect(200)).Text("next");
        var byScore = (await server.Anyone.GetAsync($"campaigns/{campaign}/ideas?sort=approvals&limit=1").Expect(200)).Text("next");

        await server.RestartAsync();

        var rest = await server.Anyone.GetAsync($"campaigns/{campaign}/ideas?sort=oldest&limit=9&cursor={byTime}").Expect(200);
        rest.Items().Select(idea => idea["title"]!.GetValue<string>()).ShouldBe(["2", "3"]);
        await server.Anyone.GetAsync($"campaigns/{campaign}/ideas?sort=approvals&limit=9&cursor={byScore}").Refused(410, "cursor_expired");
    }

    private Task VoteAsync(Random random) => Server.CastAsync(many.Campaign, Enumerable.Range(0, 20).Select(_ =>
    {
        string Some() => $"\"ref:idea {random.Next(Ideas)}\"";
        // Two that differ.
        var (one, other) = (random.Next(Ideas / 2), random.Next(Ideas / 2, Ideas));
        return $$$"""
            {"voter":"{{{Guid.NewGuid()}}}","approve":[{{{Some()}}}],"rate":{ {{{Some()}}}:{"overall":{{{random.Next(1, 6)}}} } },"invest":{ {{{Some()}}}:{{{random.Next(1, 100)}}} },
            "rank":["ref:idea {{{one}}}","ref:idea {{{other}}}"],"duel":[["ref:idea {{{other}}}","ref:idea {{{one}}}"]]}
            """.ReplaceLineEndings("");
    }));

    /// <summary>A server with a campaign of 300 ideas.</summary>
    public sealed class ManyIdeas : IAsyncLifetime
    {
        public TestServer Server { get; } = new();

        public string Campaign { get; private set; } = "";

        public async Task InitializeAsync()
        {
            await Server.InitializeAsync();
            Campaign = await Server.CampaignAsync();
            await Task.WhenAll(Enumerable.Range(0, Ideas).Select(i => Server.IdeaAsync(Campaign, $"idea {i}")));
            var last = await Server.Admin.PatchAsync($"campaigns/{Campaign}", """{"brief":"full"}""").Expect(200);
            // From here on the search knows them all.
            await Server.Anyone.With("IdeaVote-After", last.Position).GetAsync($"campaigns/{Campaign}/ideas?q=idea").Expect(200);
        }

        public Task DisposeAsync() => Server.DisposeAsync();
    }
}
