using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Allocation;
using static IdeaVote.Domain.Tests.Allocation.Elections;

namespace IdeaVote.Domain.Tests.Allocation;

/// <summary>What holds of every portfolio.</summary>
public sealed class PropertyTests
{
    [Fact]
    public void The_fund_is_never_exceeded_and_every_project_is_accounted_for() =>
        Always((given, portfolio) =>
        {
            portfolio.Spent.ShouldBeLessThanOrEqualTo(given.Fund);
            portfolio.Spent.ShouldBe(portfolio.Selected.Sum(each => each.Cost));
            portfolio.Selected.Select(each => each.Project).Concat(portfolio.Rejected.Select(each => each.Project)).Order()
                .ShouldBe(Enumerable.Range(0, given.Projects.Length));
            portfolio.Rejected.All(each => each.Missing is not { } missing || missing > default(Rational)).ShouldBeTrue();
        });

    [Fact]
    public void Payments_sum_exactly_to_the_cost_and_nobody_pays_more_than_the_share() =>
        Always((given, portfolio) =>
        {
            var total = default(Rational);
            foreach (var project in portfolio.Selected.Where(each => each.Payers is not null))
            {
                var payments = project.Payers!.All();
                var sum = payments.Aggregate(default(Rational), (all, payment) => all + Rational.Of(payment.Voters) * payment.Each);
                sum.ShouldBe(Rational.Of(project.Cost));
                payments.Sum(payment => payment.Voters).ShouldBe(project.Payers.Supporters);
                payments.All(payment => payment.Each <= portfolio.Shares!.Share && payment.Each >= default(Rational)).ShouldBeTrue();
                total += sum;
            }
            if (portfolio.Shares is { } shares)
                (total <= shares.Share * Rational.Of(given.Ballots.Length)).ShouldBeTrue();
        });

    [Fact]
    public void Neither_the_order_of_voters_nor_that_of_projects_matters() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Small.ToArbitrary(), given =>
        {
            var count = given.Projects.Length;
            var turned = new Given(
                given.Fund,
                [.. given.Projects.Reverse()],
                [.. given.Ballots.Reverse().Select(ballot => ballot.Select(entry => entry with { Project = count - 1 - entry.Project }).ToArray())]);
            foreach (var method in AllMethods)
                turned.Build().Run(method).Ids().ShouldBe(given.Build().Run(method).Ids());
        }));

    [Fact]
    public void No_completion_takes_from_what_equal_shares_bought_except_by_running_anew() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Small.ToArbitrary(), given =>
        {
            var none = given.Build().Run(Shares());
            given.Build().Run(Shares(completion: Completion.Greedy)).Ids().ShouldStartWith(none.Ids());
        }));

    [Fact]
    public void More_approval_never_costs_a_project_its_place_with_greedy() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Small.ToArbitrary(), given =>
        {
            foreach (var project in given.Build().Run(Greedy).Selected)
            {
                var more = given with { Ballots = [.. given.Ballots, [new BallotEntry(project.Project, 1)]] };
                more.Build().Run(Greedy).Selected.ShouldContain(each => each.Id == project.Id);
            }
        }));

    [Fact]
    public void No_rule_finds_more_score_than_the_knapsack() =>
        Always((given, portfolio) =>
            portfolio.Selected.Where(each => each.Score > 0).Sum(each => each.Score)
                .ShouldBeLessThanOrEqualTo(given.Build().Run(Knapsack).Selected.Sum(each => each.Score)));

    [Fact]
    public void A_group_that_agrees_gets_what_its_share_of_the_fund_can_pay() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            (from sizes in Gen.Choose(1, 9).ArrayOf(3) from cost in Gen.Choose(1, 9) from fund in Gen.Choose(1, 30) select (sizes, cost, fund)).ToArbitrary(),
            town =>
            {
                // Groups that want nothing of each other's, all at one cost: each gets ⌊its part of the fund ÷ cost⌋ projects.
                var projects = town.sizes.SelectMany((_, group) => Enumerable.Range(0, 30).Select(i => ($"{group}-{i}", (decimal)town.cost))).ToArray();
                var ballots = town.sizes.Select((size, group) => $"{size}: " + string.Join(' ', Enumerable.Range(0, 30).Select(i => $"{group}-{i}"))).ToArray();
                var portfolio = Of(town.fund, projects, ballots).Run(Shares());
                for (var group = 0; group < 3; group++)
                    portfolio.Selected.Count(each => each.Id.StartsWith($"{group}-", StringComparison.Ordinal))
                        .ShouldBe(town.fund * town.sizes[group] / (town.sizes.Sum() * town.cost));
            }));

    private static void Always(Action<Given, Portfolio> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Small.ToArbitrary(), given =>
        {
            foreach (var method in AllMethods)
                holds(given, given.Build().Run(method));
        }));
}
