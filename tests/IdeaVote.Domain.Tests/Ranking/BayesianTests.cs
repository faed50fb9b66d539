using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;
using Interval = IdeaVote.Domain.Ranking.Interval;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class BayesianTests
{
    [Fact]
    public void The_average_is_the_published_one()
    {
        Math.Round(BayesianAverage.OfSum(8.5m * 100, 100, 1000, 6.9m)!.Value, 6).ShouldBe(7.045455m);
        BayesianAverage.OfSum(850, 100, 1000, 6.9m).ShouldBe(7750m / 1100);
    }

    [Fact]
    public void Without_votes_it_is_the_prior_and_without_a_prior_the_mean()
    {
        BayesianAverage.OfSum(0, 0, 5, 3.2m).ShouldBe(3.2m);
        BayesianAverage.OfSum(4.5m * 7, 7, 0, 3.2m).ShouldBe(4.5m);
        BayesianAverage.OfSum(0, 0, 0, 3.2m).ShouldBeNull();
    }

    [Fact]
    public void It_lies_between_mean_and_prior_and_nears_the_mean_with_votes() =>
        Prop.ForAll(Arb.From(Gen.Choose(5, 25).SelectMany(mean => Gen.Choose(1, 500).Select(votes => (Mean: mean / 5m, Votes: votes)))), c =>
        {
            var (few, many) = (BayesianAverage.OfSum(c.Mean * c.Votes, c.Votes, 10, 3)!.Value, BayesianAverage.OfSum(2 * c.Mean * c.Votes, 2 * c.Votes, 10, 3)!.Value);
            few.ShouldBeInRange(Math.Min(c.Mean, 3), Math.Max(c.Mean, 3));
            Math.Abs(many - c.Mean).ShouldBeLessThanOrEqualTo(Math.Abs(few - c.Mean));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_negative_number_of_votes_is_an_error()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => BayesianAverage.OfSum(3, -1, 10, 3));
        Should.Throw<ArgumentOutOfRangeException>(() => BayesianAverage.OfSum(3, 1, -10, 3));
    }

    [Fact]
    public void The_interval_lies_around_the_average_and_narrows_with_the_prior()
    {
        int[] counts = [0, 1, 2, 6, 11];
        var widths = new List<double>();
        foreach (var votes in new[] { 5.0, 50, 500 })
        {
            var interval = BayesianInterval.Of(counts, BayesianInterval.Prior(votes, [10, 20, 40, 20, 10]));
            interval.Contains((double)BayesianAverage.OfSum(87, 20, (decimal)votes, 3)!.Value).ShouldBeTrue();
            widths.Add(interval.Width);
        }
        widths.ShouldBe(widths.OrderDescending());
    }

    [Fact]
    public void The_prior_votes_as_the_campaign_does()
    {
        BayesianInterval.Prior(50, [10, 20, 40, 20, 10]).ShouldBe([5, 10, 20, 10, 5]);
        BayesianInterval.Prior(5, [0, 0, 0, 0, 0]).ShouldBe([1, 1, 1, 1, 1]);
        BayesianInterval.Of([0, 0, 0, 0, 0], BayesianInterval.Prior(0, [0, 0, 0, 0, 0])).ShouldBe(new Interval(1, 5));
    }

    [Fact]
    public void Numbers_out_of_range_are_errors()
    {
        Should.Throw<ArgumentException>(() => BayesianInterval.Of([1], [1, 1, 1, 1, 1]));
        Should.Throw<ArgumentException>(() => BayesianInterval.Of([1, 1, 1, 1, 1], [1]));
        Should.Throw<ArgumentOutOfRangeException>(() => BayesianInterval.Of([1, 1, 1, 1, 1], [1, 1, 1, 1, -1]));
        Should.Throw<ArgumentOutOfRangeException>(() => BayesianInterval.Prior(-1, [1, 1, 1, 1, 1]));
        Should.Throw<ArgumentException>(() => BayesianInterval.Prior(1, [1]));
        Should.Throw<ArgumentOutOfRangeException>(() => BayesianInterval.Prior(1, [1, 1, 1, 1, -1]));
    }
}
