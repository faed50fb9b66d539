namespace IdeaVote.Domain.Tests.Voters;

/// <summary>Who may vote.</summary>
public sealed class EligibilityTests
{
    private static readonly Credentials Nobody = new(AddressConfirmed: false, null, OnRoll: false);
    private static readonly Credentials Confirmed = new(AddressConfirmed: true, null, OnRoll: false);

    [Fact]
    public void Anyone_with_an_account() => Vote(WhoMayVote.Anyone, Nobody).ThenTaken();

    [Fact]
    public void Accounts_with_a_confirmed_address()
    {
        Vote(WhoMayVote.Confirmed, Nobody).ThenRefused(RefusalCode.NotEligible);
        Vote(WhoMayVote.Confirmed, Nobody with { OnRoll = true, Domain = North }).ThenRefused(RefusalCode.NotEligible);
        Vote(WhoMayVote.Confirmed, Confirmed).ThenTaken();
        Vote(WhoMayVote.Confirmed, Confirmed with { Domain = North }).ThenTaken();
    }

    [Fact]
    public void Accounts_with_a_confirmed_address_of_a_given_domain()
    {
        Vote(WhoMayVote.Confirmed, Confirmed, North, South).ThenRefused(RefusalCode.NotEligible);
        Vote(WhoMayVote.Confirmed, Confirmed with { Domain = Term("east") }, North, South).ThenRefused(RefusalCode.NotEligible);
        Vote(WhoMayVote.Confirmed, Nobody with { Domain = North }, North, South).ThenRefused(RefusalCode.NotEligible);
        Vote(WhoMayVote.Confirmed, Confirmed with { Domain = South }, North, South).ThenTaken();
    }

    [Fact]
    public void Those_on_the_roll()
    {
        Vote(WhoMayVote.Roll, Confirmed with { Domain = North }).ThenRefused(RefusalCode.NotEligible);
        Vote(WhoMayVote.Roll, Nobody with { OnRoll = true }).ThenTaken();
    }

    [Fact]
    public void Who_may_not_vote_may_not_take_back_either() =>
        A.Voter.Under(Plain with { Who = WhoMayVote.Roll }).Given(new ApprovalChanged(Park, false, true, null, T(1), 1))
            .When(new CastApproval(Park, false)).ThenRefused(RefusalCode.NotEligible);

    [Fact]
    public void A_closed_stage_is_said_first_so_that_nobody_learns_who_is_on_the_roll() =>
        A.Voter.In(CampaignWith(Plain with { Who = WhoMayVote.Roll }, Closed)).When(new CastApproval(Park, true)).ThenRefused(RefusalCode.StageClosed);

    private static Outcome Vote(WhoMayVote who, Credentials credentials, params TermId[] domains) =>
        A.Voter.Under(Plain with { Who = who, Domains = [.. domains] })
            .When(new CastApproval(Park, true) { Credentials = credentials });
}
