namespace IdeaVote.Domain.Tests.Ideas;

/// <summary>That a text was erased is recorded; the references stay and lead nowhere.</summary>
public sealed class ErasureTests
{
    [Theory]
    [InlineData("park")]
    [InlineData("park, better")]
    [InlineData("answer")]
    public void Any_text_or_answer_the_idea_ever_had_can_be_erased(string name) =>
        AnIdea().When(new EraseIdeaText(Doc(name).Id)).Then(new IdeaTextErased(Doc(name).Id));

    [Fact]
    public void A_text_that_is_not_the_ideas_is_none_of_its_business() =>
        AnIdea().When(new EraseIdeaText(Doc("something else").Id)).ThenNothing();

    [Fact]
    public void A_text_is_erased_once() =>
        AnIdea().After(new EraseIdeaText(Doc("park").Id))
            .When(new EraseIdeaText(Doc("park").Id)).ThenNothing()
            .When(new EraseIdeaText(Doc("answer").Id)).Then(new IdeaTextErased(Doc("answer").Id));

    [Fact]
    public void The_history_keeps_its_shape()
    {
        var before = (Idea)AnIdea().State;
        var after = (Idea)AnIdea().After(new EraseIdeaText(Doc("park").Id)).State;

        after.Erased.ShouldBe([Doc("park").Id]);
        after.Revisions.ShouldBe(before.Revisions);
        after.Statuses.ShouldBe(before.Statuses);
    }

    private static Scenario AnIdea() =>
        A.Idea.Given(
            new IdeaSubmitted(Doc("park"), [], null, [Ann], IdeaStatus.Published),
            new IdeaEdited(Doc("park"), Doc("park, better")),
            new IdeaStatusChanged(IdeaStatus.Published, IdeaStatus.Planned, Doc("answer")));
}
