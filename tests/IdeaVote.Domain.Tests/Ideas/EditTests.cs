namespace IdeaVote.Domain.Tests.Ideas;

public sealed class EditTests
{
    private static readonly IdeaSubmitted Submitted = new(Doc("park"), [North], 10m, [Ann], IdeaStatus.Published);

    [Fact]
    public void Text_tags_and_cost_change_in_one_go() =>
        AnIdea().When(new EditIdea(Doc("new"), [South], new CostChange(20), null))
            .Then(new IdeaEdited(Doc("park"), Doc("new")), new IdeaRetagged([North], [South]), new IdeaCostChanged(10, 20));

    [Fact]
    public void Every_text_stays_in_the_history()
    {
        var idea = (Idea)AnIdea().At(T(200)).After(new EditIdea(Doc("new"), null, null, null)).State;

        idea.Text.ShouldBe(Doc("new"));
        idea.Revisions.ShouldBe([new Revision(T(100), Doc("park")), new Revision(T(200), Doc("new"))]);
    }

    [Fact]
    public void Saying_what_is_so_already_changes_nothing()
    {
        AnIdea().When(new EditIdea(null, null, null, null)).ThenNothing();
        AnIdea().When(new EditIdea(Doc("park"), [North], new CostChange(10.00m), null)).ThenNothing();
    }

    [Fact]
    public void A_cost_may_become_unknown() =>
        AnIdea().When(new EditIdea(null, null, new CostChange(null), null)).Then(new IdeaCostChanged(10, null));

    [Fact]
    public void An_edit_is_all_or_nothing()
    {
        AnIdea().When(new EditIdea(Doc("new"), null, new CostChange(-1), null)).ThenRefused(RefusalCode.InvalidRules, "cost");
        AnIdea().When(new EditIdea(Doc("new"), [.. Enumerable.Range(0, Idea.MaxTags + 1).Select(i => Term($"{i}"))], null, null))
            .ThenRefused(RefusalCode.InvalidRules, "tags");
    }

    [Fact]
    public void The_author_edits_while_the_stage_takes_ideas()
    {
        AnIdea().When(ByAnn).ThenTaken();
        AnIdea().In(CampaignWith(Plain, Voting)).When(ByAnn).ThenRefused(RefusalCode.StageClosed);
    }

    [Fact]
    public void Nobody_else_edits_but_the_team_which_always_may()
    {
        AnIdea().When(ByAnn with { Editor = Bob }).ThenRefused(RefusalCode.NotAuthor);
        A.Idea.Given(Submitted with { Authors = [] }).When(ByAnn).ThenRefused(RefusalCode.NotAuthor);
        AnIdea().In(CampaignWith(Plain, Closed)).When(ByAnn with { Editor = null }).ThenTaken();
    }

    [Fact]
    public void Before_voting_opens_the_author_may_change_the_cost() =>
        AnIdea().In(CampaignWith(Plain, Submitting, Voting))
            .When(new EditIdea(null, null, new CostChange(20), Ann)).Then(new IdeaCostChanged(10, 20));

    [Fact]
    public void Once_voting_has_opened_only_the_team_may_change_the_cost()
    {
        var wish = new EditIdea(Doc("new"), null, new CostChange(20), Ann);

        AnIdea().In(CampaignWith(Plain, Open)).When(wish).ThenRefused(RefusalCode.CostFrozen, "cost");
        AnIdea().In(CampaignWith(Plain, Open)).When(wish with { Cost = new CostChange(10) }).Then(new IdeaEdited(Doc("park"), Doc("new")));
        AnIdea().In(CampaignWith(Plain, Open)).When(wish with { Editor = null }).ThenTaken();
    }

    [Fact]
    public void Voting_that_opened_and_closed_again_leaves_the_cost_frozen()
    {
        var campaign = CampaignWith(Plain, Submitting, Voting.From(T(10)), Submitting.From(T(20)));

        AnIdea().In(campaign).At(T(30)).When(new EditIdea(null, null, new CostChange(20), Ann)).ThenRefused(RefusalCode.CostFrozen, "cost");
    }

    [Fact]
    public void The_history_of_texts_has_a_limit()
    {
        var scenario = AnIdea();
        for (var i = 1; i < Idea.MaxHistory; i++)
            scenario.Given(new IdeaEdited(Doc("park"), Doc($"park {i}")));

        scenario.When(new EditIdea(Doc("one too many"), null, null, null)).ThenRefused(RefusalCode.InvalidRules);
        scenario.When(new EditIdea(null, [South], null, null)).ThenTaken();
    }

    [Fact]
    public void Who_saw_another_version_of_the_idea_decides_again()
    {
        AnIdea().When(new EditIdea(Doc("new"), null, null, null) { ExpectedVersion = 2 }).ThenRefused(RefusalCode.IdeaChanged);
        AnIdea().When(new SetIdeaStatus(IdeaStatus.Planned, null) { ExpectedVersion = 0 }).ThenRefused(RefusalCode.IdeaChanged);
        AnIdea().When(new EditIdea(Doc("new"), null, null, null) { ExpectedVersion = 1 }).ThenTaken();
    }

    private static EditIdea ByAnn => new(Doc("new"), null, null, Ann);

    private static Scenario AnIdea() => A.Idea.Given(Submitted);
}
