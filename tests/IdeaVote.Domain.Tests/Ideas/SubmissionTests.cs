namespace IdeaVote.Domain.Tests.Ideas;

public sealed class SubmissionTests
{
    private static readonly SubmitIdea ByAnn = new(Doc("park"), [North, South], 12.50m, Ann);
    private static readonly SubmitIdea ByTheTeam = ByAnn with { Author = null };

    [Fact]
    public void A_voter_submits_an_idea_and_is_its_author()
    {
        var idea = (Idea)A.Idea.When(ByAnn)
            .Then(new IdeaSubmitted(Doc("park"), [North, South], 12.50m, [Ann], IdeaStatus.Published))
            .State;

        idea.Exists.ShouldBeTrue();
        idea.Status.ShouldBe(IdeaStatus.Published);
        idea.Text.ShouldBe(Doc("park"));
        idea.Answer.ShouldBeNull();
        idea.Revisions.ShouldBe([new Revision(T(100), Doc("park"))]);
        idea.Statuses.ShouldBe([new StatusEntry(T(100), IdeaStatus.Published, null)]);
    }

    [Fact]
    public void What_the_team_submits_has_no_author() =>
        A.Idea.When(ByTheTeam).Then(new IdeaSubmitted(Doc("park"), [North, South], 12.50m, [], IdeaStatus.Published));

    [Fact]
    public void Where_the_team_looks_first_a_voters_idea_waits_and_the_teams_does_not()
    {
        var moderated = Plain with { Moderated = true };

        A.Idea.Under(moderated).When(ByAnn).Then(new IdeaSubmitted(Doc("park"), [North, South], 12.50m, [Ann], IdeaStatus.Submitted));
        A.Idea.Under(moderated).When(ByTheTeam).Then(new IdeaSubmitted(Doc("park"), [North, South], 12.50m, [], IdeaStatus.Published));
    }

    [Fact]
    public void An_idea_that_exists_is_not_submitted_again_even_when_the_stage_has_closed() =>
        A.Idea.After(ByAnn)
            .When(ByAnn).ThenNothing()
            .In(CampaignWith(Plain, Closed)).When(ByAnn with { Text = Doc("other") }).ThenNothing();

    [Fact]
    public void It_takes_a_campaign_whose_stage_takes_ideas()
    {
        A.Idea.In(Campaign.None).When(ByAnn).ThenRefused(RefusalCode.CampaignNotFound);
        A.Idea.In(CampaignWith(Plain, Voting)).When(ByAnn).ThenRefused(RefusalCode.StageClosed);
        A.Idea.In(CampaignWith(Plain, Submitting, Voting.From(T(100)))).At(T(100)).When(ByAnn).ThenRefused(RefusalCode.StageClosed);
    }

    [Fact]
    public void Tags_and_cost_have_limits()
    {
        A.Idea.When(ByAnn with { Tags = Tags(Idea.MaxTags) }).ThenTaken();
        A.Idea.When(ByAnn with { Tags = Tags(Idea.MaxTags + 1) }).ThenRefused(RefusalCode.InvalidRules, "tags");
        A.Idea.When(ByAnn with { Cost = 0 }).ThenTaken();
        A.Idea.When(ByAnn with { Cost = null }).ThenTaken();
        A.Idea.When(ByAnn with { Cost = Idea.MaxCost }).ThenTaken();
        A.Idea.When(ByAnn with { Cost = -0.01m }).ThenRefused(RefusalCode.InvalidRules, "cost");
        A.Idea.When(ByAnn with { Cost = Idea.MaxCost + 1 }).ThenRefused(RefusalCode.InvalidRules, "cost");
    }

    [Fact]
    public void Nothing_can_be_done_to_an_idea_that_does_not_exist()
    {
        A.Idea.When(new EditIdea(Doc("new"), null, null, null)).ThenRefused(RefusalCode.IdeaNotFound);
        A.Idea.When(new SetIdeaStatus(IdeaStatus.Planned, null)).ThenRefused(RefusalCode.IdeaNotFound);
        A.Idea.When(new EraseIdeaText(Doc("park").Id)).ThenRefused(RefusalCode.IdeaNotFound);
    }

    [Fact]
    public void It_takes_no_command_and_no_event_of_another_aggregate()
    {
        Should.Throw<ArgumentException>(() => A.Idea.After(ByAnn).When(new EnterStage(0)));
        Should.Throw<ArgumentException>(() => A.Idea.Given(new SegmentChanged(null, North)));
    }

    private static System.Collections.Immutable.ImmutableArray<TermId> Tags(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Term($"tag {i}"))];
}
