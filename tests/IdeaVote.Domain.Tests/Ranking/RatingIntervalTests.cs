using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;
using Interval = IdeaVote.Domain.Ranking.Interval;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class RatingIntervalTests
{
    private static readonly Arbitrary<int[]> Counts = Arb.From(Gen.Choose(0, 40).ArrayOf(5));

    [Fact]
    public void Without_ratings_it_is_the_whole_scale() => RatingInterval.Of([0, 0, 0, 0, 0]).ShouldBe(new Interval(1, 5));

    [Fact]
    public void Where_all_agree_at_an_end_it_begins_there()
    {
        RatingInterval.Of([0, 0, 0, 0, 20]).High.ShouldBe(5);
        RatingInterval.Of([20, 0, 0, 0, 0]).Low.ShouldBe(1);
        RatingInterval.Of([0, 0, 0, 0, 20]).Low.ShouldBeInRange(4, 4.9);
    }

    [Fact]
    public void With_stars_at_the_ends_alone_it_is_the_interval_of_a_share()
    {
        // All stars at the ends are a share of yes: the ends are quantiles of Beta(yes, no + ¾) and Beta(yes + ¾, no).
        var interval = RatingInterval.Of([30, 0, 0, 0, 10]);
        interval.Low.ShouldBe(1 + 4 * BetaQuantile.Of(10, 30.75, 0.025), 1e-9);
        interval.High.ShouldBe(1 + 4 * BetaQuantile.Of(10.75, 30, 0.975), 1e-9);
    }

    [Fact]
    public void It_holds_the_mean_and_stays_on_the_scale() =>
        Prop.ForAll(Counts, counts =>
        {
            var votes = counts.Sum();
            if (votes == 0)
                return;
            var interval = RatingInterval.Of(counts);
            var mean = counts.Select((count, i) => count * (i + 1.0)).Sum() / votes;
            interval.Low.ShouldBeInRange(1, mean + 1e-12);
            interval.High.ShouldBeInRange(mean - 1e-12, 5);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Stars_turned_round_turn_it_round() =>
        Prop.ForAll(Counts, counts =>
        {
            var (interval, turned) = (RatingInterval.Of(counts), RatingInterval.Of([.. counts.Reverse()]));
            interval.Low.ShouldBe(6 - turned.High, 1e-7);
            interval.High.ShouldBe(6 - turned.Low, 1e-7);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void More_votes_that_say_the_same_narrow_it() =>
        Prop.ForAll(Counts, counts =>
        {
            if (counts.Sum() > 0)
                RatingInterval.Of([.. counts.Select(count => 2 * count)]).Width.ShouldBeLessThan(RatingInterval.Of(counts).Width);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_criterion_without_a_rating_does_not_count() =>
        RatingInterval.Weighted([1, 2, 3, 4, 5, 0, 0, 0, 0, 0], [1m, 7m]).ShouldBe(RatingInterval.Of([1, 2, 3, 4, 5]));

    [Fact]
    public void Criteria_that_say_the_same_narrow_it_unless_they_go_together()
    {
        int[] counts = [3, 5, 9, 12, 6], both = [.. counts, .. counts];
        var one = RatingInterval.Of(counts);
        RatingInterval.Weighted(both, [1m, 1m]).Width.ShouldBeInRange(one.Width / 1.5, one.Width / 1.35);
        RatingInterval.Weighted(both, [1m, 1m], correlation: 1).Width.ShouldBe(one.Width, 1e-6);
        RatingInterval.Weighted(both, [1m, 1m], correlation: 0.5).Width.ShouldBeInRange(one.Width / 1.25, one.Width / 1.05);
    }

    [Fact]
    public void Only_the_ratio_of_weights_matters()
    {
        int[] counts = [3, 5, 9, 12, 6, 0, 0, 1, 4, 9];
        var (small, large) = (RatingInterval.Weighted(counts, [1m, 2m]), RatingInterval.Weighted(counts, [50m, 100m]));
        large.Low.ShouldBe(small.Low, 1e-9);
        large.High.ShouldBe(small.High, 1e-9);
    }

    [Fact]
    public void Numbers_out_of_range_are_errors()
    {
        Should.Throw<ArgumentException>(() => RatingInterval.Of([1, 2, 3]));
        Should.Throw<ArgumentOutOfRangeException>(() => RatingInterval.Of([1, 2, 3, -1, 0]));
        Should.Throw<ArgumentOutOfRangeException>(() => RatingInterval.Weighted([1, 2, 3, 1, 0], [0m]));
        Should.Throw<ArgumentOutOfRangeException>(() => RatingInterval.Weighted([1, 2, 3, 1, 0], [1m], 1.1));
        Should.Throw<ArgumentOutOfRangeException>(() => RatingInterval.Weighted([1, 2, 3, 1, 0], [1m], double.NaN));
    }
}
