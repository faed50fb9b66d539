namespace IdeaVote.Domain.Tests.Voters;

public sealed class ApprovalTests
{
    private static readonly Rules TwoAtMost = Plain with { Approve = new ApproveRule(2) };

    [Fact]
    public void A_voter_approves_an_idea_and_takes_it_back() =>
        A.Voter
            .At(T(1)).When(new CastApproval(Park, true)).Then(new ApprovalChanged(Park, false, true, null, T(1), 1))
            .At(T(2)).When(new CastApproval(Bench, true)).Then(new ApprovalChanged(Bench, false, true, null, T(2), 2))
            .At(T(3)).When(new CastApproval(Park, false)).Then(new ApprovalChanged(Park, true, false, null, T(1), 1));

    [Fact]
    public void Saying_what_is_so_already_changes_nothing()
    {
        A.Voter.After(new CastApproval(Park, true)).When(new CastApproval(Park, true)).ThenNothing();
        A.Voter.When(new CastApproval(Park, false)).ThenNothing();
    }

    [Fact]
    public void An_approval_given_anew_is_a_new_one() =>
        A.Voter.At(T(1)).After(new CastApproval(Park, true), new CastApproval(Park, false))
            .At(T(9)).When(new CastApproval(Park, true)).Then(new ApprovalChanged(Park, false, true, null, T(9), 1));

    [Fact]
    public void No_more_than_the_maximum()
    {
        var full = A.Voter.Under(TwoAtMost).After(new CastApproval(Park, true), new CastApproval(Bench, true));

        full.When(new CastApproval(Tree, true)).ThenRefused(RefusalCode.ApprovalsExceeded);
        full.After(new CastApproval(Park, false)).When(new CastApproval(Tree, true)).ThenTaken();
    }

    [Fact]
    public void What_is_left_of_the_maximum()
    {
        var voter = (Voter)A.Voter.After(new CastApproval(Park, true)).State;

        voter.ApprovalsLeft(TwoAtMost).ShouldBe(1);
        voter.ApprovalsLeft(Plain with { Approve = new ApproveRule(1) }).ShouldBe(0);
        voter.ApprovalsLeft(Plain).ShouldBeNull();
        voter.ApprovalsLeft(Plain with { Approve = null }).ShouldBeNull();
        Voter.None.ApprovalsLeft(TwoAtMost).ShouldBe(2);
    }

    [Fact]
    public void A_method_that_is_off_takes_no_votes() =>
        A.Voter.Under(Plain with { Approve = null }).When(new CastApproval(Park, true)).ThenRefused(RefusalCode.MethodOff);
}
