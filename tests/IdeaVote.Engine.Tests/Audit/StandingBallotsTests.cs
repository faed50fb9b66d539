using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Engine.Tests.Audit;

/// <summary>Ballots folded from events, and their frozen form.</summary>
public sealed class StandingBallotsTests
{
    private static readonly IdeaId[] Two = [.. new[] { Park, Bench }.Order()];

    [Fact]
    public void Whatever_was_changed_in_whatever_order_the_lines_are_those_of_the_domains_ballots() =>
        Prop.ForAll(Gen.Choose(2, 60).Two().Zip(Gen.Choose(0, int.MaxValue)).ToArbitrary(), made =>
        {
            var history = new BallotHistory(made.Item2, made.Item1.Item1, made.Item1.Item2 * 10);
            var ballots = Fold(history.Events);
            LinesOf(ballots).ShouldBe(history.Lines());
            ballots.Votes.ShouldBe(history.Votes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_ballot_of_thousands_of_votes_is_as_good_as_any()
    {
        var history = new BallotHistory(seed: 4, ideas: 1_000, changes: 20_000);

        LinesOf(Fold(history.Events)).ShouldBe(history.Lines());
    }

    [Fact]
    public void The_sum_is_of_the_lines_also_when_events_follow()
    {
        var history = new BallotHistory(seed: 5, ideas: 5, changes: 200);
        var ballots = Fold(history.Events.SkipLast(1));
        var before = ballots.Sha256();
        before.ShouldBe(Sha(LinesOf(ballots)));

        ballots.Apply(history.Events[^1]);

        ballots.Sha256().ShouldBe(Sha(history.Lines()));
        ballots.Sha256().ShouldNotBe(before);
    }

    public static TheoryData<Event, string> Misfits => new()
    {
        { new ApprovalChanged(Park, false, true, null, T(1), 6), "the value before it" },
        { new ApprovalChanged(Park, true, true, null, T(2), 5), "another time" },
        { new ApprovalChanged(Park, true, false, null, T(1), 5), "holds 5 votes, and it holds 4" },
        { new ApprovalChanged(Bench, false, true, North, T(2), 6), "segment that is not the voter's" },
        { new ApprovalChanged(new IdeaId(IdOf("unheard of")), false, true, null, T(2), 6), "never submitted" },
        { new RatingChanged(Park, Scores.Of(3), Scores.Of(5), null, T(1), 5), "the value before it" },
        { new RatingChanged(Bench, Scores.Of(3), Scores.Of(5), null, T(1), 5), "the value before it" },
        { new InvestmentChanged(Park, 31, 40, null, T(1), 5), "the value before it" },
        { new InvestmentChanged(Bench, -1, 40, null, T(1), 6), "the value before it" },
        { new DuelChanged(Two[0], Two[1], Winner.Other, Winner.None, null, T(1), 4), "the value before it" },
        { new DuelChanged(Two[1], Two[0], Winner.One, Winner.None, null, T(1), 4), "smaller id first" },
        { new OrderChanged([Bench], [Park], null, T(1), 5), "the order before it" },
        { new OrderChanged([], [Park], null, T(1), 5), "the order before it" },
        { new OrderChanged([Park, Bench], [Park], null, T(1), 5), "the order before it" },
        { new OrderChanged([Park], [Bench], null, T(2), 5), "another time" },
        { new SegmentChanged(North, South), "the segment before it" },
        { new IdeaTextErased(new TextId(IdOf("text"))), "no event of a voter" },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void What_does_not_fit_is_refused_and_named(Event misfit, string message) =>
        Should.Throw<AuditException>(() => Standing().Apply(Next(misfit, 6))).Message.ShouldContain(message);

    [Fact]
    public void An_event_of_a_voter_is_taken_once_and_in_its_turn()
    {
        var next = new ApprovalChanged(Park, true, false, null, T(1), 4);
        Should.Throw<AuditException>(() => Standing().Apply(Next(next, 5))).Message.ShouldContain("whose next is 6");
        Should.Throw<AuditException>(() => Standing().Apply(Next(next, 7))).Message.ShouldContain("whose next is 6");
        var ballots = Standing();
        ballots.Apply(Next(next, 6));
        ballots.Votes.ShouldBe(4);
    }

    /// <summary>Ann has one vote of each method, all cast at the first moment.</summary>
    private static StandingBallots Standing() => Fold(
    [
        new RecordedEvent(StreamId.Of(TheCampaign, Park), 1, T(0), new IdeaSubmitted(Doc("park"), [], null, [], IdeaStatus.Published)),
        new RecordedEvent(StreamId.Of(TheCampaign, Bench), 1, T(0), new IdeaSubmitted(Doc("bench"), [], null, [], IdeaStatus.Published)),
        Next(new ApprovalChanged(Park, false, true, null, T(1), 1), 1),
        Next(new RatingChanged(Park, Scores.None, Scores.Of(4), null, T(1), 2), 2),
        Next(new InvestmentChanged(Park, 0, 30, null, T(1), 3), 3),
        Next(new DuelChanged(Two[0], Two[1], Winner.None, Winner.One, null, T(1), 4), 4),
        Next(new OrderChanged([], [Park], null, T(1), 5), 5),
    ]);

    private static RecordedEvent Next(Event change, int version) => new(StreamId.Of(TheCampaign, Ann), version, T(version), change);

    private static StandingBallots Fold(IEnumerable<RecordedEvent> events)
    {
        var ballots = new StandingBallots();
        foreach (var recorded in events)
            ballots.Apply(recorded);
        return ballots;
    }

    private static string LinesOf(StandingBallots ballots)
    {
        var lines = new ArrayBufferWriter<byte>();
        var form = new CanonicalBallots(ballots);
        foreach (var ballot in ballots.InOrder())
            form.Write(lines, ballot);
        return Encoding.UTF8.GetString(lines.WrittenSpan);
    }

    private static string Sha(string lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)));
}
