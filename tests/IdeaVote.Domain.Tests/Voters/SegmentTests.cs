namespace IdeaVote.Domain.Tests.Voters;

/// <summary>A voter's segment, and how the votes follow it.</summary>
public sealed class SegmentTests
{
    [Fact]
    public void Votes_bear_the_voters_segment() =>
        A.Voter.After(new DescribeVoter(new SegmentChange(North), null))
            .When(new CastApproval(Park, true)).Then(new ApprovalChanged(Park, false, true, North, T(100), 1));

    [Fact]
    public void A_vote_may_bring_the_segment_with_it() =>
        A.Voter.When(new CastApproval(Park, true) { Segment = new SegmentChange(North) })
            .Then(new SegmentChanged(null, North), new ApprovalChanged(Park, false, true, North, T(100), 1));

    [Fact]
    public void Votes_are_taken_out_of_the_old_segment_then_put_into_the_new_one_each_with_its_own_count()
    {
        var scenario = Voted();

        scenario.At(T(9)).When(new DescribeVoter(new SegmentChange(South), null))
            .Then(
            [
                new SegmentChanged(North, South),
                .. InOrder(Park, Bench).Select((idea, i) => new ApprovalChanged(idea, true, false, North, T(1), 3 - i)),
                new RatingChanged(Park, Scores.Of(4), Scores.None, North, T(2), 1),
                new InvestmentChanged(Bench, 30, 0, North, T(3), 0),
                .. InOrder(Park, Bench).Select((idea, i) => new ApprovalChanged(idea, false, true, South, T(1), 1 + i)),
                new RatingChanged(Park, Scores.None, Scores.Of(4), South, T(2), 3),
                new InvestmentChanged(Bench, 0, 30, South, T(3), 4),
            ]);
    }

    [Fact]
    public void The_ballot_is_the_same_after_the_move_but_for_the_versions_of_its_investments()
    {
        var before = ((Voter)Voted().State).Ballot;
        var after = ((Voter)Voted().After(new DescribeVoter(new SegmentChange(South), null)).State).Ballot;

        after.Approvals.ShouldBe(before.Approvals);
        after.Ratings.ShouldBe(before.Ratings);
        after.SpentCredits.ShouldBe(before.SpentCredits);
        after.Investments[Bench].ShouldBe(before.Investments[Bench] with { Version = 14 });
    }

    [Fact]
    public void A_change_to_the_same_segment_changes_nothing()
    {
        Voted().When(new DescribeVoter(new SegmentChange(North), null)).ThenNothing();
        Voted().When(new CastApproval(Park, true) { Segment = new SegmentChange(North) }).ThenNothing();
        A.Voter.When(new DescribeVoter(new SegmentChange(null), null)).ThenNothing();
    }

    [Fact]
    public void A_voter_may_leave_every_segment() =>
        A.Voter.After(new CastApproval(Park, true) { Segment = new SegmentChange(North) })
            .When(new DescribeVoter(new SegmentChange(null), null))
            .Then(
                new SegmentChanged(North, null),
                new ApprovalChanged(Park, true, false, North, T(100), 0),
                new ApprovalChanged(Park, false, true, null, T(100), 1));

    [Fact]
    public void A_vote_that_is_refused_leaves_the_segment_too() =>
        ((Voter)Voted().When(new CastApproval(Unknown, true) { Segment = new SegmentChange(South) }).ThenRefused(RefusalCode.IdeaNotFound, "idea").State)
            .Segment.ShouldBe(North);

    [Fact]
    public void A_whole_ballot_with_a_segment_moves_first_and_then_changes() =>
        A.Voter.At(T(1)).After(new CastInvestment(Park, 10))
            .At(T(2)).When(new SetBallot([Bench], [], []) { Segment = new SegmentChange(North) })
            .Then(
                new SegmentChanged(null, North),
                new InvestmentChanged(Park, 10, 0, null, T(1), 0),
                new InvestmentChanged(Park, 0, 10, North, T(1), 1),
                new InvestmentChanged(Park, 10, 0, North, T(1), 0),
                new ApprovalChanged(Bench, false, true, North, T(2), 1));

    /// <summary>Two approvals, a rating and an investment in the north; five events.</summary>
    private static Scenario Voted() =>
        A.Voter
            .At(T(1)).After(new CastApproval(Park, true) { Segment = new SegmentChange(North) }, new CastApproval(Bench, true))
            .At(T(2)).After(new CastRating(Park, Scores.Of(4)))
            .At(T(3)).After(new CastInvestment(Bench, 30));

    private static IEnumerable<IdeaId> InOrder(params IdeaId[] ideas) => ideas.Order();
}
