namespace IdeaVote.Domain.Tests.Ideas;

public sealed class StatusTests
{
    public static TheoryData<IdeaStatus, IdeaStatus> Moves
    {
        get
        {
            var moves = new TheoryData<IdeaStatus, IdeaStatus>();
            foreach (var from in Enum.GetValues<IdeaStatus>().Where(status => status != IdeaStatus.Merged))
                foreach (var to in Enum.GetValues<IdeaStatus>().Where(status => status is not IdeaStatus.Merged and not IdeaStatus.Submitted))
                    if (from != to)
                        moves.Add(from, to);
            return moves;
        }
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public void The_team_sets_any_status_from_any_other(IdeaStatus from, IdeaStatus to) =>
        With(from).When(new SetIdeaStatus(to, Doc("answer"))).Then(new IdeaStatusChanged(from, to, Doc("answer")));

    [Fact]
    public void Setting_the_status_it_has_changes_nothing_unless_the_team_answers_anew()
    {
        var scenario = With(IdeaStatus.Planned).When(new SetIdeaStatus(IdeaStatus.Planned, null)).ThenNothing();

        scenario.When(new SetIdeaStatus(IdeaStatus.Planned, Doc("answer"))).Then(new IdeaStatusChanged(IdeaStatus.Planned, IdeaStatus.Planned, Doc("answer")));
        scenario.When(new SetIdeaStatus(IdeaStatus.Planned, Doc("answer"))).ThenNothing();
        scenario.When(new SetIdeaStatus(IdeaStatus.Planned, Doc("better"))).Then(new IdeaStatusChanged(IdeaStatus.Planned, IdeaStatus.Planned, Doc("better")));
    }

    [Fact]
    public void The_current_answer_is_the_last_one_given()
    {
        var scenario = With(IdeaStatus.Published)
            .After(new SetIdeaStatus(IdeaStatus.Planned, Doc("we will")), new SetIdeaStatus(IdeaStatus.Building, null));

        ((Idea)scenario.State).Answer.ShouldBe(Doc("we will"));
        scenario.When(new SetIdeaStatus(IdeaStatus.Building, Doc("we will"))).ThenNothing();
    }

    [Theory]
    [InlineData(IdeaStatus.Published)]
    [InlineData(IdeaStatus.Declined)]
    public void What_was_published_never_goes_back_to_waiting(IdeaStatus from) =>
        With(from).When(new SetIdeaStatus(IdeaStatus.Submitted, null)).ThenRefused(RefusalCode.StatusNotSettable, "status");

    [Fact]
    public void A_waiting_idea_can_be_answered_while_it_waits() =>
        With(IdeaStatus.Submitted).When(new SetIdeaStatus(IdeaStatus.Submitted, Doc("patience")))
            .Then(new IdeaStatusChanged(IdeaStatus.Submitted, IdeaStatus.Submitted, Doc("patience")));

    [Fact]
    public void Merging_is_not_a_matter_of_status()
    {
        With(IdeaStatus.Published).When(new SetIdeaStatus(IdeaStatus.Merged, null)).ThenRefused(RefusalCode.StatusNotSettable, "status");
        With(IdeaStatus.Merged).When(new SetIdeaStatus(IdeaStatus.Published, null)).ThenRefused(RefusalCode.StatusNotSettable, "status");
        With(IdeaStatus.Merged).When(new SetIdeaStatus(IdeaStatus.Merged, null)).ThenNothing();
    }

    [Fact]
    public void Every_status_stays_in_the_history()
    {
        var idea = (Idea)With(IdeaStatus.Published).At(T(200)).After(new SetIdeaStatus(IdeaStatus.Declined, Doc("sorry"))).State;

        idea.Statuses.ShouldBe([new StatusEntry(T(100), IdeaStatus.Published, null), new StatusEntry(T(200), IdeaStatus.Declined, Doc("sorry"))]);
    }

    [Fact]
    public void The_history_of_statuses_has_a_limit()
    {
        var scenario = With(IdeaStatus.Published);
        for (var i = 1; i < Idea.MaxHistory; i++)
            scenario.Given(new IdeaStatusChanged(IdeaStatus.Published, IdeaStatus.Published, Doc($"{i}")));

        scenario.When(new SetIdeaStatus(IdeaStatus.Planned, null)).ThenRefused(RefusalCode.StatusNotSettable, "status");
        scenario.When(new SetIdeaStatus(IdeaStatus.Published, null)).ThenNothing();
    }

    [Theory]
    [InlineData(IdeaStatus.Submitted, false, false, false, false)]
    [InlineData(IdeaStatus.Published, true, false, true, true)]
    [InlineData(IdeaStatus.UnderReview, true, false, true, true)]
    [InlineData(IdeaStatus.Planned, true, false, true, true)]
    [InlineData(IdeaStatus.Building, true, false, true, true)]
    [InlineData(IdeaStatus.Shipped, false, false, true, true)]
    [InlineData(IdeaStatus.Declined, false, true, false, true)]
    [InlineData(IdeaStatus.Withdrawn, false, true, false, true)]
    [InlineData(IdeaStatus.Merged, false, false, false, true)]
    [InlineData(IdeaStatus.Hidden, false, true, false, false)]
    public void What_follows_from_a_status(IdeaStatus status, bool takesVotes, bool returnsInvestments, bool ranked, bool @public)
    {
        status.TakesVotes().ShouldBe(takesVotes);
        status.ReturnsInvestments().ShouldBe(returnsInvestments);
        status.IsRanked().ShouldBe(ranked);
        status.IsPublic().ShouldBe(@public);
    }

    [Fact]
    public void A_status_has_a_name_for_people() =>
        Enum.GetValues<IdeaStatus>().Select(status => status.InWords())
            .ShouldBe(["submitted", "published", "under review", "planned", "building", "shipped", "declined", "withdrawn", "merged", "hidden"]);

    private static Scenario With(IdeaStatus status) =>
        A.Idea.Given(new IdeaSubmitted(Doc("park"), [], null, [], status));
}
