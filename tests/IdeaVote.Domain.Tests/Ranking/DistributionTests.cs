using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;
using Interval = IdeaVote.Domain.Ranking.Interval;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class DistributionTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(1.96, 0.9750021048517795)]
    [InlineData(-3, 0.0013498980316300945)]
    [InlineData(-10, 7.619853024160527e-24)]
    [InlineData(-40, 0)]
    [InlineData(40, 1)]
    public void The_normal_distribution_has_its_known_values(double x, double p) =>
        NormalDistribution.Cumulative(x).ShouldBe(p, Math.Max(1e-15, p * 1e-9));

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, Interval.Z)]
    [InlineData(0.995, 2.575829303548901)]
    [InlineData(0.025, -Interval.Z)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(0.9, 1.2815515655446004)]
    public void The_normal_quantile_has_its_known_values(double p, double x) =>
        NormalDistribution.Quantile(p).ShouldBe(x, 1e-9);

    [Fact]
    public void The_normal_quantile_undoes_the_distribution() =>
        Prop.ForAll(Arb.From(Gen.Choose(-6_000, 6_000)), thousandths =>
            NormalDistribution.Quantile(NormalDistribution.Cumulative(thousandths / 1000.0)).ShouldBe(thousandths / 1000.0, 1e-6))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_beta_distribution_is_the_tail_of_the_binomial() =>
        // I_x(k, n−k+1) = P(at least k of n), DLMF 8.17.5.
        Prop.ForAll(Arb.From(Gen.Choose(1, 60).SelectMany(n => Gen.Choose(1, n).SelectMany(k => Gen.Choose(1, 99).Select(x => (n, k, x))))), c =>
        {
            var x = c.x / 100.0;
            double tail = 0, term = Math.Pow(1 - x, c.n);
            for (var i = 0; i <= c.n; i++)
            {
                if (i >= c.k)
                    tail += term;
                term *= (c.n - i) * x / ((i + 1) * (1 - x));
            }
            BetaDistribution.Cumulative(c.k, c.n - c.k + 1, x).ShouldBe(tail, 1e-10);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, 7.5)]
    [InlineData(1, 0.75)]
    [InlineData(1, 5000)]
    public void A_beta_quantile_with_one_parameter_of_1_has_a_closed_form(double a, double b)
    {
        foreach (var p in new[] { 0.001, 0.025, 0.5, 0.975, 0.999 })
        {
            BetaQuantile.Of(a, b, p).ShouldBe(1 - Math.Pow(1 - p, 1 / b), 1e-8);
            BetaQuantile.Of(b, a, p).ShouldBe(Math.Pow(p, 1 / b), 1e-8);
        }
    }

    [Fact]
    public void The_beta_quantile_undoes_the_distribution() =>
        Prop.ForAll(Arb.From(Parameter.SelectMany(a => Parameter.SelectMany(b => Gen.Choose(1, 999).Select(p => (a, b, p: p / 1000.0))))), c =>
        {
            var x = BetaQuantile.Of(c.a, c.b, c.p);
            x.ShouldBeInRange(0, 1);
            // Right to 8 places, whatever the slope is there.
            BetaDistribution.Cumulative(c.a, c.b, x - 1e-8).ShouldBeLessThanOrEqualTo(c.p + 1e-9);
            BetaDistribution.Cumulative(c.a, c.b, x + 1e-8).ShouldBeGreaterThanOrEqualTo(c.p - 1e-9);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void The_ends_are_the_ends()
    {
        BetaQuantile.Of(2, 3, 0).ShouldBe(0);
        BetaQuantile.Of(2, 3, 1).ShouldBe(1);
        BetaDistribution.Cumulative(2, 3, -1).ShouldBe(0);
        BetaDistribution.Cumulative(2, 3, 2).ShouldBe(1);
    }

    [Fact]
    public void Parameters_out_of_range_are_errors()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => BetaDistribution.Cumulative(0, 1, 0.5));
        Should.Throw<ArgumentOutOfRangeException>(() => BetaDistribution.Cumulative(1, -1, 0.5));
        Should.Throw<ArgumentOutOfRangeException>(() => BetaQuantile.Of(0, 1, 0.5));
        Should.Throw<ArgumentOutOfRangeException>(() => BetaQuantile.Of(1, 0, 0.5));
        Should.Throw<ArgumentOutOfRangeException>(() => BetaQuantile.Of(1, 1, 1.5));
        Should.Throw<ArgumentOutOfRangeException>(() => BetaQuantile.Of(1, 1, double.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(0));
        Should.Throw<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(1));
    }

    [Fact]
    public void A_key_is_the_score_in_billionths()
    {
        RankKey.Of(0.1234567894).ShouldBe(123_456_789);
        RankKey.Of(-2).ShouldBe(-2_000_000_000);
        RankKey.Of(1 / 3.0).ShouldBe(RankKey.Of(1 - 2 / 3.0));
        Should.Throw<OverflowException>(() => RankKey.Of(double.NaN));
    }

    private static Gen<double> Parameter => Gen.Choose(-200, 900).Select(hundredths => Math.Exp(hundredths / 100.0));
}
