namespace IdeaVote.Domain.Tests.Campaigns;

public sealed class CreationTests
{
    private static CreateCampaign Create(params Stage[] stages) => new(Doc("campaign"), Preset.Challenge, Plain, [.. stages]);

    private static CampaignCreated Created(params Stage[] stages) => new(Doc("campaign"), Preset.Challenge, Plain, [.. stages]);

    [Fact]
    public void A_campaign_begins_in_the_first_of_its_stages()
    {
        var campaign = (Campaign)A.Campaign
            .When(Create(Submitting, Voting, Review, Closed))
            .Then(Created(Submitting, Voting, Review, Closed))
            .State;

        campaign.Exists.ShouldBeTrue();
        campaign.Version.ShouldBe(1);
        campaign.CurrentStage.ShouldBe(0);
        campaign.Since.ShouldBe(T(100));
        campaign.VotingOpened.ShouldBeFalse();
        campaign.Preset.ShouldBe(Preset.Challenge);
    }

    [Fact]
    public void A_campaign_that_exists_is_not_made_again() =>
        A.Campaign.After(Create(Open)).When(Create(Closed)).ThenNothing();

    [Fact]
    public void A_schedule_that_is_under_way_begins_where_it_stands()
    {
        Stage[] stages = [Submitting.From(T(10)), Voting.From(T(20)), Review.From(T(30)), Closed.From(T(200))];

        var campaign = (Campaign)A.Campaign.At(T(25)).When(Create(stages))
            .Then(Created(stages), new StageEntered(0, 1, T(20), Scheduled: true))
            .State;

        campaign.StageAt(T(25)).ShouldBe(1);
        campaign.StageAt(T(30)).ShouldBe(2);
    }

    [Fact]
    public void A_start_of_the_first_stage_in_the_past_says_nothing_new() =>
        A.Campaign.At(T(25)).When(Create(Submitting.From(T(10)), Voting.From(T(30))))
            .Then(Created(Submitting.From(T(10)), Voting.From(T(30))));

    [Fact]
    public void Rules_and_stages_are_checked_before_it_comes_to_be()
    {
        A.Campaign.When(Create()).ThenRefused(RefusalCode.InvalidRules, "stages");
        A.Campaign.When(Create(Open) with { Rules = Plain with { Fund = -1 } }).ThenRefused(RefusalCode.InvalidRules, "fund.amount");
    }

    [Fact]
    public void Nothing_can_be_done_to_a_campaign_that_does_not_exist()
    {
        A.Campaign.When(new ChangeCampaign(Doc("new"), null, null)).ThenRefused(RefusalCode.CampaignNotFound);
        A.Campaign.When(new EnterStage(0)).ThenRefused(RefusalCode.CampaignNotFound);
        A.Campaign.When(new KeepSchedule()).ThenRefused(RefusalCode.CampaignNotFound);
        Campaign.None.AllowsAt(T(0), Allows.Submit).ShouldBeFalse();
    }

    [Fact]
    public void It_takes_no_command_and_no_event_of_another_aggregate()
    {
        Should.Throw<ArgumentException>(() => A.Campaign.After(Create(Open)).When(new SetIdeaStatus(IdeaStatus.Planned, null)));
        Should.Throw<ArgumentException>(() => A.Campaign.Given(new SegmentChanged(null, North)));
    }
}
