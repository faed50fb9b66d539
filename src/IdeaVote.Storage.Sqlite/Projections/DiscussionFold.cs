using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>What comments' events do to the tables.</summary>
internal static class DiscussionFold
{
    /// <summary>Folds one event.</summary>
    public static void Apply(SqliteSession session, RecordedEvent recorded, CommentEvent happened)
    {
        var campaign = recorded.Stream.Campaign.Value.ToBytes();
        var thread = ThreadNumber(session, recorded, happened, campaign);
        var comment = happened.Comment.Value.ToBytes();
        var hidden = 0;
        switch (happened)
        {
            case CommentPosted e:
                session.Execute(DiscussionTables.AddComment, thread, comment, e.Author?.Value.ToBytes(), e.Text.Id.Value.ToBytes(), recorded.At.UnixMilliseconds);
                session.Execute(DiscussionTables.Revive, thread, recorded.At.UnixMilliseconds);
                break;
            case CommentReported e:
                session.Execute(DiscussionTables.PutReport, campaign, thread, comment, e.By.Value.ToBytes(), (long)e.New, recorded.At.UnixMilliseconds);
                break;
            case CommentHidden or CommentShown:
                hidden = Hide(session, thread, comment, happened is CommentHidden);
                session.Execute(DiscussionTables.Settle, campaign, thread, comment);
                break;
            case CommentDeleted:
                hidden = Hide(session, thread, comment, isHidden: false);
                session.Execute(DiscussionTables.Settle, campaign, thread, comment);
                session.Execute(DiscussionTables.ForgetAuthor, thread, comment);
                break;
            case CommentTextErased:
                session.Execute(DiscussionTables.ForgetAuthor, thread, comment);
                break;
        }
        if (happened.Change != 0 || hidden != 0)
            session.Execute(DiscussionTables.Count, thread, (long)happened.Change, (long)hidden);
    }

    private static long ThreadNumber(SqliteSession session, RecordedEvent recorded, CommentEvent happened, byte[] campaign)
    {
        var id = recorded.Stream.Key.ToBytes();
        return (long)(session.Scalar(DiscussionTables.FindThread, campaign, id)
            ?? session.Scalar(DiscussionTables.AddThread, campaign, id, happened.Idea.Value.ToBytes(), recorded.At.UnixMilliseconds))!;
    }

    /// <summary>By how much the number of hidden comments changes.</summary>
    private static int Hide(SqliteSession session, long thread, byte[] comment, bool isHidden)
    {
        var was = session.Scalar(DiscussionTables.IsHidden, thread, comment) is 1L;
        session.Execute(DiscussionTables.SetHidden, thread, comment, isHidden ? 1L : 0L);
        return (isHidden ? 1 : 0) - (was ? 1 : 0);
    }
}
