using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Threads;

/// <summary>
/// A thread of the discussion of an idea: a first comment and the replies to it, in the order in which they came. Each thread is an
/// aggregate of its own, so that a lively discussion is decided in many places and never touches the idea.
/// </summary>
public sealed class CommentThread : Aggregate
{
    /// <summary>The most comments of one thread, deleted ones included.</summary>
    public const int MaxComments = 1_000;

    /// <summary>The most texts a comment can have, the first included.</summary>
    public const int MaxTexts = 50;

    /// <summary>The most reports a comment keeps; who comes later finds that it is reported already.</summary>
    public const int MaxReports = 20;

    /// <summary>A thread that does not exist.</summary>
    public static readonly CommentThread None = new();

    /// <summary>Rebuilds a thread from a snapshot.</summary>
    public static CommentThread Restore(long version, IdeaId idea, ImmutableArray<Comment> comments) =>
        new() { Version = version, Idea = idea, Comments = comments };

    /// <summary>Whether anything has been posted in it.</summary>
    public bool Exists => Version > 0;

    /// <summary>The idea it is about.</summary>
    public IdeaId Idea { get; private init; }

    /// <summary>Its comments, oldest first; the first is the one it began with.</summary>
    public ImmutableArray<Comment> Comments { get; private init; } = [];

    /// <summary>One comment; null if there is no such comment.</summary>
    public Comment? Find(CommentId id)
    {
        var index = IndexOf(id);
        return index < 0 ? null : Comments[index];
    }

    /// <inheritdoc/>
    public override Decision Decide(Command command, TurnContext context) => command switch
    {
        StartThread start => Decide(start, context),
        PostReply post => Decide(post, context),
        EraseCommentText erase => Decide(erase),
        EditComment edit => Find(edit.Comment) is { IsDeleted: false, IsErased: false } comment ? Decide(edit, comment, context) : NoComment,
        DeleteComment delete => Find(delete.Comment) is { } comment ? Decide(delete, comment) : NoComment,
        ReportComment report => Find(report.Comment) is { IsVisible: true } comment ? Decide(report, comment) : NoComment,
        ModerateComment moderate => Find(moderate.Comment) is { IsDeleted: false } comment ? Decide(moderate, comment) : NoComment,
        _ => throw new ArgumentException($"{command.GetType().Name} is not a thread's command.", nameof(command)),
    };

    /// <inheritdoc/>
    public override Aggregate Apply(RecordedEvent recorded) => recorded.Event switch
    {
        CommentPosted e => Restore(recorded.Version, e.Idea, Comments.Add(new Comment(e.Comment, e.Author, e.ReplyTo, recorded.At, [e.Text]))),
        CommentEdited e => With(recorded, e, comment => comment with { Texts = comment.Texts.Add(e.New), EditedAt = recorded.At }),
        CommentDeleted e => With(recorded, e, comment => comment with { IsDeleted = true, Reports = Settled(comment.Reports) }),
        CommentReported e => With(recorded, e, comment => comment with { Reports = Reported(comment.Reports, e) }),
        CommentHidden e => With(recorded, e, comment => comment with { Hidden = e.New, Reports = Settled(comment.Reports) }),
        CommentShown e => With(recorded, e, comment => comment with { Hidden = null, Reports = Settled(comment.Reports) }),
        CommentTextErased e => With(recorded, e, comment => comment with { Erased = comment.Erased.Add(e.Text) }),
        _ => throw new ArgumentException($"{recorded.Event.GetType().Name} is not a thread's event.", nameof(recorded)),
    };

    private static Decision NoComment => Decision.Refuse(RefusalCode.CommentNotFound, "There is no such comment, or it is gone.");

    private Decision Decide(StartThread start, TurnContext context)
    {
        if (Exists)
            return Decision.Unchanged;
        return MayPost(start.Idea, context) is { } refusal
            ? refusal
            : Decision.Of(new CommentPosted(start.Comment, start.Idea, start.Author, start.Text, null));
    }

    private Decision Decide(PostReply post, TurnContext context)
    {
        if (!Exists || Idea != post.Idea)
            return Decision.Refuse(RefusalCode.ThreadNotFound, "This idea has no such thread.");
        if (Find(post.Comment) is not null)
            return Decision.Unchanged;
        if (post.ReplyTo is { } answered && Find(answered) is null)
            return Decision.Refuse(RefusalCode.CommentNotFound, "The comment that this answers is not of this thread.", "replyTo");
        if (MayPost(post.Idea, context) is { } refusal)
            return refusal;
        return Comments.Length >= MaxComments
            ? Decision.Refuse(RefusalCode.ThreadFull, $"A thread holds {MaxComments:N0} comments; begin another.")
            : Decision.Of(new CommentPosted(post.Comment, post.Idea, post.Author, post.Text, post.ReplyTo));
    }

    private Decision Decide(EditComment edit, Comment comment, TurnContext context)
    {
        if (edit.Editor != comment.Author)
            return Decision.Refuse(RefusalCode.NotAuthor, "Only its author may edit a comment.");
        if (MayDiscuss(context) is { } refusal)
            return refusal;
        if (edit.Text.Hash == comment.Text.Hash)
            return Decision.Unchanged;
        return comment.Texts.Length >= MaxTexts
            ? Decision.Refuse(RefusalCode.EditsExceeded, $"A comment can be edited {MaxTexts - 1} times; post another.")
            : Decision.Of(new CommentEdited(comment.Id, Idea, comment.Text, edit.Text));
    }

    // Whatever the stage: nobody has to leave their words standing.
    private Decision Decide(DeleteComment delete, Comment comment)
    {
        if (delete.Deleter != comment.Author)
            return Decision.Refuse(RefusalCode.NotAuthor, "Only its author may delete a comment.");
        return comment.IsDeleted ? Decision.Unchanged : Decision.Of(new CommentDeleted(comment.Id, Idea, comment.IsVisible ? -1 : 0));
    }

    private Decision Decide(ReportComment report, Comment comment)
    {
        if (report.Reporter == comment.Author)
            return Decision.Refuse(RefusalCode.OwnComment, "You wrote this comment; delete it instead.");
        var old = comment.Reports.FirstOrDefault(r => r.By == report.Reporter);
        if (old is null ? comment.Reports.Length >= MaxReports : old.IsSettled || old.Concern == report.Concern)
            return Decision.Unchanged;
        return Decision.Of(new CommentReported(comment.Id, Idea, report.Reporter, old?.Concern, report.Concern));
    }

    private Decision Decide(ModerateComment moderate, Comment comment)
    {
        if (moderate.Hidden == comment.Hidden && comment.OpenReports == 0)
            return Decision.Unchanged;
        var after = comment with { Hidden = moderate.Hidden };
        var change = (after.IsVisible ? 1 : 0) - (comment.IsVisible ? 1 : 0);
        return moderate.Hidden is { } concern
            ? Decision.Of(new CommentHidden(comment.Id, Idea, comment.Hidden, concern, change))
            : Decision.Of(new CommentShown(comment.Id, Idea, comment.Hidden, change));
    }

    private Decision Decide(EraseCommentText erase)
    {
        foreach (var comment in Comments)
        {
            if (!comment.Texts.Any(text => text.Id == erase.Text))
                continue;
            return comment.Erased.Contains(erase.Text)
                ? Decision.Unchanged
                : Decision.Of(new CommentTextErased(comment.Id, Idea, erase.Text, comment.IsVisible && comment.Text.Id == erase.Text ? -1 : 0));
        }
        return Decision.Unchanged;
    }

    private static Refusal? MayPost(IdeaId idea, TurnContext context)
    {
        if (!context.Campaign.Exists)
            return new Refusal(RefusalCode.CampaignNotFound, "There is no such campaign.");
        if (context.StatusOf(idea) is not { } status)
            return new Refusal(RefusalCode.IdeaNotFound, "There is no such idea in this campaign.");
        return status.IsPublic()
            ? MayDiscuss(context)
            : new Refusal(RefusalCode.IdeaNotPublic, "This idea is not published yet; discuss it once it is.");
    }

    private static Refusal? MayDiscuss(TurnContext context) => context.Campaign.AllowsAt(context.Now, Allows.Discuss)
        ? null
        : new Refusal(RefusalCode.StageClosed, "The campaign's current stage takes no comments.");

    private static ImmutableArray<Report> Reported(ImmutableArray<Report> reports, CommentReported e)
    {
        var report = new Report(e.By, e.New, IsSettled: false);
        for (var i = 0; i < reports.Length; i++)
            if (reports[i].By == e.By)
                return reports.SetItem(i, report);
        return reports.Add(report);
    }

    private static ImmutableArray<Report> Settled(ImmutableArray<Report> reports) =>
        [.. reports.Select(static report => report with { IsSettled = true })];

    private CommentThread With(RecordedEvent recorded, CommentEvent e, Func<Comment, Comment> change)
    {
        var index = IndexOf(e.Comment);
        return index < 0
            ? throw new ArgumentException($"The thread has no comment {e.Comment}.", nameof(e))
            : Restore(recorded.Version, Idea, Comments.SetItem(index, change(Comments[index])));
    }

    private int IndexOf(CommentId id)
    {
        for (var i = 0; i < Comments.Length; i++)
            if (Comments[i].Id == id)
                return i;
        return -1;
    }
}
