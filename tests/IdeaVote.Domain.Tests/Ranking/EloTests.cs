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
    public void What_one_wins_the_other_loses() =>
        Prop.ForAll(Arb.From(Gen.Choose(1000, 2000).Two()), ratings =>
        {
            var (a, b) = ratings;
            (Elo.Expectation(a, b) + Elo.Expectation(b, a)).ShouldBe(1, 1e-12);
            var (first, second) = Elo.After(a, b, 1);
            (first + second).ShouldBe(a + b, 1e-9);
            first.ShouldBeInRange(a, a + Elo.K);
            Elo.After(a, b, 0).First.ShouldBeLessThan(a);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Among_equals_a_win_brings_half_of_what_a_duel_can() =>
        Elo.After(1500, 1500, 1, 20).ShouldBe((1510, 1490));

    [Theory]
    [InlineData(1.5, 32)]
    [InlineData(-0.5, 32)]
    [InlineData(double.NaN, 32)]
    [InlineData(1, 0)]
    public void Numbers_out_of_range_are_errors(double score, double k) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Elo.After(1500, 1500, score, k));
}
