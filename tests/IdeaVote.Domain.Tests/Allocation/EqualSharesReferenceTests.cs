using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Allocation;

namespace IdeaVote.Domain.Tests.Allocation;

/// <summary>The quick way against the definition, on thousands of elections full of ties.</summary>
public sealed class EqualSharesReferenceTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Theory]
    [InlineData(Utility.Cost)]
    [InlineData(Utility.Cardinality)]
    public void It_buys_what_the_definition_buys_in_that_order_for_those_payments(Utility utility) =>
        Check.One(Many, Prop.ForAll(Elections.Small.ToArbitrary(), given => EqualsTheDefinition(given, utility)));

    [Theory]
    [InlineData(Utility.Cost)]
    [InlineData(Utility.Cardinality)]
    public void What_is_uncertain_does_not_add_up(Utility utility) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Elections.Tight.ToArbitrary(), given => EqualsTheDefinition(given, utility)));

    private static void EqualsTheDefinition(Given given, Utility utility)
    {
        var portfolio = given.Build().Run(Elections.Shares(utility));
        if (given.Ballots.Length == 0)
        {
            portfolio.Selected.ShouldBeEmpty();
            return;
        }
        var expected = Reference.EqualShares(given, utility, Rational.Of(given.Fund) / Rational.Of(given.Ballots.Length));

        portfolio.Selected.Select(each => each.Project).ShouldBe(expected.Select(each => each.Project));
        foreach (var (project, (_, paid)) in portfolio.Selected.Zip(expected).Where(pair => pair.First.Payers is not null))
            Payments(project.Payers!.All()).ShouldBe(Supporters(given, project.Project, paid));
    }

    [Theory]
    [InlineData(Utility.Cost)]
    [InlineData(Utility.Cardinality)]
    public void Completed_by_units_it_ends_where_the_definition_ends(Utility utility) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Elections.Small.ToArbitrary(), given =>
        {
            if (given.Ballots.Length == 0)
                return;
            var portfolio = given.Build().Run(Elections.Shares(utility, Completion.Add1U));
            var (bought, units) = Reference.AddUnits(given, utility);

            portfolio.Selected.Select(each => each.Project).ShouldBe(bought);
            portfolio.Shares!.UnitsAdded.ShouldBe(units);
        }));

    [Fact]
    public void The_knapsack_is_the_best_of_all_choices() =>
        Check.One(Many, Prop.ForAll(Elections.Small.ToArbitrary(), given =>
            given.Build().Run(Elections.Knapsack).Selected.Select(each => each.Project).Order().ShouldBe(Reference.Knapsack(given).Order())));

    private static List<Payment> Payments(IEnumerable<Payment> payments) => [.. payments.OrderBy(payment => payment.Each)];

    private static List<Payment> Supporters(Given given, int project, Rational[] paid) =>
        [.. Enumerable.Range(0, paid.Length).Where(i => given.Ballots[i].Any(support => support.Project == project))
            .GroupBy(i => paid[i]).Select(group => new Payment(group.Count(), group.Key)).OrderBy(payment => payment.Each)];
}
