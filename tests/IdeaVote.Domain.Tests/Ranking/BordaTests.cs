using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class BordaTests
{
    [Theory]
    [InlineData(new long[] { 2, 0, 1 }, 3, 7)]
    [InlineData(new long[] { 2, 0, 1 }, 5, 13)]
    [InlineData(new long[] { }, 4, 0)]
    public void Points_are_as_many_as_places_for_the_first_and_one_fewer_each(long[] counts, int places, long points) =>
        Borda.Points(counts, places).ShouldBe(points);

    [Fact]
    public void A_better_place_brings_one_point() =>
        Prop.ForAll(Arb.From(Gen.Choose(1, 50).Select(count => (long)count).ArrayOf(5)), counts =>
        {
            var better = counts.ToArray();
            better[3]--;
            better[2]++;
            Borda.Points(better, 5).ShouldBe(Borda.Points(counts, 5) + 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Numbers_out_of_range_are_errors()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Borda.Points([1, 1], 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Borda.Points([-1], 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Borda.Points([], 0));
        Should.Throw<OverflowException>(() => Borda.Points([long.MaxValue], 2));
    }
}
