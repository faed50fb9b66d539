namespace IdeaVote.Domain.Tests.Ideas;

/// <summary>An idea can take another one further, and keeps the link to it.</summary>
public sealed class RemixTests
{
    private static readonly SubmitIdea OnBench = new(Doc("park"), [North], null, Ann) { BuildsOn = Bench };

    [Fact]
    public void An_idea_that_builds_on_another_names_it() =>
        ((Idea)A.Idea.When(OnBench)
            .Then(new IdeaSubmitted(Doc("park"), [North], null, [Ann], IdeaStatus.Published, Bench))
            .State).BuildsOn.ShouldBe(Bench);

    [Fact]
    public void Nothing_that_happens_to_it_breaks_the_link() =>
        ((Idea)A.Idea.After(
                OnBench, new EditIdea(Doc("new"), [South], new CostChange(3), null), new SetIdeaStatus(IdeaStatus.Planned, Doc("yes")), new EraseIdeaText(Doc("new").Id))
            .State).BuildsOn.ShouldBe(Bench);

    [Theory]
    [InlineData(IdeaStatus.Submitted)]
    [InlineData(IdeaStatus.Declined)]
    [InlineData(IdeaStatus.Merged)]
    public void It_may_build_on_an_idea_of_any_status(IdeaStatus status) => A.Idea.While(Bench, status).When(OnBench).ThenTaken();

    [Fact]
    public void It_cannot_build_on_what_is_not_there()
    {
        A.Idea.When(OnBench with { BuildsOn = Unknown }).ThenRefused(RefusalCode.IdeaNotFound, "buildsOn");
        new Scenario(StreamId.Of(TheCampaign, Unknown)).When(OnBench with { BuildsOn = Unknown }).ThenRefused(RefusalCode.IdeaNotFound, "buildsOn");
    }

    [Fact]
    public void The_board_knows_what_builds_on_what()
    {
        var board = new Board();
        Submit(board, Bench, null);
        Submit(board, Park, Bench);
        Submit(board, Tree, Bench);

        board.Find(Park)!.BuildsOn.ShouldBe(Bench);
        board.Find(Bench)!.BuildsOn.ShouldBeNull();
        board.Find(Bench)!.Remixes.ShouldBe([1, 2]);
        board.Find(Tree)!.Remixes.ShouldBeEmpty();
    }

    [Fact]
    public void A_feed_in_which_an_idea_builds_on_none_is_no_feed() =>
        Should.Throw<InvalidOperationException>(() => Submit(new Board(), Park, Bench));

    private static void Submit(Board board, IdeaId idea, IdeaId? original) => board.Apply(new RecordedEvent(
        StreamId.Of(TheCampaign, idea), 1, T(0), new IdeaSubmitted(Doc("text"), [], null, [], IdeaStatus.Published, original)));
}
