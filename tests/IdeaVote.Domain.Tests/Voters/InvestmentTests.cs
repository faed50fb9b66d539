namespace IdeaVote.Domain.Tests.Voters;

public sealed class InvestmentTests
{
    private static readonly Rules Bounded = Plain with { Invest = new InvestRule(100, 5, 50) };

    [Fact]
    public void A_voter_invests_thinks_again_and_takes_it_back() =>
        A.Voter
            .At(T(1)).When(new CastInvestment(Park, 30)).Then(new InvestmentChanged(Park, 0, 30, null, T(1), 1))
            .At(T(2)).When(new CastInvestment(Park, 70)).Then(new InvestmentChanged(Park, 30, 70, null, T(1), 1))
            .At(T(3)).When(new CastInvestment(Park, 0)).Then(new InvestmentChanged(Park, 70, 0, null, T(1), 0));

    [Fact]
    public void Saying_what_is_so_already_changes_nothing()
    {
        A.Voter.After(new CastInvestment(Park, 30)).When(new CastInvestment(Park, 30)).ThenNothing();
        A.Voter.When(new CastInvestment(Park, 0)).ThenNothing();
    }

    [Fact]
    public void Never_more_than_the_budget()
    {
        var scenario = A.Voter.After(new CastInvestment(Park, 60));

        scenario.When(new CastInvestment(Bench, 41)).ThenRefused(RefusalCode.BudgetExceeded, "credits");
        scenario.When(new CastInvestment(Park, 101)).ThenRefused(RefusalCode.BudgetExceeded, "credits");
        scenario.When(new CastInvestment(Bench, 40)).ThenTaken();
        ((Voter)scenario.State).Ballot.SpentCredits.ShouldBe(100);
    }

    [Fact]
    public void Huge_numbers_do_not_run_over() =>
        A.Voter.Under(Plain with { Invest = new InvestRule(InvestRule.MaxBudgetCredits, null, null) })
            .After(new CastInvestment(Park, InvestRule.MaxBudgetCredits))
            .When(new CastInvestment(Bench, int.MaxValue)).ThenRefused(RefusalCode.BudgetExceeded, "credits")
            .When(new CastInvestment(Bench, int.MinValue)).ThenRefused(RefusalCode.InvalidCredits, "credits");

    [Fact]
    public void Each_investment_has_a_minimum_and_a_maximum()
    {
        A.Voter.Under(Bounded).When(new CastInvestment(Park, 4)).ThenRefused(RefusalCode.InvestmentTooSmall, "credits");
        A.Voter.Under(Bounded).When(new CastInvestment(Park, 51)).ThenRefused(RefusalCode.InvestmentTooLarge, "credits");
        A.Voter.Under(Bounded).When(new CastInvestment(Park, 5)).ThenTaken();
        A.Voter.Under(Bounded).When(new CastInvestment(Park, 50)).ThenTaken();
        A.Voter.Under(Bounded).After(new CastInvestment(Park, 50)).When(new CastInvestment(Park, 0)).ThenTaken();
    }

    [Fact]
    public void There_are_no_negative_credits() =>
        A.Voter.When(new CastInvestment(Park, -1)).ThenRefused(RefusalCode.InvalidCredits, "credits");

    [Fact]
    public void What_is_left_of_the_budget()
    {
        var voter = (Voter)A.Voter.After(new CastInvestment(Park, 30), new CastInvestment(Bench, 20)).State;

        voter.CreditsLeft(Plain).ShouldBe(50);
        voter.CreditsLeft(Plain with { Invest = new InvestRule(40, null, null) }).ShouldBe(0);
        voter.CreditsLeft(Plain with { Invest = null }).ShouldBeNull();
    }

    [Fact]
    public void A_method_that_is_off_takes_no_votes() =>
        A.Voter.Under(Plain with { Invest = null }).When(new CastInvestment(Park, 1)).ThenRefused(RefusalCode.MethodOff);
}
