namespace IdeaVote.Domain.Tests.Voters;

/// <summary>Votes that cost the square of their number.</summary>
public sealed class QuadraticTests
{
    private static readonly Rules Squares = Plain with { Invest = new InvestRule(100, null, null) { Cost = CreditCost.Quadratic } };

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(81)]
    [InlineData(100)]
    public void An_investment_is_a_square(int credits) => A.Voter.Under(Squares).When(new CastInvestment(Park, credits)).ThenTaken();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(99)]
    public void Anything_else_is_refused(int credits) =>
        A.Voter.Under(Squares).When(new CastInvestment(Park, credits)).ThenRefused(RefusalCode.InvalidCredits, "credits");

    [Fact]
    public void The_largest_square_is_taken_and_its_neighbours_are_not()
    {
        var rich = A.Voter.Under(Squares with { Invest = new InvestRule(InvestRule.MaxBudgetCredits, null, null) { Cost = CreditCost.Quadratic } });

        rich.When(new CastInvestment(Park, 999_950_884)).ThenTaken();
        rich.When(new CastInvestment(Park, 999_950_883)).ThenRefused(RefusalCode.InvalidCredits, "credits");
        rich.When(new CastInvestment(Park, 999_950_885)).ThenRefused(RefusalCode.InvalidCredits, "credits");
    }

    [Fact]
    public void The_budget_holds_for_the_credits() =>
        A.Voter.Under(Squares).After(new CastInvestment(Park, 64)).When(new CastInvestment(Bench, 49)).ThenRefused(RefusalCode.BudgetExceeded, "credits");
}
