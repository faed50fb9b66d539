using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Many at once: nothing counts twice, nothing is lost, the last word stands.</summary>
public sealed class ConcurrencyTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Twenty_voters_with_eight_identical_approvals_each_count_twenty()
    {
        var campaign = await server.CampaignAsync();
        var idea = await server.IdeaAsync(campaign, "Idea");
        var voters = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => server.VoterAsync($"voter {i}")));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).SelectMany(_ => voters.Select(voter => voter.PutAsync($"campaigns/{campaign}/ideas/{idea}/approval"))));

        answers.ShouldAllBe(answer => answer.Status == 200 && answer.Headers["ETag"] == "\"1\"");
        (await server.TallyAsync(campaign, idea))["approvals"]!.GetValue<int>().ShouldBe(20);
        var feed = await server.FeedAsync(campaign);
        feed.Count(line => line.Name == "approval_changed").ShouldBe(20);
        feed.Recount().Voters.ShouldBe(20);
    }

    [Fact]
    public async Task A_rating_changed_a_thousand_times_at_once_ends_as_the_last_acknowledged()
    {
        const int Changes = 1_000;
        var campaign = await server.CampaignAsync(""" "rate":{"criteria":[{"key":"a"},{"key":"b"},{"key":"c"},{"key":"d"},{"key":"e"}]} """);
        var idea = await server.IdeaAsync(campaign, "Idea");
        var (path, anna) = ($"campaigns/{campaign}/ideas/{idea}/rating", await server.VoterAsync("anna"));
        // Each another one of the 5⁵ possible ratings, so that each is a change.
        string Scores(int i) => $$"""{"a":{{1 + i % 5}},"b":{{1 + i / 5 % 5}},"c":{{1 + i / 25 % 5}},"d":{{1 + i / 125 % 5}},"e":{{1 + i / 625 % 5}}}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, Changes).Select(async i =>
            (Scores: Scores(i), Answer: await anna.PutAsync(path, $$"""{"scores":{{Scores(i)}} }""").Expect(200))));

        // The ballot's version, which each answer carries, is the order in which they were counted.
        var inOrder = answers.OrderBy(sent => sent.Answer.Number("ballot.version")).ToList();
        inOrder.Select(sent => (int)sent.Answer.Number("ballot.version")).ShouldBe(Enumerable.Range(1, Changes));
        var ballot = await anna.GetAsync($"campaigns/{campaign}/ballot").Expect(200);
        ballot.At($"rate.{idea}").ShouldBeJson(inOrder[^1].Scores);
        ballot.Headers["ETag"].ShouldBe($"\"{Changes}\"");
        var tally = await server.TallyAsync(campaign, idea);
        tally["ratings"]!.GetValue<int>().ShouldBe(1);
        tally["rating"]!.GetValue<decimal>().ShouldBe(System.Text.Json.Nodes.JsonNode.Parse(inOrder[^1].Scores)!.AsObject().Average(score => score.Value!.GetValue<decimal>()));
    }

    [Fact]
    public async Task Sixty_four_whole_ballots_of_one_voter_at_once_end_as_exactly_one_of_them()
    {
        const int Ballots = 64;
        var campaign = await server.CampaignAsync(""" "approve":{},"invest":{"budgetCredits":1000} """);
        var ids = await server.IdeasAsync(campaign, Enumerable.Range(0, 8).Select(i => $"{i}"));
        var (path, anna) = ($"campaigns/{campaign}/ballot", await server.VoterAsync("anna"));

        var answers = await Task.WhenAll(Enumerable.Range(1, Ballots).Select(n => anna.PutAsync(path, Ballot(n)).Expect(200)));

        var read = await anna.GetAsync(path).Expect(200);
        read.Body.ShouldBe(answers.MaxBy(answer => answer.Number("version"))!.Body);
        var credits = read.At("invest")!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<int>(), StringComparer.Ordinal);
        var sent = Enumerable.Range(1, Ballots).Single(n => ids.All(id => credits[id] == n));
        read.Items("approve").Select(id => id.GetValue<string>()).ShouldBe(ids.Where((_, i) => (sent >> i & 1) == 1), ignoreOrder: true);
        (await server.FeedAsync(campaign)).Recount().Voters.ShouldBe(1);
        foreach (var id in ids)
            (await server.TallyAsync(campaign, id))["invested"]!.GetValue<int>().ShouldBe(sent);

        // The n-th ballot invests n in every idea and approves those whose bit is set in n.
        string Ballot(int n) => $$"""
            {"approve":[{{string.Join(',', ids.Where((_, i) => (n >> i & 1) == 1).Select(id => $"\"{id}\""))}}],
            "invest": { {{string.Join(',', ids.Select(id => $"\"{id}\":{n}"))}} } }
            """;
    }

    [Fact]
    public async Task A_budget_is_never_overspent_by_many_at_once()
    {
        var campaign = await server.CampaignAsync();
        var ids = await server.IdeasAsync(campaign, Enumerable.Range(0, 20).Select(i => $"{i}"));
        var anna = await server.VoterAsync("anna");

        var answers = await Task.WhenAll(ids.Select(id => anna.PutAsync($"campaigns/{campaign}/ideas/{id}/investment", """{"credits":30}""")));

        answers.Count(answer => answer.Status == 200).ShouldBe(3);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Text("code") == "budget_exceeded");
        (await anna.GetAsync($"campaigns/{campaign}/ballot").Expect(200)).Number("left.credits").ShouldBe(10);
    }

    [Fact]
    public async Task Only_one_of_many_on_the_same_version_wins()
    {
        var campaign = await server.CampaignAsync();
        var (path, anna) = ($"campaigns/{campaign}/ideas/{await server.IdeaAsync(campaign, "Idea")}/investment", await server.VoterAsync("anna"));

        var answers = await Task.WhenAll(Enumerable.Range(1, 30).Select(i => anna.With("If-Match", "\"0\"").PutAsync(path, $$"""{"credits":{{i}}}""")));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Status == 412).ShouldBe(29);
    }
}
