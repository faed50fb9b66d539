using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class ControversyTests
{
    private static readonly Arbitrary<int[]> Counts = Arb.From(Gen.Choose(0, 100).ArrayOf(5));

    [Theory]
    [InlineData(new[] { 45, 0, 0, 0, 45 }, 0.9)]
    [InlineData(new[] { 18, 18, 18, 18, 18 }, 0.45)]
    [InlineData(new[] { 0, 0, 90, 0, 0 }, 0)]
    [InlineData(new[] { 0, 0, 0, 0, 0 }, 0)]
    [InlineData(new[] { 1, 0, 0, 0, 1 }, 0.166666667)]
    public void It_is_the_part_of_the_largest_variance_times_the_confidence(int[] counts, double value) =>
        Controversy.OfStars(counts).ShouldBe((decimal)value);

    [Fact]
    public void Half_at_each_end_is_the_most_for_that_many_votes() =>
        Prop.ForAll(Counts, counts =>
        {
            var votes = counts.Sum();
            var most = Controversy.OfStars([votes / 2, 0, 0, 0, votes - votes / 2]);
            Controversy.OfStars(counts).ShouldBeInRange(0, most);
            most.ShouldBeLessThan(1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void It_does_not_mind_which_end_is_up_and_grows_with_votes_that_say_the_same() =>
        Prop.ForAll(Counts, counts =>
        {
            Controversy.OfStars([.. counts.Reverse()]).ShouldBe(Controversy.OfStars(counts));
            Controversy.OfStars([.. counts.Select(count => 2 * count)]).ShouldBeGreaterThanOrEqualTo(Controversy.OfStars(counts));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Large_counts_fit() =>
        Controversy.OfStars([int.MaxValue, 0, 0, 0, int.MaxValue]).ShouldBe(0.999999998m);

    [Fact]
    public void Numbers_out_of_range_are_errors()
    {
        Should.Throw<ArgumentException>(() => Controversy.OfStars([1]));
        Should.Throw<ArgumentOutOfRangeException>(() => Controversy.OfStars([1, 0, 0, 0, -1]));
    }
}
