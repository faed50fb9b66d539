namespace IdeaVote.Domain.Tests.Threads;

/// <summary>What authors may do with their comments.</summary>
public sealed class OwnCommentTests
{
    private static readonly CommentId Opening = new(First.Value);

    [Fact]
    public void Its_author_edits_a_comment()
    {
        var thread = AThread().At(T(200));

        thread.When(new EditComment(Opening, Ann, Doc("better"))).Then(new CommentEdited(Opening, Park, Doc("first"), Doc("better")));

        var comment = ((CommentThread)thread.State).Comments[0];
        comment.Text.ShouldBe(Doc("better"));
        comment.EditedAt.ShouldBe(T(200));
    }

    [Fact]
    public void The_same_text_is_no_edit() =>
        AThread().When(new EditComment(Opening, Ann, Doc("first"))).ThenNothing();

    [Fact]
    public void Nobody_else_edits_or_deletes_it_the_team_included()
    {
        AThread().When(new EditComment(Opening, Bob, Doc("better"))).ThenRefused(RefusalCode.NotAuthor);
        AThread().When(new EditComment(Opening, null, Doc("better"))).ThenRefused(RefusalCode.NotAuthor);
        AThread().When(new DeleteComment(Opening, Bob)).ThenRefused(RefusalCode.NotAuthor);
        AThread().When(new DeleteComment(Opening, null)).ThenRefused(RefusalCode.NotAuthor);
    }

    [Fact]
    public void The_team_edits_and_deletes_what_it_wrote_itself()
    {
        var thread = A.Thread.Given(new CommentPosted(Opening, Park, null, Doc("first"), null));

        thread.When(new EditComment(Opening, null, Doc("better"))).ThenTaken()
            .When(new DeleteComment(Opening, null)).Then(new CommentDeleted(Opening, Park, -1));
    }

    [Fact]
    public void A_comment_is_edited_so_many_times_and_no_more()
    {
        var thread = AThread();
        for (var i = 1; i < CommentThread.MaxTexts; i++)
            thread.After(new EditComment(Opening, Ann, Doc($"edit {i}")));

        thread.When(new EditComment(Opening, Ann, Doc("once more"))).ThenRefused(RefusalCode.EditsExceeded);
    }

    [Fact]
    public void Its_author_deletes_a_comment_once_and_whatever_the_stage() =>
        AThread().In(CampaignWith(Plain, Closed))
            .When(new DeleteComment(Opening, Ann)).Then(new CommentDeleted(Opening, Park, -1))
            .When(new DeleteComment(Opening, Ann)).ThenNothing();

    [Fact]
    public void What_is_deleted_leaves_its_place_and_takes_nothing_more()
    {
        var thread = AThread().After(new DeleteComment(Opening, Ann));

        ((CommentThread)thread.State).Comments.Length.ShouldBe(1);
        thread.When(new EditComment(Opening, Ann, Doc("better"))).ThenRefused(RefusalCode.CommentNotFound)
            .When(new ReportComment(Opening, Bob, Concern.Spam)).ThenRefused(RefusalCode.CommentNotFound)
            .When(new ModerateComment(Opening, Concern.Spam)).ThenRefused(RefusalCode.CommentNotFound)
            .When(new DeleteComment(CommentOf("elsewhere"), Ann)).ThenRefused(RefusalCode.CommentNotFound)
            .When(new PostReply(CommentOf("reply"), Park, Bob, Doc("reply"), Opening)).ThenTaken();
    }

    [Fact]
    public void A_text_is_erased_once_and_its_place_stays()
    {
        var thread = AThread().After(new EditComment(Opening, Ann, Doc("better")));

        thread.When(new EraseCommentText(Doc("first").Id)).Then(new CommentTextErased(Opening, Park, Doc("first").Id, 0))
            .When(new EraseCommentText(Doc("better").Id)).Then(new CommentTextErased(Opening, Park, Doc("better").Id, -1))
            .When(new EraseCommentText(Doc("better").Id)).ThenNothing()
            .When(new EraseCommentText(Doc("elsewhere").Id)).ThenNothing();

        ((CommentThread)thread.State).Comments[0].IsErased.ShouldBeTrue();
        thread.When(new EditComment(Opening, Ann, Doc("again"))).ThenRefused(RefusalCode.CommentNotFound);
    }

    private static Scenario AThread() => A.Thread.Given(new CommentPosted(Opening, Park, Ann, Doc("first"), null));
}
