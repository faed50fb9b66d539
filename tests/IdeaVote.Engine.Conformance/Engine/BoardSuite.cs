using IdeaVote.Engine.Conformance.Support;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>Boards equal the recount of the feed, and can be waited for.</summary>
public abstract class BoardSuite : EngineSuite
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_count_equals_the_recount_after_many_votes_at_once(int seed)
    {
        await CreateAsync(Workload.Ideas);
        var crowd = new Workload(Host, Campaign, seed);
        for (var round = 0; round < 3; round++)
        {
            await crowd.RunRoundAsync(commandsPerVoter: 12);
            await ShouldEqualRecountAsync();
        }
        await crowd.ShouldHaveBeenObeyedAsync();
    }

    [Fact]
    public async Task A_query_names_the_position_that_its_board_stands_at()
    {
        await CreateAsync();
        for (var voter = 1; voter <= 5; voter++)
        {
            await TakenAsync(Voter(voter), Rating(0, 4));
            var (position, raters) = Engine.Query(Campaign, (board, at) => (at, board.Find(Names.Idea(0))!.Raters));
            raters.ShouldBe(voter);
            (await Engine.WaitAsync(position, Patience)).ShouldBeTrue();
            (await Engine.ReadFeedAsync(Campaign, position)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Waiting_for_what_is_included_succeeds_even_without_patience()
    {
        (await Engine.WaitAsync(Position.Start, TimeSpan.Zero)).ShouldBeTrue();
        await CreateAsync();
        var reply = await TakenAsync(Voter(1), Rating(0, 4));
        (await Engine.WaitAsync(reply.Position, TimeSpan.Zero)).ShouldBeTrue();
        foreach (var entry in await Engine.ReadFeedAsync(Campaign))
            (await Engine.WaitAsync(entry.Position, TimeSpan.Zero)).ShouldBeTrue();
    }

    [Fact]
    public async Task Waiting_for_what_does_not_come_ends_with_the_patience()
    {
        await CreateAsync();
        (await Engine.WaitAsync(await Host.UnreachedAsync(Voter(1)), TimeSpan.Zero)).ShouldBeFalse();
        (await Engine.WaitAsync(await Host.UnreachedAsync(Voter(1)), TimeSpan.FromMilliseconds(5))).ShouldBeFalse();
    }

    [Fact]
    public async Task Waiting_ends_when_it_comes()
    {
        await CreateAsync();
        var waiting = Engine.WaitAsync(await Host.UnreachedAsync(Voter(1)), Patience).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        Task<Reply> vote;
        using (Host.HoldCommits())
        {
            vote = SendAsync(Voter(1), Rating(0, 4));
            waiting.IsCompleted.ShouldBeFalse();
        }
        (await waiting.WaitAsync(Patience)).ShouldBeTrue();
        Tally(0).Raters.ShouldBe(1);
        (await vote).Kind.ShouldBe(ReplyKind.Accepted);
    }

    [Fact]
    public async Task Whoever_stops_waiting_is_let_go()
    {
        await CreateAsync();
        using var stop = new CancellationTokenSource();
        var waiting = Engine.WaitAsync(await Host.UnreachedAsync(Voter(1)), Patience, stop.Token).AsTask();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting.WaitAsync(Patience));
    }
}
