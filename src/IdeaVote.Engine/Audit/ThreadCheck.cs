using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;

namespace IdeaVote.Engine.Audit;

/// <summary>Whether what the feed says of a thread can have happened to it.</summary>
internal static class ThreadCheck
{
    /// <summary>The thread after an event.</summary>
    /// <exception cref="AuditException">The event does not fit the thread as it was; the message says why.</exception>
    public static CommentThread Apply(CommentThread thread, RecordedEvent recorded)
    {
        if (recorded.Event is not CommentEvent e)
            throw new AuditException($"a {recorded.Event.GetType().Name} is no event of a thread");
        if (thread.Exists && thread.Idea != e.Idea)
            throw new AuditException("the thread is about another idea");
        var before = thread.Find(e.Comment);
        if (e is CommentPosted posted)
            CheckPosted(thread, recorded.Stream, posted, before);
        else if (before is null)
            throw new AuditException("the thread has no such comment");
        else if (!HasOldOf(e, before))
            throw new AuditException("the value before it is not the one it names");
        var after = (CommentThread)thread.Apply(recorded);
        if (e.Change != Visible(after.Find(e.Comment)) - Visible(before))
            throw new AuditException("it does not change the number of comments as it says");
        return after;
    }

    private static void CheckPosted(CommentThread thread, StreamId stream, CommentPosted posted, Comment? before)
    {
        if (before is not null)
            throw new AuditException("the comment was posted before");
        if (!thread.Exists && posted.Comment.Value != stream.Key)
            throw new AuditException("a thread's first comment bears the thread's id");
        if (posted.ReplyTo is { } answered && thread.Find(answered) is null)
            throw new AuditException("it answers a comment that is not of its thread");
    }

    private static bool HasOldOf(CommentEvent happened, Comment comment) => happened switch
    {
        CommentEdited e => comment.Text == e.Old,
        CommentDeleted => !comment.IsDeleted,
        CommentReported e => comment.Reports.FirstOrDefault(report => report.By == e.By)?.Concern == e.Old,
        CommentHidden e => comment.Hidden == e.Old,
        CommentShown e => comment.Hidden == e.Old,
        CommentTextErased e => comment.Texts.Any(text => text.Id == e.Text) && !comment.Erased.Contains(e.Text),
        _ => true,
    };

    private static int Visible(Comment? comment) => comment is { IsVisible: true } ? 1 : 0;
}
