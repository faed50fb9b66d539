namespace IdeaVote.Domain.Tests.Campaigns;

/// <summary>How stages come and go: by the team's hand, by the schedule, and by both.</summary>
public sealed class StageMoveTests
{
    private static readonly Stage[] Scheduled = [Submitting, Voting.From(T(10)), Review.From(T(20)), Closed.From(T(30))];

    [Fact]
    public void The_team_moves_the_campaign_to_any_stage_forward_and_back() =>
        Of(Submitting, Voting, Review, Closed)
            .At(T(5)).When(new EnterStage(2)).Then(new StageEntered(0, 2, T(5), Scheduled: false))
            .At(T(6)).When(new EnterStage(1)).Then(new StageEntered(2, 1, T(6), Scheduled: false));

    [Fact]
    public void Entering_the_stage_in_force_changes_nothing() =>
        Of(Submitting, Voting).At(T(5)).When(new EnterStage(0)).ThenNothing();

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public void There_is_no_stage_outside_the_list(int stage) =>
        Of(Submitting, Voting).When(new EnterStage(stage)).ThenRefused(RefusalCode.UnknownStage, "stage");

    [Fact]
    public void The_wake_up_records_a_start_that_has_come() =>
        Of(Scheduled)
            .At(T(9)).When(new KeepSchedule()).ThenNothing()
            .At(T(10)).When(new KeepSchedule()).Then(new StageEntered(0, 1, T(10), Scheduled: true))
            .At(T(10)).When(new KeepSchedule()).ThenNothing();

    [Fact]
    public void A_late_wake_up_records_every_start_with_its_own_time() =>
        Of(Scheduled).At(T(500)).When(new KeepSchedule())
            .Then(
                new StageEntered(0, 1, T(10), Scheduled: true),
                new StageEntered(1, 2, T(20), Scheduled: true),
                new StageEntered(2, 3, T(30), Scheduled: true))
            .When(new KeepSchedule()).ThenNothing();

    [Fact]
    public void A_stage_entered_by_hand_holds_until_the_next_scheduled_start()
    {
        var campaign = (Campaign)Of(Scheduled).At(T(12)).After(new EnterStage(0)).State;

        campaign.StageAt(T(12)).ShouldBe(0);
        campaign.StageAt(T(19)).ShouldBe(0);
        campaign.StageAt(T(20)).ShouldBe(2);
    }

    [Fact]
    public void A_stage_entered_by_hand_before_its_time_is_entered_again_at_its_time() =>
        Of(Scheduled)
            .At(T(5)).When(new EnterStage(1)).Then(new StageEntered(0, 1, T(5), Scheduled: false))
            .At(T(7)).When(new EnterStage(2)).Then(new StageEntered(1, 2, T(7), Scheduled: false))
            .At(T(10)).When(new KeepSchedule()).Then(new StageEntered(2, 1, T(10), Scheduled: true));

    [Fact]
    public void A_move_by_hand_first_records_what_the_schedule_brought_about_unnoticed() =>
        Of(Scheduled).At(T(25)).When(new EnterStage(3))
            .Then(
                new StageEntered(0, 1, T(10), Scheduled: true),
                new StageEntered(1, 2, T(20), Scheduled: true),
                new StageEntered(2, 3, T(25), Scheduled: false));

    [Fact]
    public void Moving_to_where_the_schedule_led_unnoticed_records_just_that() =>
        Of(Scheduled).At(T(15)).When(new EnterStage(1)).Then(new StageEntered(0, 1, T(10), Scheduled: true));

    [Fact]
    public void A_move_at_the_very_moment_of_a_start_wins() =>
        ((Campaign)Of(Scheduled).At(T(10)).After(new EnterStage(0)).State).StageAt(T(15)).ShouldBe(0);

    private static Scenario Of(params Stage[] stages) =>
        A.Campaign.At(T(0)).After(new CreateCampaign(Doc("campaign"), Preset.Challenge, Plain, [.. stages]));
}
