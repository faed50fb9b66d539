namespace IdeaVote.Domain.Tests.Voters;

/// <summary>A refund undoes exactly the investment it names, whenever and however often it comes.</summary>
public sealed class RefundTests
{
    private const long Withdrawal = 7;

    [Fact]
    public void The_investment_it_names_goes_back_and_says_why() =>
        A.Voter.At(T(1)).After(new CastApproval(Park, true), new CastInvestment(Park, 30))
            .At(T(9)).When(new ReturnInvestment(Park, 2, Withdrawal))
            .Then(new InvestmentChanged(Park, 30, 0, null, T(1), 1, Withdrawal));

    [Fact]
    public void The_credits_can_be_spent_again() =>
        A.Voter.After(new CastInvestment(Park, 100), new ReturnInvestment(Park, 1, Withdrawal)).When(new CastInvestment(Bench, 100)).ThenTaken();

    [Fact]
    public void Twice_is_once() =>
        A.Voter.After(new CastInvestment(Park, 30), new ReturnInvestment(Park, 1, Withdrawal)).When(new ReturnInvestment(Park, 1, Withdrawal)).ThenNothing();

    [Fact]
    public void A_late_one_never_takes_a_newer_investment()
    {
        var again = A.Voter.After(new CastInvestment(Park, 30), new ReturnInvestment(Park, 1, Withdrawal), new CastInvestment(Park, 30));

        again.When(new ReturnInvestment(Park, 1, Withdrawal)).ThenNothing();
        again.When(new ReturnInvestment(Park, 3, Withdrawal)).ThenTaken();
    }

    [Fact]
    public void An_investment_that_was_changed_since_is_another() =>
        A.Voter.After(new CastInvestment(Park, 30), new CastInvestment(Park, 31)).When(new ReturnInvestment(Park, 1, Withdrawal)).ThenNothing();

    [Fact]
    public void An_investment_that_moved_to_another_segment_is_another()
    {
        var moved = A.Voter.After(new CastInvestment(Park, 30), new DescribeVoter(new SegmentChange(North), null));

        moved.When(new ReturnInvestment(Park, 1, Withdrawal)).ThenNothing();
        moved.When(new ReturnInvestment(Park, 4, Withdrawal)).Then(new InvestmentChanged(Park, 30, 0, North, T(100), 0, Withdrawal));
    }

    [Fact]
    public void One_of_several_investments_of_a_ballot_has_its_own_version() =>
        A.Voter.After(new SetBallot([], [], [new(Park, 10), new(Bench, 20)]))
            .When(new ReturnInvestment(Park, 2, Withdrawal)).ThenNothing()
            .When(new ReturnInvestment(Bench, 2, Withdrawal)).Then(new InvestmentChanged(Bench, 20, 0, null, T(100), 1, Withdrawal));

    [Fact]
    public void Where_nothing_is_invested_nothing_goes_back() =>
        A.Voter.When(new ReturnInvestment(Park, 0, Withdrawal)).ThenNothing();

    [Fact]
    public void It_needs_no_open_stage_no_eligible_voter_and_no_method() =>
        A.Voter.After(new CastInvestment(Park, 30))
            .In(CampaignWith(Plain with { Who = WhoMayVote.Roll, Invest = null }, Closed)).While(Park, IdeaStatus.Withdrawn)
            .When(new ReturnInvestment(Park, 1, Withdrawal)).Then(new InvestmentChanged(Park, 30, 0, null, T(100), 0, Withdrawal));
}
