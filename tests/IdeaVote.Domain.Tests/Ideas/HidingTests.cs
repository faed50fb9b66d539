namespace IdeaVote.Domain.Tests.Ideas;

/// <summary>The team hides an idea, and says why to its author alone.</summary>
public sealed class HidingTests
{
    [Fact]
    public void While_it_is_hidden_the_answer_is_why()
    {
        var idea = After(new SetIdeaStatus(IdeaStatus.Planned, Doc("we will")), new SetIdeaStatus(IdeaStatus.Hidden, Doc("why")));

        idea.Answer.ShouldBe(Doc("why"));
        idea.History.Last().Answer.ShouldBe(Doc("why"));
    }

    [Fact]
    public void Hidden_without_a_reason_it_has_no_answer_that_others_were_given() =>
        After(new SetIdeaStatus(IdeaStatus.Planned, Doc("we will")), new SetIdeaStatus(IdeaStatus.Hidden, null)).Answer.ShouldBeNull();

    [Fact]
    public void Shown_again_it_tells_nobody_why_it_was_hidden()
    {
        var idea = After(
            new SetIdeaStatus(IdeaStatus.Planned, Doc("we will")), new SetIdeaStatus(IdeaStatus.Hidden, Doc("why")), new SetIdeaStatus(IdeaStatus.Published, null));

        idea.Answer.ShouldBe(Doc("we will"));
        idea.History.Select(entry => entry.Answer).ShouldBe([null, Doc("we will"), null, null]);
        idea.Statuses[2].Answer.ShouldBe(Doc("why"));
    }

    [Fact]
    public void Nor_does_the_board_take_it_for_an_answer()
    {
        var (board, version) = (new Board(), 0L);
        Happens(new IdeaSubmitted(Doc("park"), [], null, [Ann], IdeaStatus.Published));
        Happens(new IdeaStatusChanged(IdeaStatus.Published, IdeaStatus.Planned, Doc("we will")));
        Happens(new IdeaStatusChanged(IdeaStatus.Planned, IdeaStatus.Hidden, Doc("why")));

        board.Find(Park)!.Answer.ShouldBe(Doc("we will"));

        void Happens(Event e) => board.Apply(new RecordedEvent(StreamId.Of(TheCampaign, Park), ++version, T(0), e));
    }

    private static Idea After(params Command[] commands) =>
        (Idea)A.Idea.Given(new IdeaSubmitted(Doc("park"), [], null, [Ann], IdeaStatus.Published)).After(commands).State;
}
