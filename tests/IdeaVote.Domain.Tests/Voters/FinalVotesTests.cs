namespace IdeaVote.Domain.Tests.Voters;

/// <summary>Campaigns in which a vote, once cast, stands.</summary>
public sealed class FinalVotesTests
{
    [Fact]
    public void A_vote_can_neither_be_changed_nor_taken_back()
    {
        Final(new CastApproval(Park, true)).When(new CastApproval(Park, false)).ThenRefused(RefusalCode.VotesFinal);
        Final(new CastRating(Park, Scores.Of(3))).When(new CastRating(Park, Scores.Of(4))).ThenRefused(RefusalCode.VotesFinal);
        Final(new CastRating(Park, Scores.Of(3))).When(new CastRating(Park, Scores.None)).ThenRefused(RefusalCode.VotesFinal);
        Final(new CastInvestment(Park, 3)).When(new CastInvestment(Park, 4)).ThenRefused(RefusalCode.VotesFinal);
        Final(new CastInvestment(Park, 3)).When(new CastInvestment(Park, 0)).ThenRefused(RefusalCode.VotesFinal);
    }

    [Fact]
    public void The_same_vote_again_is_no_change() =>
        Final(new CastRating(Park, Scores.Of(3))).When(new CastRating(Park, Scores.Of(3))).ThenNothing();

    [Fact]
    public void Votes_on_other_ideas_and_by_other_methods_may_follow() =>
        Final(new CastApproval(Park, true)).After(new CastApproval(Bench, true), new CastInvestment(Park, 3));

    [Fact]
    public void A_whole_ballot_may_add_but_not_leave_out()
    {
        Final(new CastApproval(Park, true)).When(new SetBallot([Park, Bench], [], [])).ThenTaken();
        Final(new CastApproval(Park, true)).When(new SetBallot([Bench], [], [])).ThenRefused(RefusalCode.VotesFinal);
    }

    [Fact]
    public void A_refund_is_no_act_of_the_voter_and_goes_through() =>
        Final(new CastInvestment(Park, 3)).When(new ReturnInvestment(Park, 1, 2)).Then(new InvestmentChanged(Park, 3, 0, null, T(100), 0, 2));

    [Fact]
    public void A_change_of_segment_changes_no_vote_and_goes_through() =>
        Final(new CastApproval(Park, true)).When(new DescribeVoter(new SegmentChange(North), null)).ThenTaken();

    private static Scenario Final(VoteCommand cast) => A.Voter.Under(Plain with { VotesCanChange = false }).After(cast);
}
