using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class EloTests
{
    [Fact]
    public void The_expectation_is_the_published_one() => Elo.Expectation(1600, 1400).ShouldBe(0.7597, 5e-5);

    [Fact]
    public void Four_hundred_points_make_ten_to_one() => Elo.Expectation(1900, 1500).ShouldBe(10 / 11.0, 1e-12);

    [Fact]
    public void What_one_may_expect_the_other_may_not() =>
        Prop.ForAll(Arb.From(Gen.Choose(1000, 2000).Two()), ratings =>
        {
            var (a, b) = ratings;
            (Elo.Expectation(a, b) + Elo.Expectation(b, a)).ShouldBe(1, 1e-12);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Points_say_what_strengths_say() =>
        Prop.ForAll(Arb.From(Gen.Choose(-5_000, 5_000).Two()), pair =>
        {
            var (one, other) = (pair.Item1 / 1_000.0, pair.Item2 / 1_000.0);
            // Bradley and Terry: the odds are e to the difference.
            Elo.Expectation(Elo.Points(one), Elo.Points(other)).ShouldBe(1 / (1 + Math.Exp(other - one)), 1e-12);
            Elo.Points(0).ShouldBe(1500);
        }).QuickCheckThrowOnFailure();
}
