namespace IdeaVote.Domain.Tests.Campaigns;

/// <summary>When voting has opened, and when hidden scores may be seen.</summary>
public sealed class VisibilityTests
{
    private static readonly Rules Hidden = Plain with { ScoresHidden = true };

    [Fact]
    public void Voting_has_opened_from_the_start_if_the_first_stage_takes_votes() =>
        CampaignWith(Plain, Open, Closed).HasOpenedAt(T(0)).ShouldBeTrue();

    [Fact]
    public void Voting_opens_by_the_clock_whether_or_not_anything_noticed()
    {
        var campaign = CampaignWith(Plain, Submitting, Voting.From(T(10)), Closed.From(T(20)));

        campaign.HasOpenedAt(T(9)).ShouldBeFalse();
        campaign.HasOpenedAt(T(10)).ShouldBeTrue();
        campaign.HasOpenedAt(T(99)).ShouldBeTrue();
    }

    [Fact]
    public void Once_opened_voting_has_opened_for_ever()
    {
        var campaign = Moved(CampaignWith(Plain, Submitting, Voting, Review), (1, T(5)), (0, T(6)));

        campaign.CurrentStage.ShouldBe(0);
        campaign.HasOpenedAt(T(7)).ShouldBeTrue();
    }

    [Fact]
    public void A_voting_stage_that_was_passed_over_has_not_opened_it() =>
        Moved(CampaignWith(Plain, Submitting, Voting, Review), (2, T(5))).HasOpenedAt(T(9)).ShouldBeFalse();

    [Fact]
    public void A_change_that_lets_the_stage_in_force_take_votes_opens_voting()
    {
        var campaign = (Campaign)A.Campaign.At(T(0))
            .After(new CreateCampaign(Doc("campaign"), Preset.Challenge, Plain, [Submitting, Closed]))
            .At(T(5)).When(new ChangeCampaign(null, null, [Open, Closed]))
            .Then(new ScheduleChanged([Submitting, Closed], [Open, Closed]))
            .State;

        campaign.AllowsAt(T(5), Allows.Vote).ShouldBeTrue();
        campaign.HasOpenedAt(T(5)).ShouldBeTrue();
    }

    [Fact]
    public void Scores_that_are_not_hidden_are_always_visible() =>
        CampaignWith(Plain, Submitting, Voting).ScoresVisibleAt(T(0)).ShouldBeTrue();

    [Fact]
    public void Hidden_scores_are_visible_once_voting_has_closed()
    {
        var campaign = CampaignWith(Hidden, Submitting, Voting.From(T(10)), Review.From(T(20)), Closed.From(T(30)));

        campaign.ScoresVisibleAt(T(9)).ShouldBeFalse();
        campaign.ScoresVisibleAt(T(10)).ShouldBeFalse();
        campaign.ScoresVisibleAt(T(20)).ShouldBeTrue();
        campaign.ScoresVisibleAt(T(30)).ShouldBeTrue();
    }

    [Fact]
    public void With_several_voting_stages_they_stay_hidden_until_the_last_has_closed()
    {
        var campaign = CampaignWith(Hidden, Voting, Review.From(T(10)), Voting.From(T(20)), Closed.From(T(30)));

        campaign.ScoresVisibleAt(T(5)).ShouldBeFalse();
        campaign.ScoresVisibleAt(T(15)).ShouldBeFalse();
        campaign.ScoresVisibleAt(T(25)).ShouldBeFalse();
        campaign.ScoresVisibleAt(T(30)).ShouldBeTrue();
    }

    [Fact]
    public void Before_voting_ever_opened_there_is_nothing_to_see() =>
        Moved(CampaignWith(Hidden, Submitting, Voting, Closed), (2, T(5))).ScoresVisibleAt(T(9)).ShouldBeFalse();

    [Fact]
    public void They_are_hidden_again_when_the_team_opens_voting_again()
    {
        var closed = Moved(CampaignWith(Hidden, Voting, Closed), (1, T(5)));
        closed.ScoresVisibleAt(T(6)).ShouldBeTrue();

        Moved(closed, (0, T(7))).ScoresVisibleAt(T(8)).ShouldBeFalse();
    }

    [Fact]
    public void They_stay_hidden_while_a_voting_stage_the_team_went_past_will_still_start_by_itself()
    {
        var campaign = Moved(CampaignWith(Hidden, Submitting, Voting.From(T(10)), Review, Closed.From(T(20))), (1, T(3)), (2, T(5)));

        campaign.ScoresVisibleAt(T(6)).ShouldBeFalse();
        campaign.StageAt(T(10)).ShouldBe(1);
        campaign.ScoresVisibleAt(T(10)).ShouldBeFalse();
        campaign.ScoresVisibleAt(T(20)).ShouldBeTrue();
    }

    private static Campaign Moved(Campaign campaign, params (int Stage, Instant At)[] moves)
    {
        foreach (var (stage, at) in moves)
            campaign = (Campaign)campaign.Apply(new RecordedEvent(
                StreamId.Of(TheCampaign), campaign.Version + 1, at, new StageEntered(campaign.CurrentStage, stage, at, Scheduled: false)));
        return campaign;
    }

    [Fact]
    public void Voting_is_over_since_the_stage_began_after_which_nothing_takes_votes()
    {
        var campaign = CampaignWith(Plain, Submitting, Voting.From(T(10)), Review.From(T(20)), Closed.From(T(30)));

        campaign.VotingOverSince(T(9)).ShouldBeNull();
        campaign.VotingOverSince(T(19)).ShouldBeNull();
        campaign.VotingOverSince(T(20)).ShouldBe(T(20));
        campaign.VotingOverSince(T(31)).ShouldBe(T(30));
        CampaignWith(Plain, Submitting).VotingOverSince(T(99)).ShouldBeNull();
        Campaign.None.VotingOverSince(T(99)).ShouldBeNull();
    }
}
