namespace IdeaVote.Domain.Tests.Voters;

/// <summary>Who brought a voter: the first to do so, and only before the first vote.</summary>
public sealed class InvitationTests
{
    private static readonly AcceptInvitation ByBob = new(Ann, Bob, Park);

    [Fact]
    public void Who_came_by_an_invitation_says_who_brought_them_and_what_they_were_shown()
    {
        var ann = (Voter)A.Voter.When(ByBob).Then(new VoterInvited(Bob, Park)).State;

        ann.Invitation.ShouldBe(new VoterInvited(Bob, Park));
        ann.HasVoted.ShouldBeFalse();
        A.Voter.When(ByBob with { Idea = null }).Then(new VoterInvited(Bob, null));
        A.Voter.When(ByBob with { Idea = Unknown }).Then(new VoterInvited(Bob, null));
    }

    [Fact]
    public void The_first_invitation_stays() =>
        A.Voter.After(ByBob).When(ByBob).ThenNothing().When(new AcceptInvitation(Ann, VoterOf("carl"), Bench)).ThenNothing();

    [Fact]
    public void Whoever_has_voted_was_here_already_even_if_they_took_it_back() =>
        A.Voter.After(new CastApproval(Park, true), new CastApproval(Park, false)).When(ByBob).ThenNothing();

    [Fact]
    public void What_others_say_of_a_voter_is_no_vote() =>
        A.Voter.After(new DescribeVoter(new SegmentChange(North), null)).When(ByBob).Then(new VoterInvited(Bob, Park));

    [Fact]
    public void Nobody_brings_themselves() => A.Voter.When(ByBob with { By = Ann }).ThenNothing();

    [Fact]
    public void It_needs_a_campaign_and_no_stage()
    {
        A.Voter.In(Campaign.None).When(ByBob).ThenRefused(RefusalCode.CampaignNotFound);
        A.Voter.In(CampaignWith(Plain, Submitting)).When(ByBob).ThenTaken();
    }

    [Fact]
    public void It_gives_neither_votes_nor_credits()
    {
        var ann = (Voter)A.Voter.After(ByBob).State;

        ann.Ballot.ShouldBe(Ballot.Empty);
        ann.CreditsLeft(Plain).ShouldBe(((Voter)A.Voter.State).CreditsLeft(Plain));
        A.Voter.After(ByBob).When(new CastInvestment(Park, 101)).ThenRefused(RefusalCode.BudgetExceeded, "credits");
    }

    [Fact]
    public void The_board_counts_nobody_for_it()
    {
        var board = new Board();
        board.Apply(new RecordedEvent(StreamId.Of(TheCampaign, Ann), 1, T(0), new VoterInvited(Bob, null)));

        board.Voters.ShouldBe(0);
    }
}
