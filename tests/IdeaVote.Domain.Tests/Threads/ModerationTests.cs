namespace IdeaVote.Domain.Tests.Threads;

/// <summary>Reports of comments, and what the team does about them.</summary>
public sealed class ModerationTests
{
    private static readonly CommentId Opening = new(First.Value);

    [Fact]
    public void A_person_reports_a_comment_once_and_may_say_better_why() =>
        AThread().When(new ReportComment(Opening, Bob, Concern.Spam)).Then(new CommentReported(Opening, Park, Bob, null, Concern.Spam))
            .When(new ReportComment(Opening, Bob, Concern.Spam)).ThenNothing()
            .When(new ReportComment(Opening, Bob, Concern.Abuse)).Then(new CommentReported(Opening, Park, Bob, Concern.Spam, Concern.Abuse));

    [Fact]
    public void Nobody_reports_their_own_comment() =>
        AThread().When(new ReportComment(Opening, Ann, Concern.Spam)).ThenRefused(RefusalCode.OwnComment);

    [Fact]
    public void Reports_are_kept_up_to_a_limit_and_more_change_nothing()
    {
        var thread = AThread();
        for (var i = 0; i < CommentThread.MaxReports; i++)
            thread.After(new ReportComment(Opening, VoterOf($"{i}"), Concern.Spam));

        thread.When(new ReportComment(Opening, Bob, Concern.Spam)).ThenNothing();
        ((CommentThread)thread.State).Comments[0].OpenReports.ShouldBe(CommentThread.MaxReports);
    }

    [Fact]
    public void Hiding_settles_the_reports()
    {
        var thread = AThread().After(new ReportComment(Opening, Bob, Concern.Spam));

        thread.When(new ModerateComment(Opening, Concern.Abuse)).Then(new CommentHidden(Opening, Park, null, Concern.Abuse, -1))
            .When(new ModerateComment(Opening, Concern.Abuse)).ThenNothing()
            .When(new ModerateComment(Opening, Concern.Spam)).Then(new CommentHidden(Opening, Park, Concern.Abuse, Concern.Spam, 0));

        ((CommentThread)thread.State).Comments[0].OpenReports.ShouldBe(0);
    }

    [Fact]
    public void The_team_may_leave_a_reported_comment_as_it_is_and_is_not_asked_again_by_the_same_person() =>
        AThread().After(new ReportComment(Opening, Bob, Concern.Spam))
            .When(new ModerateComment(Opening, null)).Then(new CommentShown(Opening, Park, null, 0))
            .When(new ReportComment(Opening, Bob, Concern.Abuse)).ThenNothing()
            .When(new ModerateComment(Opening, null)).ThenNothing();

    [Fact]
    public void What_was_hidden_can_be_shown_again() =>
        AThread().After(new ModerateComment(Opening, Concern.OffTopic))
            .When(new ModerateComment(Opening, null)).Then(new CommentShown(Opening, Park, Concern.OffTopic, 1));

    [Fact]
    public void What_is_hidden_takes_no_reports_and_counts_no_second_time()
    {
        var thread = AThread().After(new ModerateComment(Opening, Concern.OffTopic));

        thread.When(new ReportComment(Opening, Bob, Concern.Spam)).ThenRefused(RefusalCode.CommentNotFound)
            .When(new EraseCommentText(Doc("first").Id)).Then(new CommentTextErased(Opening, Park, Doc("first").Id, 0))
            .When(new ModerateComment(Opening, null)).Then(new CommentShown(Opening, Park, Concern.OffTopic, 0))
            .When(new DeleteComment(Opening, Ann)).Then(new CommentDeleted(Opening, Park, 0));
    }

    private static Scenario AThread() => A.Thread.Given(new CommentPosted(Opening, Park, Ann, Doc("first"), null));
}
