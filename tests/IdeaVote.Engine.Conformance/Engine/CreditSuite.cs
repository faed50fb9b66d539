using IdeaVote.Domain.Voters;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>No credit is lost, made or spent twice, whatever comes between: closings, restarts, crashes, failed commits.</summary>
public abstract class CreditSuite : EngineSuite
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public Task Credits_are_conserved_while_ideas_close_and_open(int seed) => RunAsync(seed, _ => Task.CompletedTask);

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public Task Credits_are_conserved_over_restarts(int seed) => RunAsync(seed, _ => Host.RestartAsync());

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public Task Credits_are_conserved_over_crashes(int seed) => RunAsync(seed, _ => Host.CrashAsync());

    [Theory]
    [InlineData(41, CommitFault.Written)]
    [InlineData(42, CommitFault.NotWritten)]
    public Task Credits_are_conserved_over_failed_commits(int seed, CommitFault fault) => RunAsync(seed, async round =>
    {
        Host.FailNextCommit(fault);
        // Something must be there to fail with.
        var reply = await SendAsync(Voter(1_000 + round), new DescribeVoter(new SegmentChange(Names.Segment(1)), null));
        reply.Kind.ShouldNotBe(ReplyKind.Overloaded);
        await Host.RecoverAsync();
    });

    private async Task RunAsync(int seed, Func<int, Task> trouble)
    {
        await CreateAsync(Workload.Ideas);
        var crowd = new Workload(Host, Campaign, seed);
        for (var round = 0; round < 5; round++)
        {
            await crowd.RunRoundAsync(commandsPerVoter: 8, crowd.TurnAnIdeaAsync);
            await crowd.RunRoundAsync(commandsPerVoter: 4, () => trouble(round));
            await crowd.TurnAnIdeaAsync();
            await trouble(10 + round);
        }
        await crowd.UntilRefundedAsync();
        await crowd.RunRoundAsync(commandsPerVoter: 2);
        await crowd.ShouldHaveBeenObeyedAsync();
        var feed = await Engine.ReadFeedAsync(Campaign);
        RefundAudit.Check(feed);
        var events = feed.ConvertAll(Feeds.Recorded);
        // A command is one turn: all its events stand side by side in one stream.
        foreach (var turn in events.Where(recorded => recorded.Command is not null).GroupBy(recorded => recorded.Command!.Value))
            turn.Select(recorded => recorded.Version).ShouldBe(Enumerable.Range(0, turn.Count()).Select(i => turn.First().Version + i));
        await ShouldEqualRecountAsync();
    }
}
