using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;
using Interval = IdeaVote.Domain.Ranking.Interval;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class WilsonTests
{
    private static readonly Arbitrary<(int Yes, int Votes)> Shares = Arb.From(
        Gen.Choose(1, 5_000).SelectMany(votes => Gen.Choose(0, votes).Select(yes => (yes, votes))));

    [Theory]
    [InlineData(430, 474, 0.877676)]
    [InlineData(10, 14, 0.453509)]
    [InlineData(1, 2, 0.094531)]
    public void The_lower_end_is_the_published_one(int yes, int votes, double low) => Wilson.Of(yes, votes).Low.ShouldBe(low, 5e-7);

    [Fact]
    public void Without_votes_it_is_the_whole_scale() => Wilson.Of(0, 0).ShouldBe(new Interval(0, 1));

    [Fact]
    public void It_holds_the_share_and_stays_on_the_scale() =>
        Prop.ForAll(Shares, share =>
        {
            var interval = Wilson.Of(share.Yes, share.Votes);
            interval.Contains((double)share.Yes / share.Votes).ShouldBeTrue();
            interval.Low.ShouldBeGreaterThanOrEqualTo(0);
            interval.High.ShouldBeLessThanOrEqualTo(1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_is_the_mirror_of_yes() =>
        Prop.ForAll(Shares, share =>
        {
            var (yes, no) = (Wilson.Of(share.Yes, share.Votes), Wilson.Of(share.Votes - share.Yes, share.Votes));
            yes.Low.ShouldBe(1 - no.High, 1e-12);
            yes.High.ShouldBe(1 - no.Low, 1e-12);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_more_yes_raises_the_lower_end_and_more_votes_that_say_the_same_narrow_it() =>
        Prop.ForAll(Shares, share =>
        {
            Wilson.Of(share.Yes + 1, share.Votes + 1).Low.ShouldBeGreaterThan(Wilson.Of(share.Yes, share.Votes).Low);
            Wilson.Of(2 * share.Yes, 2 * share.Votes).Width.ShouldBeLessThan(Wilson.Of(share.Yes, share.Votes).Width);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(4, 3)]
    [InlineData(0, -1)]
    public void Numbers_out_of_range_are_errors(int yes, int votes) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Wilson.Of(yes, votes));
}
