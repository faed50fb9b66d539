namespace IdeaVote.Domain.Tests.Ideas;

/// <summary>An idea becomes part of another, and stands for itself again.</summary>
public sealed class MergeTests
{
    private static readonly MergeIdea IntoBench = new(Park, Bench, null);

    [Fact]
    public void It_becomes_part_of_another_and_says_of_which()
    {
        var merged = Published().When(new MergeIdea(Park, Bench, Doc("the same"))).Then(
            new IdeaStatusChanged(IdeaStatus.Published, IdeaStatus.Merged, Doc("the same")) { Into = Bench });

        ((Idea)merged.State).MergedInto.ShouldBe(Bench);
        ((Idea)merged.State).Answer.ShouldBe(Doc("the same"));
    }

    [Fact]
    public void Undone_it_is_what_it_was()
    {
        var planned = Published().After(new SetIdeaStatus(IdeaStatus.Planned, null), IntoBench);

        planned.When(new UnmergeIdea()).Then(new IdeaStatusChanged(IdeaStatus.Merged, IdeaStatus.Planned, null));
        ((Idea)planned.State).MergedInto.ShouldBeNull();
    }

    [Fact]
    public void Twice_is_once()
    {
        Published().After(IntoBench).When(IntoBench).ThenNothing();
        Published().When(new UnmergeIdea()).ThenNothing();
    }

    [Fact]
    public void Part_of_one_it_does_not_become_part_of_another() =>
        Published().After(IntoBench).When(new MergeIdea(Park, Tree, null)).ThenRefused(RefusalCode.IdeaMerged, "into");

    [Theory]
    [InlineData(IdeaStatus.Declined)]
    [InlineData(IdeaStatus.Withdrawn)]
    [InlineData(IdeaStatus.Shipped)]
    [InlineData(IdeaStatus.Merged)]
    [InlineData(IdeaStatus.Submitted)]
    public void Only_into_an_idea_that_takes_votes(IdeaStatus status) =>
        Published().While(Bench, status).When(IntoBench).ThenRefused(RefusalCode.IdeaNotMergeable, "into");

    [Fact]
    public void Only_into_an_idea_there_is() =>
        Published().When(new MergeIdea(Park, Unknown, null)).ThenRefused(RefusalCode.IdeaNotFound, "into");

    [Fact]
    public void Not_into_itself() =>
        Published().When(new MergeIdea(Park, Park, null)).ThenRefused(RefusalCode.IdeaNotMergeable, "into");

    [Theory]
    [InlineData(IdeaStatus.Declined)]
    [InlineData(IdeaStatus.Shipped)]
    public void Only_an_idea_that_takes_votes(IdeaStatus status) =>
        Published().After(new SetIdeaStatus(status, null)).When(IntoBench).ThenRefused(RefusalCode.IdeaNotMergeable);

    [Fact]
    public void Not_one_that_still_waits_for_the_team() =>
        A.Idea.Given(new IdeaSubmitted(Doc("park"), [], null, [Ann], IdeaStatus.Submitted)).When(IntoBench).ThenRefused(RefusalCode.IdeaNotMergeable);

    private static Scenario Published() => A.Idea.Given(new IdeaSubmitted(Doc("park"), [], null, [], IdeaStatus.Published));
}
