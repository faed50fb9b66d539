using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Engine.Projections;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Votes;

namespace IdeaVote.Gateway.Discussion;

/// <summary>Puts comments and their texts together, as far as somebody may see them.</summary>
/// <param name="documents">Has the texts.</param>
internal sealed class DiscussionBodies(TextDocuments documents)
{
    /// <summary>Threads with their newest replies.</summary>
    public async ValueTask<IReadOnlyList<ThreadBody>> OfAsync(IReadOnlyList<ThreadView> threads, int replies, Viewer viewer, CancellationToken cancellation)
    {
        var shown = threads.Select(thread => Newest(thread.State, replies)).ToArray();
        var texts = await TextsAsync([.. shown.SelectMany(comments => comments)], viewer, cancellation);
        return [.. threads.Zip(shown, (thread, comments) => Of(thread, comments, texts, viewer, null))];
    }

    /// <summary>One thread with one page of its replies.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="from">The number of the page's first reply, from 1.</param>
    /// <param name="limit">How many replies.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async ValueTask<ThreadBody> OfAsync(ThreadView thread, int from, int limit, Viewer viewer, CancellationToken cancellation)
    {
        var comments = thread.State.Comments;
        Comment[] shown = [comments[0], .. comments.Skip(Math.Max(1, from)).Take(limit)];
        var end = Math.Max(1, from) + limit;
        var next = end < comments.Length ? end.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        return Of(thread, shown, await TextsAsync(shown, viewer, cancellation), viewer, next);
    }

    /// <summary>One comment.</summary>
    public async ValueTask<CommentBody> OfAsync(Comment comment, Viewer viewer, CancellationToken cancellation) =>
        Of(comment, await TextsAsync([comment], viewer, cancellation), viewer);

    /// <summary>Reported comments, for the team.</summary>
    public async ValueTask<IReadOnlyList<ReportedBody>> OfAsync(
        IReadOnlyList<(ReportedComment Report, Comment Comment)> reports, Viewer viewer, CancellationToken cancellation)
    {
        var texts = await TextsAsync([.. reports.Select(item => item.Comment)], viewer, cancellation);
        return [.. reports.Select(item => new ReportedBody(
            item.Report.Idea.ToString(), item.Report.Thread.ToString(), Of(item.Comment, texts, viewer),
            [.. item.Report.Concerns.Select(ConcernNames.Of)], item.Report.Since.ToDateTimeOffset()))];
    }

    /// <summary>The first comment of a thread and its newest replies.</summary>
    public static IReadOnlyList<Comment> Newest(CommentThread thread, int replies) =>
        [thread.Comments[0], .. thread.Comments.Skip(1).TakeLast(replies)];

    /// <summary>Whether somebody may read what a comment says.</summary>
    public static bool Reads(Viewer viewer, Comment comment) => comment.IsVisible || (viewer.Manages && comment is { IsDeleted: false, IsErased: false });

    private ValueTask<IReadOnlyDictionary<TextId, CommentText>> TextsAsync(IReadOnlyCollection<Comment> comments, Viewer viewer, CancellationToken cancellation) =>
        documents.ReadManyAsync(
            [.. comments.Where(comment => Reads(viewer, comment)).Select(comment => comment.Text)], CommentTextJson.Default.CommentText, cancellation);

    private static ThreadBody Of(
        ThreadView thread, IReadOnlyList<Comment> comments, IReadOnlyDictionary<TextId, CommentText> texts, Viewer viewer, string? next) => new(
            thread.Id.ToString(), thread.State.Idea.ToString(), thread.State.Comments.Length,
            Of(comments[0], texts, viewer), [.. comments.Skip(1).Select(comment => Of(comment, texts, viewer))], next);

    private static CommentBody Of(Comment comment, IReadOnlyDictionary<TextId, CommentText> texts, Viewer viewer)
    {
        var mine = comment.Author is { } author && viewer.Voter == author;
        var text = texts.GetValueOrDefault(comment.Text.Id)?.Text;
        return new CommentBody(
            comment.Id.ToString(), StateOf(comment), text, comment.Author is null, mine, comment.ReplyTo?.ToString(),
            comment.At.ToDateTimeOffset(), comment.EditedAt?.ToDateTimeOffset(),
            (mine || viewer.Manages) && comment.Hidden is { } concern ? ConcernNames.Of(concern) : null,
            viewer.Manages ? comment.OpenReports : null);
    }

    /// <summary>The name of a comment's state.</summary>
    public static string StateOf(Comment comment) => comment switch
    {
        { IsDeleted: true } => "deleted",
        { IsErased: true } => "erased",
        { Hidden: not null } => "hidden",
        _ => "visible",
    };
}
