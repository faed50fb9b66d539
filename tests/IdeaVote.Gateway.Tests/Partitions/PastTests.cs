using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.Partitions;

/// <summary>How things stood at a time, where voters are spread over several partitions.</summary>
public sealed class PastTests(PartitionedServer server) : IClassFixture<PartitionedServer>
{
    private const int Voters = 24;

    [Fact]
    public async Task A_time_of_the_past_includes_what_every_partition_held_then_and_nothing_later()
    {
        const string Campaign = "campaigns/spread";
        await server.Admin.PostAsync("campaigns", """{"key":"spread","title":"Spread","approve":{}}""").Expect(201);
        await IdeaAsync("a");
        await IdeaAsync("b");
        await ApproveAsync(0, "a");
        var before = await server.EventsAsync("spread");
        before.ShouldAllBe(events => events > 0, "each partition must have votes of the past");
        var then = server.Clock.After(TimeSpan.FromMinutes(1));
        // Longer than clocks are ever wrong, so that it might seem as if a partition's later events ended the search.
        server.Clock.Jump(TimeSpan.FromDays(3));

        // Later events in every partition, also in those that are read first.
        await IdeaAsync("c");
        await ApproveAsync(0, "b");
        await ApproveAsync(Voters, "a");
        (await server.EventsAsync("spread")).Zip(before).ShouldAllBe(events => events.First > events.Second, "each partition must have votes of later");
        server.Clock.Jump(TimeSpan.FromMinutes(2));

        (await ScoresAsync("")).ShouldBe($"a {2 * Voters}|b {Voters}|c 0");
        (await ScoresAsync($"&asOf={then}")).ShouldBe($"a {Voters}|b 0");
        (await ScoresAsync($"&asOf={then}&from=2000-01-01T00:00:00Z")).ShouldBe($"a {Voters}|b 0");
        await ApproveAsync(2 * Voters, "b");
        (await ScoresAsync($"&asOf={then}")).ShouldBe($"a {Voters}|b 0", "it is the same for ever");

        async Task IdeaAsync(string reference) =>
            await server.Admin.PostAsync($"{Campaign}/ideas", $$"""{"title":"{{reference}}","reference":"{{reference}}"}""").Expect(201);

        async Task ApproveAsync(int from, string idea)
        {
            var lines = Enumerable.Range(from, Voters).Select(voter => $$"""{"voter":"{{voter}}","approve":[{{(idea == "b" && voter < Voters ? "\"ref:a\"," : "")}}"ref:{{idea}}"]}""");
            (await (await server.AsAsync("vote:any")).LinesAsync("POST", $"{Campaign}/ballots", lines).Expect(200)).Lines.ShouldAllBe(line => line.Contains("\"counted\""));
        }

        async Task<string> ScoresAsync(string more) => string.Join('|', (await server.Admin.GetAsync($"{Campaign}/leaderboard?by=approvals{more}").Expect(200))
            .Items("rows").Select(row => $"{row["reference"]} {row["score"]}"));
    }
}
