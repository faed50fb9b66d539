using IdeaVote.Domain.Allocation;
using static IdeaVote.Domain.Tests.Allocation.Elections;

namespace IdeaVote.Domain.Tests.Allocation;

/// <summary>Small elections worked out by hand.</summary>
public sealed class RuleTests
{
    private static readonly (string Id, decimal Cost)[] Park = [("park", 60), ("lamp", 50), ("bench", 40), ("tree", 10)];
    private static readonly Election Town = Of(100, Park, "5: park", "4: lamp", "3: bench", "2: tree");

    [Fact]
    public void Greedy_passes_over_what_does_not_fit_and_greedy_stop_ends_there()
    {
        Town.Run(Greedy).Ids().ShouldBe("park bench");
        Town.Run(GreedyStop).Ids().ShouldBe("park");
    }

    [Fact]
    public void Knapsack_finds_more_score_than_greedy() => Town.Run(Knapsack).Ids().ShouldBe("lamp bench tree");

    [Fact]
    public void The_rejected_say_what_they_lacked()
    {
        var greedy = Town.Run(Greedy);
        greedy.Spent.ShouldBe(100m);
        greedy.Rejected.Select(each => (each.Id, each.Lacked, each.Missing)).ShouldBe(
            [("lamp", "costs 10 more than what was left", Rational.Of(10)), ("tree", "costs 10 more than what was left", Rational.Of(10))]);
        Town.Run(GreedyStop).Rejected.Select(each => each.Lacked).ShouldBe(
            ["costs 10 more than what was left", "comes after lamp, which did not fit and ended the selection", "comes after lamp, which did not fit and ended the selection"]);
        var shares = Town.Run(Shares());
        // 14 voters with 100/14 each: the two who want the tree have 14.29, the others too little for anything.
        shares.Ids().ShouldBe("tree");
        shares.Rejected[0].ShouldSatisfyAllConditions(
            park => park.Id.ShouldBe("park"),
            park => park.Missing.ShouldBe(Rational.Of(60) - new Rational(500, 14)),
            park => park.Lacked.ShouldBe("its 5 supporters have about 35.71 left, about 24.29 too little"));
    }

    [Fact]
    public void Equal_scores_go_by_cost_and_then_by_id()
    {
        var election = Of(100, [("b", 50), ("c", 40), ("a", 50)], "a b c");

        election.Run(Greedy).Ids().ShouldBe("c a");
        election.Run(Knapsack).Ids().ShouldBe("c a");
    }

    [Fact]
    public void Equal_shares_breaks_ties_by_the_ordinal_order_of_ids() =>
        Of(10, [("b", 10), ("a", 10), ("B", 10)], "2: a b B").Run(Shares()).Ids().ShouldBe("B");

    [Fact]
    public void Who_has_too_little_gives_all_and_the_others_pay_the_rest()
    {
        // 30 each. First c at 12 from both; then ann has 18 left, cem 30: d costs 40, ann gives 18 and cem 22.
        var election = Of(90, [("c", 24), ("d", 40)], "c d", "c", "d");
        var portfolio = election.Run(Shares(Utility.Cardinality));

        portfolio.Ids().ShouldBe("c d");
        portfolio.Shares!.ShouldSatisfyAllConditions(shares => shares.Share.ShouldBe(Rational.Of(30)), shares => shares.UnitsAdded.ShouldBe(0));
        portfolio.Selected[0].Payers!.All().ShouldBe([new Payment(2, Rational.Of(12))]);
        portfolio.Selected[1].Payers!.ShouldSatisfyAllConditions(
            payers => payers.Rate.ShouldBe(Rational.Of(22)),
            payers => payers.AtRate.ShouldBe([new Payment(1, Rational.Of(22))]),
            payers => payers.Exhausted.ShouldBe(1),
            payers => payers.ExhaustedTotal.ShouldBe(Rational.Of(18)),
            payers => payers.All().ShouldBe([new Payment(1, Rational.Of(22)), new Payment(1, Rational.Of(18))]));
    }

    [Fact]
    public void Payments_go_by_weight()
    {
        var payers = Of(200, [("c", 60)], "c=1", "c=2", "c=3").Run(Shares()).Selected.ShouldHaveSingleItem().Payers!;

        payers.Rate.ShouldBe(Rational.Of(10));
        payers.AtRate.ShouldBe([new Payment(1, Rational.Of(30)), new Payment(1, Rational.Of(20)), new Payment(1, Rational.Of(10))]);
    }

    [Fact]
    public void Utilities_differ_in_what_they_favour()
    {
        // 10 each. By cost the dear project gives each supporter more for the money (3 supporters against 2), by number the cheap one.
        var election = Of(30, [("dear", 21), ("cheap", 12)], "dear cheap", "dear cheap", "dear");

        election.Run(Shares(Utility.Cost)).Ids().ShouldBe("dear");
        election.Run(Shares(Utility.Cardinality)).Ids().ShouldBe("cheap");
    }

    [Fact]
    public void Completions_spend_what_is_left()
    {
        // 5 each: nobody can buy anything; with 10 each ann's and bob's groups can.
        var election = Of(40, [("a", 20), ("b", 18), ("c", 30)], "2: a", "2: b", "2: c", "2: ");

        election.Run(Shares()).Ids().ShouldBe("");
        election.Run(Shares(completion: Completion.Greedy)).Ids().ShouldBe("b a");
        election.Run(Shares(completion: Completion.Add1U)).ShouldSatisfyAllConditions(
            portfolio => portfolio.Ids().ShouldBe("a b"),
            portfolio => portfolio.Shares!.UnitsAdded.ShouldBe(5),
            portfolio => portfolio.Shares!.Share.ShouldBe(Rational.Of(10)),
            portfolio => portfolio.Spent.ShouldBe(38m));
    }

    [Fact]
    public void A_run_that_overspends_leaves_the_one_before_it()
    {
        // With 9 each a is bought; b would fit no more after it; c fits, and with 10 each b's two voters and c's one buy: 18+20+10 > 40.
        var election = Of(40, [("a", 18), ("b", 20), ("c", 10)], "2: a", "2: b", "c", "5: ");
        var portfolio = election.Run(Shares(completion: Completion.Add1U));

        portfolio.Ids().ShouldBe("a");
        portfolio.Shares!.ShouldSatisfyAllConditions(shares => shares.UnitsAdded.ShouldBe(5), shares => shares.Runs.ShouldBe(7));
    }

    [Fact]
    public void Equal_shares_serves_a_minority_that_greedy_passes_over()
    {
        (string, decimal)[] projects = [.. Enumerable.Range(0, 10).SelectMany(i => new[] { ($"A{i}", 10m), ($"B{i}", 10m) })];
        var election = Of(
            100, projects, "60: " + string.Join(' ', Enumerable.Range(0, 10).Select(i => $"A{i}")), "40: " + string.Join(' ', Enumerable.Range(0, 10).Select(i => $"B{i}")));

        election.Run(Greedy).Selected.Count(each => each.Id[0] == 'A').ShouldBe(10);
        foreach (var utility in Enum.GetValues<Utility>())
        {
            var shares = election.Run(Shares(utility));
            shares.Selected.Count(each => each.Id[0] == 'A').ShouldBe(6);
            shares.Selected.Count(each => each.Id[0] == 'B').ShouldBe(4);
        }
        Comparison.TryRun(election, [Greedy, Shares()], out var comparison, out _).ShouldBeTrue();
        comparison!.Rows.Select(row => (row.TotalScore, row.Voters, row.WithoutAny, row.PartSpent)).ShouldBe([(600m, 100L, 40L, 1m), (520m, 100L, 0L, 1m)]);
    }

    [Fact]
    public void Weights_below_0_take_from_the_score_and_support_nothing()
    {
        var election = Of(30, [("a", 10), ("b", 10)], "a=3 b=1", "a=-4");

        (election.Score(0), election.SupporterCount(0)).ShouldBe((-1, 1));
        election.Run(Greedy).Ids().ShouldBe("b");
        election.Run(Greedy).Rejected[0].Lacked.ShouldBe("its score is not above 0");
        election.Run(Shares(Utility.Cardinality)).Selected[0].Payers!.Supporters.ShouldBe(1);
    }
}
