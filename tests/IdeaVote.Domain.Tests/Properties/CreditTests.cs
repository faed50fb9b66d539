namespace IdeaVote.Domain.Tests.Properties;

/// <summary>Credits are never made, lost or spent twice, whatever the order, repetition, delay or loss of messages.</summary>
public sealed class CreditTests
{
    [Fact]
    public void Each_voter_has_spent_exactly_what_is_invested_and_never_more_than_the_budget() =>
        WorldProperty.Always(world =>
        {
            foreach (var voter in world.AllVoters)
            {
                voter.Ballot.SpentCredits.ShouldBe(voter.Ballot.Investments.Sum(investment => (long)investment.Value.Credits));
                voter.Ballot.Investments.Any(investment => investment.Value.Credits <= 0).ShouldBeFalse();
                voter.Ballot.SpentCredits.ShouldBeLessThanOrEqualTo(world.Campaign.Rules.Invest?.BudgetCredits ?? 0);
            }
        });

    [Fact]
    public void The_board_shows_exactly_the_credits_that_voters_spent() =>
        WorldProperty.Always(world =>
            world.Board.Ideas.Sum(idea => idea.Invested).ShouldBe(world.AllVoters.Sum(voter => voter.Ballot.SpentCredits)));

    [Fact]
    public void Once_every_refund_arrived_no_credit_stays_in_an_idea_that_was_withdrawn_or_declined() =>
        WorldProperty.AtTheEnd(world =>
        {
            foreach (var idea in world.Board.Ideas.Where(idea => idea.Status.ReturnsInvestments()))
            {
                (idea.Invested, idea.Investors).ShouldBe((0L, 0));
                world.AllVoters.Any(voter => voter.Ballot.Investments.ContainsKey(idea.Id)).ShouldBeFalse();
            }
        });

    [Fact]
    public void A_refund_takes_the_investment_it_names_or_nothing() =>
        WorldProperty.AtTheEnd(world =>
        {
            for (var turn = 0; turn < world.Turns.Count; turn++)
            {
                if (world.Turns[turn] is not { Command: ReturnInvestment refund } run)
                    continue;
                // The last thing that happened to this investment before, by the feed and not by the voter's own account.
                var last = world.Feed.LastOrDefault(e =>
                    e.Stream == run.Stream && e.Version <= run.Before.Version && e.Event is InvestmentChanged changed && changed.Idea == refund.Idea);
                if (last?.Event is InvestmentChanged { Is: true } standing && last.Version == refund.UndoesVersion)
                    run.Events.Select(e => e.Event).ShouldBe(
                    [
                        new InvestmentChanged(
                            refund.Idea, standing.New, 0, ((Voter)run.Before).Segment, standing.First, ((Voter)run.Before).Ballot.Held - 1, refund.Cause),
                    ]);
                else
                    run.Events.ShouldBeEmpty();
            }
        });

    [Fact]
    public void Only_refunds_bear_a_cause_and_each_cause_is_the_closing_of_that_idea() =>
        WorldProperty.AtTheEnd(world =>
        {
            foreach (var recorded in world.Feed)
                if (recorded.Event is InvestmentChanged { Cause: { } cause } refund)
                    world.Feed.Single(e => e.Stream == StreamId.Of(TheCampaign, refund.Idea) && e.Version == cause)
                        .Event.ShouldBeOfType<IdeaStatusChanged>().New.ReturnsInvestments().ShouldBeTrue();
            world.Turns.Where(run => run.Command is not ReturnInvestment)
                .SelectMany(run => run.Events)
                .Any(recorded => recorded.Event is InvestmentChanged { Cause: not null })
                .ShouldBeFalse();
        });
}
