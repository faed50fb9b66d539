using IdeaVote.Engine.Embedded;
using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>More at once than the server takes: it says so, and nothing is lost by it.</summary>
public sealed class OverloadTests
{
    [Fact]
    public async Task Who_is_turned_away_can_come_again_and_what_was_acknowledged_counts()
    {
        await using var server = await TestServer.StartAsync(engine: new EmbeddedOptions { QueueCommands = 2, BatchCommands = 1 });
        var campaign = await server.CampaignAsync();
        var idea = await server.IdeaAsync(campaign, "Idea");
        var trusted = await server.AsAsync("vote:any");
        var (voters, counted, turnedAway) = (0, 0, 0);

        while (turnedAway == 0)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => VoteAsync(Interlocked.Increment(ref voters))));
            foreach (var answer in answers.Where(answer => answer.Status != 200))
            {
                (answer.Status, answer.Text("code"), answer.Headers["Retry-After"]).ShouldBe((503, "overloaded", "1"));
                turnedAway++;
            }
            counted += answers.Count(answer => answer.Status == 200);
        }
        (await server.TallyAsync(campaign, idea))["approvals"]!.GetValue<int>().ShouldBe(counted);

        for (var voter = 1; voter <= voters; voter++)
            (await VoteAsync(voter)).Status.ShouldBe(200);
        (await server.TallyAsync(campaign, idea))["approvals"]!.GetValue<int>().ShouldBe(voters);

        Task<Answer> VoteAsync(int voter) => trusted.For($"voter {voter}").PutAsync($"campaigns/{campaign}/ideas/{idea}/approval");
    }

    [Fact]
    public async Task Many_ballots_wait_for_room_instead()
    {
        await using var server = await TestServer.StartAsync(engine: new EmbeddedOptions { QueueCommands = 2, BatchCommands = 1 });
        var campaign = await server.CampaignAsync();
        await server.IdeaAsync(campaign, "Idea");

        await server.CastAsync(campaign, Enumerable.Range(0, 300).Select(i => $$"""{"voter":"{{i}}","approve":["ref:Idea"]}"""));

        (await server.FeedAsync(campaign)).Recount().Voters.ShouldBe(300);
    }
}
