using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>One aggregate obeys one command after the other, however many come at once.</summary>
public abstract class OrderSuite : EngineSuite
{
    [Fact]
    public async Task Each_stream_stands_in_the_feed_in_the_order_of_its_versions()
    {
        await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => TakenAsync(Voter(i % 7), Rating(i % 3, 1 + i % 5))));
        (await Engine.ReadEventsAsync(Campaign)).ShouldBeOrdered();
        await ShouldEqualRecountAsync();
    }

    [Fact]
    public async Task Commands_to_one_stream_at_the_same_time_each_see_the_one_before()
    {
        await CreateAsync();
        var replies = await Task.WhenAll(Enumerable.Range(1, Budget).Select(credits => TakenAsync(Voter(1), Investment(0, credits))));
        // Each of them changed it, so each has a version of its own.
        replies.Select(reply => reply.State!.Version).Order().ShouldBe(Enumerable.Range(1, Budget).Select(version => (long)version));
        var changes = (await Engine.ReadEventsAsync(Campaign)).Select(recorded => recorded.Event).OfType<InvestmentChanged>().ToList();
        changes.Select(change => change.Old).ShouldBe(changes.Select(change => change.New).SkipLast(1).Prepend(0));
        (await BallotAsync(1)).SpentCredits.ShouldBe(changes[^1].New);
        Tally(0).Invested.ShouldBe(changes[^1].New);
    }

    [Fact]
    public async Task Investments_at_the_same_time_never_exceed_the_budget()
    {
        await CreateAsync(ideas: 20);
        List<Task<Reply>> sent;
        using (Host.HoldCommits())
            sent = [.. Enumerable.Range(0, 20).Select(idea => SendAsync(Voter(1), Investment(idea, 30)))];
        var replies = await Task.WhenAll(sent);
        replies.Count(reply => reply.Kind == ReplyKind.Accepted).ShouldBe(Budget / 30);
        replies.Count(reply => reply.Refusal?.Code == RefusalCode.BudgetExceeded).ShouldBe(20 - Budget / 30);
        (await BallotAsync(1)).SpentCredits.ShouldBe(90);
        await ShouldEqualRecountAsync();
    }

    [Fact]
    public async Task What_was_answered_is_seen_by_whoever_reads_next()
    {
        await CreateAsync();
        for (var i = 1; i <= 20; i++)
        {
            var reply = await SendAsync(Voter(1), Investment(0, i));
            (await StateAsync(Voter(1))).Version.ShouldBe(reply.State!.Version);
            (await Engine.ReadFeedAsync(Campaign)).Count.ShouldBe(4 + i);
        }
    }

    [Fact]
    public async Task An_answer_waits_until_it_is_durable_and_no_board_or_feed_runs_ahead()
    {
        await CreateAsync();
        Task<Reply> vote, read;
        using (Host.HoldCommits())
        {
            vote = SendAsync(Voter(1), new CastApproval(Names.Idea(0), true));
            read = Engine.ReadAsync(Voter(1)).AsTask();
            Tally(0).Approvals.ShouldBe(0);
            (await Engine.ReadFeedAsync(Campaign)).Count.ShouldBe(4);
            vote.IsCompleted.ShouldBeFalse();
        }
        await ShouldBeTakenAsync(await vote);
        // It may have been read before the vote or after it, never in between.
        (await read.WaitAsync(Patience)).State!.Version.ShouldBeInRange(0, 1);
        Tally(0).Approvals.ShouldBe(1);
    }
}
