namespace IdeaVote.Domain.Tests.Campaigns;

/// <summary>Once voting has opened, only start times that have not come yet may move, and only into the future.</summary>
public sealed class ScheduleFreezeTests
{
    private static readonly Stage[] Stages = [Submitting, Voting.From(T(10)), Review.From(T(20)), Closed];

    [Fact]
    public void A_start_still_to_come_moves_within_the_future() =>
        Change(T(15), Submitting, Voting.From(T(10)), Review.From(T(30)), Closed).ThenTaken();

    [Fact]
    public void A_start_still_to_come_may_be_left_to_the_team() =>
        Change(T(15), Submitting, Voting.From(T(10)), Review, Closed).ThenTaken();

    [Fact]
    public void A_stage_that_waited_for_the_team_may_get_a_start() =>
        Change(T(15), Submitting, Voting.From(T(10)), Review.From(T(20)), Closed.From(T(40))).ThenTaken();

    [Fact]
    public void A_new_start_lies_in_the_future()
    {
        Refused(T(15), Submitting, Voting.From(T(10)), Review.From(T(15)), Closed);
        Refused(T(25), Submitting, Voting.From(T(10)), Review.From(T(20)), Closed.From(T(25)));
    }

    [Fact]
    public void A_stage_that_has_begun_keeps_its_start()
    {
        Refused(T(15), Submitting, Voting.From(T(16)), Review.From(T(20)), Closed);
        Refused(T(15), Submitting, Voting, Review.From(T(20)), Closed);
        Refused(T(25), Submitting, Voting.From(T(10)), Review.From(T(30)), Closed);
        Refused(T(15), Submitting.From(T(5)), Voting.From(T(10)), Review.From(T(20)), Closed);
    }

    [Fact]
    public void Stages_are_neither_added_nor_removed_nor_given_another_meaning()
    {
        Refused(T(15), Submitting, Voting.From(T(10)), Review.From(T(20)));
        Refused(T(15), Submitting, Voting.From(T(10)), Review.From(T(20)), Closed, Closed);
        Refused(T(15), Submitting, Open.From(T(10)), Review.From(T(20)), Closed);
    }

    [Fact]
    public void A_start_the_team_went_past_by_hand_has_still_to_come_and_may_be_taken_out()
    {
        var early = Opened().At(T(5)).After(new EnterStage(1)).At(T(7)).After(new EnterStage(2));

        early.When(new ChangeCampaign(null, null, [Submitting, Voting, Review.From(T(20)), Closed])).ThenTaken();

        ((Campaign)early.State).StageAt(T(15)).ShouldBe(2);
    }

    private static Scenario Opened() =>
        A.Campaign.At(T(0)).After(new CreateCampaign(Doc("campaign"), Preset.Challenge, Plain, [.. Stages]));

    private static Outcome Change(Instant now, params Stage[] to) => Opened().At(now).When(new ChangeCampaign(null, null, [.. to]));

    private static void Refused(Instant now, params Stage[] to) => Change(now, to).ThenRefused(RefusalCode.RuleFrozen, "stages");
}
