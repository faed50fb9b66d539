using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Voters;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>What was invested in an idea that is withdrawn or declined goes back, all of it, once, and nothing newer.</summary>
public abstract class RefundSuite : EngineSuite
{
    private const int Investors = 40;

    [Theory]
    [InlineData(IdeaStatus.Declined)]
    [InlineData(IdeaStatus.Withdrawn)]
    public async Task Every_investment_goes_back_and_can_be_spent_again(IdeaStatus status)
    {
        await InvestAsync();
        await SetAsync(0, status);
        await UntilRefundedAsync(0);
        Tally(0).Investors.ShouldBe(0);
        Tally(1).Invested.ShouldBe(40 * Investors);
        for (var voter = 0; voter < Investors; voter++)
            await TakenAsync(Voter(voter), Investment(1, Budget));
        await ShouldBeFairAsync();
    }

    [Fact]
    public async Task Approvals_and_ratings_stay()
    {
        await InvestAsync();
        await TakenAsync(Voter(1), Rating(0, 5));
        await TakenAsync(Voter(1), new CastApproval(Names.Idea(0), true));
        await SetAsync(0, IdeaStatus.Declined);
        await UntilRefundedAsync(0);
        (Tally(0).Approvals, Tally(0).Raters).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refunds_that_an_end_interrupts_are_made_afterwards_and_none_twice(bool crash)
    {
        await InvestAsync();
        await SetAsync(0, IdeaStatus.Declined);
        await (crash ? Host.CrashAsync() : Host.RestartAsync());
        await UntilRefundedAsync(0);
        var refunds = (await Engine.ReadEventsAsync(Campaign)).Where(recorded => recorded.Event is InvestmentChanged { Cause: not null }).ToList();
        refunds.Count.ShouldBe(Investors);
        refunds.ShouldAllBe(recorded => ((InvestmentChanged)recorded.Event).New == 0);
        await ShouldBeFairAsync();
    }

    [Fact]
    public async Task An_investment_that_changes_under_the_refund_goes_back_too()
    {
        await InvestAsync();
        List<Task<Reply>> moves;
        Task<Reply> decline;
        using (Host.HoldCommits())
        {
            decline = SendAsync(Idea(0), new SetIdeaStatus(IdeaStatus.Declined, null));
            // A change of segment casts every vote anew, so that what the refund was going to undo is no more.
            moves = [.. Enumerable.Range(0, Investors).Select(voter => SendAsync(Voter(voter), new DescribeVoter(new SegmentChange(Names.Segment(voter % 3)), null)))];
        }
        foreach (var reply in await Task.WhenAll(moves.Append(decline)))
            await ShouldBeTakenAsync(reply);
        await UntilRefundedAsync(0);
        Tally(1).Invested.ShouldBe(40 * Investors);
        await ShouldBeFairAsync();
    }

    [Fact]
    public async Task An_investment_made_after_the_idea_was_opened_again_stays()
    {
        await InvestAsync();
        Task<Reply>[] changes;
        using (Host.HoldCommits())
            changes = [.. new[] { IdeaStatus.Declined, IdeaStatus.Published }.Select(status => SendAsync(Idea(0), new SetIdeaStatus(status, null)))];
        foreach (var reply in await Task.WhenAll(changes))
            await ShouldBeTakenAsync(reply);
        for (var voter = 0; voter < Investors; voter += 2)
            await TakenAsync(Voter(voter), Investment(0, 31));
        await LetReactorsCatchUpAsync();
        for (var voter = 0; voter < Investors; voter += 2)
            (await BallotAsync(voter)).Investments[Names.Idea(0)].Credits.ShouldBe(31);
        await ShouldBeFairAsync();
    }

    [Fact]
    public async Task A_refund_that_comes_late_or_twice_leaves_a_newer_investment()
    {
        await CreateAsync();
        var first = await TakenAsync(Voter(1), Investment(0, 30));
        var closed = await SetAsync(0, IdeaStatus.Withdrawn);
        await UntilRefundedAsync(0);
        await SetAsync(0, IdeaStatus.Published);
        await TakenAsync(Voter(1), Investment(0, 20));
        var refund = new ReturnInvestment(Names.Idea(0), first.State!.Version, closed.State!.Version);
        (await TakenAsync(Voter(1), refund)).Changed.ShouldBeFalse();
        (await TakenAsync(Voter(2), refund)).Changed.ShouldBeFalse();
        (await BallotAsync(1)).SpentCredits.ShouldBe(20);
    }

    [Fact]
    public async Task Each_closing_gives_back_what_was_invested_since_the_one_before()
    {
        await CreateAsync();
        for (var i = 1; i <= 3; i++)
        {
            await TakenAsync(Voter(1), Investment(0, 10 * i));
            await SetAsync(0, i % 2 == 0 ? IdeaStatus.Declined : IdeaStatus.Withdrawn);
            await UntilRefundedAsync(0);
            await SetAsync(0, IdeaStatus.Published);
        }
        (await BallotAsync(1)).SpentCredits.ShouldBe(0);
        await ShouldBeFairAsync();
    }

    private async Task InvestAsync()
    {
        await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, Investors).Select(async voter =>
        {
            await TakenAsync(Voter(voter), Investment(0, 30));
            await TakenAsync(Voter(voter), Investment(1, 40));
        }));
    }

    private Task<Reply> SetAsync(int idea, IdeaStatus status) => TakenAsync(Idea(idea), new SetIdeaStatus(status, null));

    private Task UntilRefundedAsync(int idea) => Engine.UntilAsync(Campaign, () => Tally(idea).Invested == 0);

    /// <summary>Refunds are made in the order in which they are owed: when those of a later idea are, so are those before.</summary>
    private async Task LetReactorsCatchUpAsync()
    {
        await TakenAsync(Voter(1_000), Investment(2, 1));
        await SetAsync(2, IdeaStatus.Declined);
        await UntilRefundedAsync(2);
    }

    private async Task ShouldBeFairAsync()
    {
        RefundAudit.Check(await Engine.ReadFeedAsync(Campaign));
        await ShouldEqualRecountAsync();
    }
}
