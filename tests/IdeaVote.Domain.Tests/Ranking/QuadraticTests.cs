using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class QuadraticTests
{
    private static readonly Gen<int> Credits = Gen.OneOf(Gen.Choose(0, 100), Gen.Choose(0, 1_000_000_000));

    [Fact]
    public void The_worked_example_comes_out_as_published() =>
        QuadraticMatching.Split(100, [Sum(1, 4, 1, 9), Sum(1, 1, 1, 1, 1, 1, 4), Sum(1, 9, 1, 9, 1, 9, 4)], 1).ShouldBe([13.6m, 21.6m, 64.8m]);

    [Fact]
    public void Votes_cost_their_square()
    {
        var sum = Sum(3 * 3, 5 * 5);

        sum.Credits.ShouldBe(34);
        sum.Roots.ShouldBe(8);
        sum.Remove(3 * 3).ShouldBe(Sum(5 * 5));
    }

    [Fact]
    public void A_root_is_right_to_a_millionth_and_never_too_large() =>
        Prop.ForAll(Arb.From(Credits), credits =>
        {
            var steps = (Int128)default(QuadraticSum).Add(credits).Steps;
            var square = (Int128)credits << 40;
            (steps * steps).ShouldBeLessThanOrEqualTo(square);
            ((steps + 1) * (steps + 1)).ShouldBeGreaterThan(square);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void No_order_gives_another_sum_and_what_is_taken_out_was_never_there() =>
        Prop.ForAll(Arb.From(Credits.ListOf()), Arb.From(Credits.ListOf()), (stay, go) =>
        {
            var sum = Sum(go.Concat(stay).Select(c => (long)c));
            foreach (var credits in go)
                sum = sum.Remove(credits);
            sum.ShouldBe(Sum(Enumerable.Reverse(stay).Select(c => (long)c)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Exactly_the_pool_is_given_if_anything_is() =>
        Prop.ForAll(Arb.From(Credits.ListOf().ListOf()), Arb.From(Gen.Choose(0, 10_000_000)), (ideas, cents) =>
        {
            QuadraticSum[] sums = [.. ideas.Select(credits => Sum(credits.Select(c => (long)c)))];
            var pool = cents / 100m;
            var parts = QuadraticMatching.Split(pool, sums);
            parts.ShouldAllBe(part => part >= 0);
            parts.Sum().ShouldBe(parts.All(part => part == 0) ? 0 : pool);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_contribution_alone_brings_nothing_however_large()
    {
        QuadraticMatching.Split(100, [Sum(999_999_937), Sum(1, 1)]).ShouldBe([0, 100]);
        QuadraticMatching.Split(100, [Sum(7), Sum()]).ShouldBe([0, 0]);
        QuadraticMatching.Split(100, []).ShouldBeEmpty();
    }

    [Fact]
    public void What_can_not_be_split_evenly_goes_to_the_earlier() =>
        QuadraticMatching.Split(1, [Sum(1, 1), Sum(1, 1), Sum(1, 1)]).ShouldBe([0.34m, 0.33m, 0.33m]);

    [Fact]
    public void Numbers_out_of_range_are_errors()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Sum(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => Sum(QuadraticSum.MaxCredits + 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Sum(1, 1).Remove(3));
        // Enough credits, but their roots are too small.
        Should.Throw<ArgumentOutOfRangeException>(() => new QuadraticSum(5, 9).Remove(4));
        Should.Throw<ArgumentOutOfRangeException>(() => QuadraticMatching.Split(-1, []));
        Should.Throw<ArgumentOutOfRangeException>(() => QuadraticMatching.Split(1, [], 10));
        Should.Throw<ArgumentException>(() => QuadraticMatching.Split(1.005m, []));
    }

    private static QuadraticSum Sum(params IEnumerable<long> credits) => credits.Aggregate(default(QuadraticSum), (sum, c) => sum.Add(c));
}
