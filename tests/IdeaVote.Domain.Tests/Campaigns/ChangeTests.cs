namespace IdeaVote.Domain.Tests.Campaigns;

public sealed class ChangeTests
{
    [Fact]
    public void Text_rules_and_stages_change_in_one_go()
    {
        var rules = Plain with { ScoresHidden = true };

        Of(Submitting, Voting).When(new ChangeCampaign(Doc("new"), rules, [Submitting, Voting, Closed]))
            .Then(
                new CampaignDescribed(Doc("campaign"), Doc("new")),
                new RulesChanged(Plain, rules),
                new ScheduleChanged([Submitting, Voting], [Submitting, Voting, Closed]));
    }

    [Fact]
    public void What_is_not_named_stays() =>
        Of(Submitting, Voting).When(new ChangeCampaign(null, null, null)).ThenNothing();

    [Fact]
    public void Saying_what_is_so_already_changes_nothing() =>
        Of(Submitting, Voting).When(new ChangeCampaign(Doc("campaign"), Plain with { }, [Submitting, Voting])).ThenNothing();

    [Fact]
    public void A_change_is_all_or_nothing() =>
        ((Campaign)Of(Submitting, Voting)
            .When(new ChangeCampaign(Doc("new"), Plain with { Fund = -1 }, null))
            .ThenRefused(RefusalCode.InvalidRules, "fund.amount").State)
        .Text.ShouldBe(Doc("campaign"));

    [Fact]
    public void Before_voting_opens_every_rule_may_change()
    {
        var other = new Rules(
            null, new RateRule([3m]), new InvestRule(5, 2, 4), VotesCanChange: false, ScoresHidden: true, Fund: 1, WhoMayVote.Roll, [North], Moderated: true);

        Of(Submitting, Voting).When(new ChangeCampaign(null, other, null)).Then(new RulesChanged(Plain, other));
    }

    [Fact]
    public void The_text_may_change_at_any_time() =>
        Of(Open).When(new ChangeCampaign(Doc("new"), null, null)).Then(new CampaignDescribed(Doc("campaign"), Doc("new")));

    [Fact]
    public void Moderation_may_change_at_any_time() =>
        Of(Open).When(new ChangeCampaign(null, Plain with { Moderated = true }, null)).Then(new RulesChanged(Plain, Plain with { Moderated = true }));

    [Fact]
    public void A_new_schedule_does_not_undo_what_the_old_one_brought_about() =>
        Of(Submitting, Review.From(T(10)), Voting).At(T(15)).When(new ChangeCampaign(null, null, [Submitting, Review.From(T(20)), Voting]))
            .Then(
                new StageEntered(0, 1, T(10), Scheduled: true),
                new ScheduleChanged([Submitting, Review.From(T(10)), Voting], [Submitting, Review.From(T(20)), Voting]));

    [Fact]
    public void The_list_keeps_the_stage_in_force()
    {
        Of(Submitting, Review, Voting).At(T(5)).After(new EnterStage(1))
            .When(new ChangeCampaign(null, null, [Submitting])).ThenRefused(RefusalCode.InvalidRules, "stages")
            .When(new ChangeCampaign(null, null, [Submitting, Review])).ThenTaken();
        Of(Submitting, Review.From(T(10))).At(T(15))
            .When(new ChangeCampaign(null, null, [Submitting])).ThenRefused(RefusalCode.InvalidRules, "stages");
    }

    [Fact]
    public void Who_saw_another_version_of_the_campaign_decides_again()
    {
        Of(Open).When(new ChangeCampaign(Doc("new"), null, null) { ExpectedVersion = 2 }).ThenRefused(RefusalCode.CampaignChanged);
        Of(Open).When(new EnterStage(0) { ExpectedVersion = 0 }).ThenRefused(RefusalCode.CampaignChanged);
        Of(Open).When(new ChangeCampaign(Doc("new"), null, null) { ExpectedVersion = 1 }).ThenTaken();
    }

    private static Scenario Of(params Stage[] stages) =>
        A.Campaign.At(T(0)).After(new CreateCampaign(Doc("campaign"), Preset.Challenge, Plain, [.. stages])).At(T(5));
}
