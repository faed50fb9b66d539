namespace IdeaVote.Domain.Tests.Campaigns;

/// <summary>Which stage is in force, and what the campaign then allows.</summary>
public sealed class StageTests
{
    private static readonly Allows[] Everything = [Allows.Submit, Allows.Discuss, Allows.Vote];

    [Theory]
    [InlineData(0, Allows.Submit | Allows.Discuss)]
    [InlineData(1, Allows.Vote | Allows.Discuss)]
    [InlineData(2, Allows.Discuss)]
    [InlineData(3, Allows.None)]
    public void A_challenge_allows_in_each_stage_what_the_stage_says(int stage, Allows allowed)
    {
        var campaign = Entered(stage, Submitting, Voting, Review, Closed);

        foreach (var what in Everything)
            campaign.AllowsAt(T(200), what).ShouldBe((allowed & what) == what, what.ToString());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_continuous_campaign_allows_everything_until_it_is_closed(int stage, bool allowed)
    {
        var campaign = Entered(stage, Open, Closed);

        foreach (var what in Everything)
            campaign.AllowsAt(T(200), what).ShouldBe(allowed);
    }

    [Fact]
    public void Several_things_are_allowed_only_if_each_is()
    {
        var campaign = CampaignWith(Plain, Submitting);

        campaign.AllowsAt(T(1), Allows.Submit | Allows.Discuss).ShouldBeTrue();
        campaign.AllowsAt(T(1), Allows.Submit | Allows.Vote).ShouldBeFalse();
    }

    [Fact]
    public void The_clock_alone_brings_on_scheduled_stages()
    {
        var campaign = CampaignWith(Plain, Submitting, Voting.From(T(10)), Review.From(T(20)), Closed.From(T(30)));

        campaign.StageAt(T(0)).ShouldBe(0);
        campaign.StageAt(new Instant(T(10).UnixMilliseconds - 1)).ShouldBe(0);
        campaign.StageAt(T(10)).ShouldBe(1);
        campaign.StageAt(T(25)).ShouldBe(2);
        campaign.StageAt(T(1_000)).ShouldBe(3);
    }

    [Fact]
    public void A_stage_without_a_start_is_passed_over_by_the_schedule()
    {
        var campaign = CampaignWith(Plain, Submitting, Review, Voting.From(T(20)));

        campaign.StageAt(T(19)).ShouldBe(0);
        campaign.StageAt(T(20)).ShouldBe(2);
    }

    [Fact]
    public void The_next_start_is_the_earliest_still_to_come()
    {
        var campaign = CampaignWith(Plain, Submitting, Voting.From(T(10)), Review, Closed.From(T(30)));

        campaign.NextStartAfter(T(5)).ShouldBe(T(10));
        campaign.NextStartAfter(T(10)).ShouldBe(T(30));
        campaign.NextStartAfter(T(30)).ShouldBeNull();
    }

    [Fact]
    public void A_stage_takes_votes_if_it_allows_them()
    {
        Open.TakesVotes.ShouldBeTrue();
        Voting.TakesVotes.ShouldBeTrue();
        Submitting.TakesVotes.ShouldBeFalse();
        Closed.TakesVotes.ShouldBeFalse();
    }

    private static Campaign Entered(int stage, params Stage[] stages) =>
        (Campaign)A.Campaign
            .After(new CreateCampaign(Doc("campaign"), Preset.Challenge, Plain, [.. stages]), new EnterStage(stage))
            .State;
}
