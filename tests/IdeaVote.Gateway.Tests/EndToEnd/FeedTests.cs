using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>The feed: every event, in order, resumable, chained.</summary>
public sealed class FeedTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Lines = "application/x-ndjson";
    private const string Events = "text/event-stream";

    [Fact]
    public async Task The_feed_is_chained_and_counts_to_what_the_leaderboard_says()
    {
        var campaign = await ElectionAsync();
        await ElectionAsync();

        var feed = await server.FeedAsync(campaign);

        feed.ShouldBeChained();
        feed.Select(line => line.Position).Distinct(StringComparer.Ordinal).Count().ShouldBe(feed.Count);
        var board = feed.Recount();
        var rows = (await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard?by=invested").Expect(200)).Items("rows");
        rows.Count.ShouldBe(3);
        foreach (var row in rows)
        {
            var counted = board.Find(new(Domain.Kernel.Id.Parse(row["idea"]!.GetValue<string>()))).ShouldNotBeNull();
            (counted.Invested, counted.Investors).ShouldBe((row["score"]!.GetValue<long>(), row["votes"]!.GetValue<int>()));
        }
    }

    [Theory]
    [InlineData(Lines)]
    [InlineData(Events)]
    public async Task Whoever_resumes_gets_exactly_the_rest(string accept)
    {
        var campaign = await ElectionAsync();
        var whole = await ReadAsync(accept, "");
        whole.ShouldBeChained();
        whole.Count.ShouldBe((await server.FeedAsync(campaign)).Count);

        foreach (var at in new[] { 0, 1, whole.Count / 2, whole.Count - 1 })
        {
            var rest = await ReadAsync(accept, whole[at].Position);
            rest.Select(line => line.Hash).ShouldBe(whole.Skip(at + 1).Select(line => line.Hash));
            rest.ShouldBeChained(whole[at].Hash);
        }
        (await server.Admin.With("Accept", Lines).GetAsync($"campaigns/{campaign}/feed?after={whole[^2].Position}").Expect(200)).Lines.Length.ShouldBe(1);

        async Task<IReadOnlyList<FeedLine>> ReadAsync(string type, string after)
        {
            var caller = after.Length == 0 ? server.Admin : server.Admin.With("Last-Event-ID", after);
            await using var reader = await FeedReader.OpenAsync(caller, campaign, "follow=false", type);
            var read = new List<FeedLine>();
            while (await reader.NextAsync() is { } line)
                read.Add(line);
            if (type == Events)
                reader.Ids.ShouldBe(read.Select(line => line.Position));
            return read;
        }
    }

    [Theory]
    [InlineData(Lines, "follow=true")]
    [InlineData(Events, "")]
    public async Task Whoever_follows_sees_what_happens(string accept, string query)
    {
        var campaign = await server.CampaignAsync();
        var (idea, anna) = (await server.IdeaAsync(campaign, "Idea"), await server.VoterAsync("anna"));
        await using var feed = await FeedReader.OpenAsync(await server.AsAsync("export"), campaign, query, accept);
        var before = await feed.UntilAsync(line => line.Name == "idea_submitted");

        for (var i = 1; i <= 5; i++)
        {
            await anna.PutAsync($"campaigns/{campaign}/ideas/{idea}/investment", $$"""{"credits":{{i}}}""").Expect(200);
            var line = (await feed.NextAsync()).ShouldNotBeNull();
            line.At("new")!.GetValue<int>().ShouldBe(i);
            before = [.. before, line];
        }
        before.ShouldBeChained();
    }

    [Fact]
    public async Task A_quiet_stream_of_events_shows_that_it_lives()
    {
        var campaign = await server.CampaignAsync();
        await using var feed = await FeedReader.OpenAsync(server.Admin, campaign, "", Events);
        await feed.UntilAsync(line => line.Name == "campaign_created");

        for (var beat = feed.Beats + 1; beat <= 3; beat++)
        {
            server.Clock.Advance(TimeSpan.FromSeconds(15));
            await feed.UntilBeatAsync(beat);
        }
    }

    [Fact]
    public async Task Somebody_who_reads_slowly_stops_no_vote_and_misses_none()
    {
        const int Voters = 4_000;
        var campaign = await server.CampaignAsync();
        await server.IdeasAsync(campaign, "1", "2", "3");
        await using var feed = await FeedReader.OpenAsync(server.Admin, campaign);
        var last = (await feed.UntilAsync(line => line.At("v")!.GetValue<int>() == 1 && line.Name == "campaign_created"))[^1];

        // Several megabytes of events, more than the connection holds, while nobody reads them.
        await server.CastAsync(campaign, Enumerable.Range(0, Voters).Select(i => $$$"""{"voter":"{{{i}}}","approve":["ref:1","ref:2","ref:3"],"invest":{"ref:1":5}}"""));
        await (await server.VoterAsync("anna")).PutAsync($"campaigns/{campaign}/ideas/ref:1/approval").Expect(200);

        var votes = 0;
        var rest = await feed.UntilAsync(line => line.Name.EndsWith("_changed", StringComparison.Ordinal) && ++votes == 4 * Voters + 1);
        rest.ShouldBeChained(last.Hash);
    }

    [Fact]
    public async Task A_server_that_stops_does_not_wait_for_those_who_follow()
    {
        await using var own = await TestServer.StartAsync();
        var campaign = await own.CampaignAsync();
        await using var feed = await FeedReader.OpenAsync(own.Admin, campaign);
        var first = (await feed.NextAsync()).ShouldNotBeNull();

        await own.RestartAsync();

        await using var resumed = await FeedReader.OpenAsync(own.Admin.With("Last-Event-ID", first.Position), campaign);
        await own.IdeaAsync(campaign, "After");
        var next = (await resumed.NextAsync()).ShouldNotBeNull();
        next.Name.ShouldBe("idea_submitted");
        next.Prev.ShouldBe(first.Hash);
    }

    [Theory]
    [InlineData("Last-Event-ID", "nonsense")]
    [InlineData("Last-Event-ID", "AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("IdeaVote-After", "nonsense")]
    public async Task A_position_that_this_server_did_not_give_is_refused(string header, string position)
    {
        var campaign = await server.CampaignAsync();

        await server.Admin.With(header, position).GetAsync($"campaigns/{campaign}/feed?follow=false").Refused(400, "invalid_position", header);
        await server.Admin.GetAsync($"campaigns/{campaign}/feed?after={position}").Refused(400, "invalid_position", "after");
        await server.Admin.GetAsync($"campaigns/{campaign}/feed?follow=maybe").Refused(400, "invalid_field", "follow");
    }

    [Fact]
    public async Task No_event_holds_what_people_wrote_or_how_callers_call_them()
    {
        var campaign = await server.FullCampaignAsync(""" "brief":"Secretbrief","voters":{"who":"confirmed","domains":["secretdomain.example"]} """);
        var anna = await server.VoterAsync("secretname", "secretaddress@secretdomain.example");
        var idea = (await anna.PostAsync($"campaigns/{campaign}/ideas", """{"title":"Secrettitle","body":"Secretbody","tags":["secrettag"],"reference":"secretreference"}""").Expect(201)).Text("id");
        await anna.PutAsync($"campaigns/{campaign}/ideas/{idea}/approval").Expect(200);
        await server.Admin.PutAsync($"campaigns/{campaign}/ideas/{idea}/status", """{"status":"planned","answer":"Secretanswer"}""").Expect(200);
        await server.Admin.PutAsync($"campaigns/{campaign}/voters/secretname", """{"segment":"secretsegment","attributes":{"secretattribute":"secretvalue"}}""").Expect(200);

        var feed = await server.Admin.With("Accept", Lines).GetAsync($"campaigns/{campaign}/feed").Expect(200);

        feed.Lines.Length.ShouldBeGreaterThan(5);
        feed.Body.ShouldNotContain("secret", Case.Insensitive);
        feed.Body.ShouldNotContain(campaign);
    }

    private async Task<string> ElectionAsync()
    {
        var campaign = await server.CampaignAsync();
        await server.IdeasAsync(campaign, "1", "2", "3");
        await server.CastAsync(campaign, Enumerable.Range(0, 40).Select(i => $$$"""{"voter":"{{{i}}}","approve":["ref:1","ref:{{{1 + i % 3}}}"],"invest":{"ref:{{{1 + i % 3}}}":{{{1 + i}}} } }"""));
        return campaign;
    }
}
