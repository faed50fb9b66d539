using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class TrendingTests
{
    private const long Hour = 3_600_000;
    private const long Start = 1_800_000_000_000;

    /// <summary>Times over four months, and some from before 1970 and long after.</summary>
    private static readonly Gen<Instant> Times = Gen.Frequency(
        (10, Gen.Choose(0, 120 * 24).SelectMany(hours => Gen.Choose(0, (int)Hour - 1).Select(ms => new Instant(Start + hours * Hour + ms)))),
        (1, Gen.Choose(int.MinValue, int.MaxValue).Select(seconds => new Instant(seconds * 1000L))));

    [Fact]
    public void The_score_is_that_of_the_recurrence() =>
        Prop.ForAll(Arb.From(Times.NonEmptyListOf()), times =>
        {
            const double T = 24 * Hour / 0.693147180559945309;
            var score = double.NegativeInfinity;
            foreach (var time in times)
            {
                var t = time.UnixMilliseconds / T;
                score = double.IsInfinity(score) ? t : Math.Max(score, t) + Math.Log(1 + Math.Exp(-Math.Abs(score - t)));
            }
            Of(times).Score.ShouldBe(score, 1e-6);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_order_gives_another_sum_and_what_is_taken_out_was_never_there() =>
        Prop.ForAll(Arb.From(Times.ListOf()), Arb.From(Times.ListOf()), (stay, go) =>
        {
            var trending = Of(go.Concat(stay));
            foreach (var time in go)
                trending.Remove(time);
            var never = Of(Enumerable.Reverse(stay));
            trending.Sums.ShouldBe(never.Sums);
            trending.Key.ShouldBe(never.Key);
            trending.Score.ShouldBe(never.Score);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void To_vote_and_take_back_in_a_loop_gains_nothing()
    {
        var trending = Of([new Instant(Start)]);
        var before = trending.Sums;
        for (var i = 0; i < 1_000; i++)
        {
            trending.Add(new Instant(Start + 5));
            trending.Remove(new Instant(Start + 5));
        }
        trending.Sums.ShouldBe(before);
    }

    [Fact]
    public void A_vote_more_never_lowers_the_key_and_a_later_vote_counts_for_no_less() =>
        Prop.ForAll(Arb.From(Times.NonEmptyListOf()), Arb.From(Times), Arb.From(Times), (times, one, other) =>
        {
            var (earlier, later) = one < other ? (one, other) : (other, one);
            var (none, small, large) = (Of(times).Key, Of([.. times, earlier]).Key, Of([.. times, later]).Key);
            small.ShouldBeGreaterThanOrEqualTo(none);
            large.ShouldBeGreaterThanOrEqualTo(small);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Keys_stand_in_the_order_of_what_the_votes_are_worth() =>
        Prop.ForAll(Arb.From(Times.NonEmptyListOf()), Arb.From(Times.NonEmptyListOf()), (left, right) =>
        {
            var (a, b) = (Of(left), Of(right));
            // At any time the order is the same; at the newest vote's no number is too large.
            var now = left.Concat(right).Max();
            var (x, y) = (VotesAt(left, now), VotesAt(right, now));
            if (x > y * 1.000001)
                a.Key.ShouldBeGreaterThan(b.Key);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_vote_is_worth_half_after_a_half_life()
    {
        var trending = Of([new Instant(Start), new Instant(Start + 24 * Hour)]);

        // One and a half votes of the second moment.
        (trending.Score - Of([new Instant(Start + 24 * Hour)]).Score).ShouldBe(Math.Log(1.5), 1e-8);
        Of([new Instant(Start + 24 * Hour)]).Key.ShouldBe(Of([new Instant(Start), new Instant(Start)]).Key);
        (Of([new Instant(Start + 24 * Hour)]).Key - Of([new Instant(Start)]).Key).ShouldBeInRange((1L << 32) - 2, (1L << 32) + 2);
    }

    /// <summary>The definition: each vote is worth half of a vote of a half-life later.</summary>
    private static double VotesAt(IEnumerable<Instant> times, Instant now) =>
        times.Sum(time => Math.Pow(2, (time.UnixMilliseconds - now.UnixMilliseconds) / (24.0 * Hour)));

    [Fact]
    public void Without_votes_it_comes_last()
    {
        var none = Of([]);

        none.Key.ShouldBe(Trending.NoVotes);
        none.Score.ShouldBe(double.NegativeInfinity);
        none.Key.ShouldBeLessThan(Of([new Instant(-1_000_000_000_000)]).Key);
    }

    [Fact]
    public void It_is_made_again_from_what_was_kept()
    {
        var trending = Of([new Instant(Start), new Instant(Start + 1), new Instant(0)]);

        var again = Trending.From(trending.HalfLife, trending.Sums);
        again.Sums.ShouldBe(trending.Sums);
        again.Key.ShouldBe(trending.Key);
    }

    [Fact]
    public void The_written_form_does_not_change()
    {
        // Frozen: other servers, and snapshots, have the same bits.
        var trending = Of([new Instant(Start + 8 * Hour + 123), new Instant(Start - 50 * Hour), new Instant(-1)]);
        trending.Sums.Select(sum => (sum.Key, sum.Value)).ShouldBe(Frozen);
        trending.Key.ShouldBe(FrozenKey);
    }

    [Fact]
    public void Numbers_out_of_range_are_errors()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Trending(Trending.MinHalfLife - 1));
        Should.Throw<ArgumentException>(() => Of([new Instant(Start)]).Remove(new Instant(0)));
        // A later time of the same half-life weighs more than what is there.
        Should.Throw<ArgumentException>(() => Of([new Instant(Start)]).Remove(new Instant(Start + Hour)));
    }

    private static readonly (long, long)[] Frozen = [(-1, 8_589_934_522), (20_831, 5_107_605_667), (20_833, 6_817_842_331)];

    private const long FrozenKey = 89_480_980_730_511;

    private static Trending Of(IEnumerable<Instant> times)
    {
        var trending = new Trending(24 * Hour);
        foreach (var time in times)
            trending.Add(time);
        return trending;
    }
}
