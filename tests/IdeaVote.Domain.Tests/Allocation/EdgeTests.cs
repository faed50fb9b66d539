using IdeaVote.Domain.Allocation;
using static IdeaVote.Domain.Tests.Allocation.Elections;

namespace IdeaVote.Domain.Tests.Allocation;

/// <summary>Nothing to spend, nothing to pay, nobody to ask.</summary>
public sealed class EdgeTests
{
    [Fact]
    public void Nothing_at_all_is_an_empty_portfolio()
    {
        foreach (var method in AllMethods)
        {
            var portfolio = Of(0, []).Run(method);
            (portfolio.Spent, portfolio.Selected.Length, portfolio.Rejected.Length, portfolio.Shares).ShouldBe((0m, 0, 0, null));
        }
    }

    [Fact]
    public void Without_voters_nothing_is_funded()
    {
        foreach (var method in AllMethods)
            Of(10, [("free", 0), ("a", 5)]).Run(method).Rejected.Select(each => each.Lacked).ShouldBe(["nobody supports it", "nobody supports it"]);
    }

    [Fact]
    public void Without_money_what_is_supported_and_free_is_funded()
    {
        foreach (var method in AllMethods)
        {
            var portfolio = Of(0, [("z", 0), ("y", 0), ("unloved", 0), ("dear", 5)], "z dear", "y z").Run(method);
            portfolio.Selected.Select(each => each.Id).Order(StringComparer.Ordinal).ShouldBe(["y", "z"]);
            portfolio.Spent.ShouldBe(0m);
        }
    }

    [Fact]
    public void What_is_dearer_than_the_fund_is_never_funded()
    {
        foreach (var method in AllMethods)
            Of(10, [("dear", 10.0001m), ("a", 10)], "3: dear a").Run(method).Ids().ShouldBe("a");
    }

    [Fact]
    public void What_nobody_supports_is_never_funded_and_units_are_not_added_for_it()
    {
        var portfolio = Of(100, [("a", 10), ("unloved", 10)], "a").Run(Shares(completion: Completion.Add1U));

        portfolio.Ids().ShouldBe("a");
        portfolio.Shares!.Runs.ShouldBe(1);
        portfolio.Rejected.ShouldHaveSingleItem().Lacked.ShouldBe("nobody supports it");
    }

    [Fact]
    public void An_empty_ballot_has_its_share_of_the_fund() =>
        Of(10, [("a", 10)], "a", "").Run(Shares()).Shares!.Share.ShouldBe(Rational.Of(5));

    [Fact]
    public void Amounts_at_the_limits_stay_exact()
    {
        var tiny = 0.000000000001m;
        var election = Of(Election.MaxAmount, [("a", Election.MaxAmount), ("b", tiny), ("c", Election.MaxAmount - tiny)], "2: a b c", "a", "b");

        election.Run(Knapsack).Spent.ShouldBe(Election.MaxAmount);
        election.Run(Greedy).Ids().ShouldBe("b c");
        election.Run(Greedy).Spent.ShouldBe(Election.MaxAmount);
    }

    [Fact]
    public void Units_that_would_be_added_without_end_are_refused()
    {
        Allocator.TryRun(Of(Election.MaxAmount, [("a", Election.MaxAmount)], "a", "1: "), Shares(completion: Completion.Add1U), out var portfolio, out var refusal)
            .ShouldBeFalse();

        portfolio.ShouldBeNull();
        refusal!.ShouldSatisfyAllConditions(r => r.Code.ShouldBe(RefusalCode.AllocationTooLarge), r => r.Field.ShouldBe("completion"));
    }

    [Fact]
    public void A_knapsack_that_would_take_forever_is_refused()
    {
        // Every choice of these has another cost, and more cost is more score: none beats another.
        var projects = Enumerable.Range(0, 40).Select(i => ($"p{i}", 1_000_000_000m + (1L << i % 30) * 7 + i)).ToArray();
        var ballots = Enumerable.Range(0, 40).Select(i => $"p{i}={1_000_000_000 + (1 << i % 30) * 7 + i}");
        var election = Of(19_876_543_211m, projects, [.. ballots]);

        Allocator.TryRun(election, Knapsack, out _, out var refusal).ShouldBeFalse();

        refusal!.ShouldSatisfyAllConditions(r => r.Code.ShouldBe(RefusalCode.AllocationTooLarge), r => r.Field.ShouldBe("rule"));
    }

    [Fact]
    public void What_makes_no_sense_is_an_exception()
    {
        Should.Throw<ArgumentException>(() => new ElectionBuilder([new("a", -1)], 0));
        Should.Throw<ArgumentException>(() => new ElectionBuilder([new("a", 1)], Election.MaxAmount + 1));
        Should.Throw<ArgumentException>(() => new ElectionBuilder([new("a", 0.0000000000001m)], 1));
        Should.Throw<ArgumentException>(() => new ElectionBuilder([new("a", 1), new("a", 2)], 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new ElectionBuilder([], 1, weightUnit: 0));
        var builder = new ElectionBuilder([new("a", 1)], 1);
        Should.Throw<ArgumentException>(() => builder.Add([new(1, 1)]));
        Should.Throw<ArgumentException>(() => builder.Add([new(0, 0)]));
        Should.Throw<ArgumentException>(() => builder.Add([new(0, 1), new(0, 1)]));
        builder.Build().Voters.ShouldBe(0);
    }

    [Fact]
    public void Equal_ballots_are_kept_once_whatever_their_order()
    {
        var builder = new ElectionBuilder([new("a", 1), new("b", 1)], 1, weightUnit: 10);
        builder.Add([new(0, 5), new(1, 20)]);
        builder.Add([new(1, 20), new(0, 5)]);
        builder.Add([new(1, 20)]);
        var election = builder.Build();

        (election.Voters, election.DistinctBallots, election.Score(0), election.Score(1), election.SupporterCount(1)).ShouldBe((3, 2, 10, 60, 3));
        election.Run(Greedy).Selected[0].Score.ShouldBe(6m);
    }
}
