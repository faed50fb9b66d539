using FsCheck;
using FsCheck.Fluent;

namespace IdeaVote.Domain.Tests.Projections;

/// <summary>How votes grew, in few numbers and exactly.</summary>
public sealed class VoteHistoryTests
{
    private const long Day = 86_400_000;

    // A Monday, at noon.
    private static readonly Instant Submitted = new(1_900_000_000_000 / Day * Day + Day / 2);

    private static readonly Arbitrary<(int Day, int Change)[]> Courses = Arb.From(
        from length in Gen.Choose(0, 40)
        from span in Gen.Elements(1, 30, 59, 60, 61, 200, 4_000)
        from changes in Gen.Choose(-2, span).Zip(Gen.Choose(-1, 3)).ArrayOf(length)
        select changes.Select(change => (change.Item1, change.Item2)).ToArray());

    [Fact]
    public void It_begins_on_the_day_of_the_submission_and_ends_today()
    {
        var history = new VoteHistory(Submitted);
        history.Add(At(1), 1);
        history.Add(At(1), 1);
        history.Add(At(2), -1);

        history.Points(At(3)).Select(point => (point.Date.DayNumber - history.Points(At(3))[0].Date.DayNumber, point.Days, point.Votes))
            .ShouldBe([(0, 1, 0), (1, 1, 2), (2, 1, 1), (3, 1, 1)]);
        history.Points(At(0)).Count.ShouldBe(3, "what happened is shown, whatever the clock says");
    }

    [Fact]
    public void Days_become_pairs_of_days_when_there_are_too_many()
    {
        var history = new VoteHistory(Submitted);
        for (var day = 0; day < VoteHistory.MaxPeriods; day++)
            history.Add(At(day), 1);
        history.Days.ShouldBe(1);

        history.Add(At(VoteHistory.MaxPeriods), 1);

        history.Days.ShouldBe(2);
        history.Points(At(VoteHistory.MaxPeriods)).Select(point => point.Votes).ShouldBe([.. Enumerable.Range(1, 30).Select(pair => 2L * pair), 61]);
    }

    [Fact]
    public void Looking_changes_nothing()
    {
        var history = new VoteHistory(Submitted);
        history.Add(At(0), 5);

        history.Points(At(10_000)).Count.ShouldBeLessThanOrEqualTo(VoteHistory.MaxPeriods);

        history.Days.ShouldBe(1);
        history.Points(At(1)).Select(point => point.Votes).ShouldBe([5, 5]);
    }

    [Fact]
    public void Every_point_equals_a_recount_and_there_are_never_many() =>
        Prop.ForAll(Courses, changes =>
        {
            var history = new VoteHistory(Submitted);
            foreach (var (day, change) in changes)
                history.Add(At(day), change);
            var points = history.Points(At(0));

            points.Count.ShouldBeInRange(1, VoteHistory.MaxPeriods);
            for (var i = 0; i < points.Count; i++)
                points[i].Votes.ShouldBe(changes.Where(change => Math.Max(0, change.Day) < (i + 1) * points[i].Days).Sum(change => change.Change));
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Fact]
    public void Any_order_gives_the_same_history_and_it_comes_back_from_what_it_kept() =>
        Prop.ForAll(Courses, changes =>
        {
            var (one, other) = (new VoteHistory(Submitted), new VoteHistory(Submitted));
            foreach (var (day, change) in changes)
                one.Add(At(day), change);
            foreach (var (day, change) in changes.Reverse())
                other.Add(At(day), change);

            other.Points(At(0)).ShouldBe(one.Points(At(0)));
            VoteHistory.From(Submitted, one.Days, one.Changes).Points(At(0)).ShouldBe(one.Points(At(0)));
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    private static Instant At(int day) => new(Submitted.UnixMilliseconds + day * Day);
}
