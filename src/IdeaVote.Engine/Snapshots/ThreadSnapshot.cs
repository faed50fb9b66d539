using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;

namespace IdeaVote.Engine.Snapshots;

/// <summary>The written form of threads.</summary>
internal static class ThreadSnapshot
{
    public static void Write(SnapshotWriter output, CommentThread thread)
    {
        output.Write(thread.Idea.Value);
        output.Write(thread.Comments.Length);
        foreach (var comment in thread.Comments)
            Write(output, comment);
    }

    public static CommentThread Read(ref SnapshotReader input, long version)
    {
        var idea = new IdeaId(input.ReadId());
        var comments = ImmutableArray.CreateBuilder<Comment>();
        for (var count = input.ReadInt(); count > 0; count--)
            comments.Add(ReadComment(ref input));
        return CommentThread.Restore(version, idea, comments.DrainToImmutable());
    }

    private static void Write(SnapshotWriter output, Comment comment)
    {
        output.Write(comment.Id.Value);
        output.Write(comment.Author?.Value);
        output.Write(comment.ReplyTo?.Value);
        output.Write(comment.At);
        output.Write(comment.Texts.Length);
        foreach (var text in comment.Texts)
            output.Write(text);
        output.Write(comment.EditedAt is not null);
        if (comment.EditedAt is { } edited)
            output.Write(edited);
        output.Write(comment.IsDeleted);
        output.WriteMaybe((int?)comment.Hidden);
        output.Write(comment.Reports.Length);
        foreach (var report in comment.Reports)
        {
            output.Write(report.By.Value);
            output.Write((long)report.Concern);
            output.Write(report.IsSettled);
        }
        output.Write(comment.Erased.Length);
        foreach (var text in comment.Erased)
            output.Write(text.Value);
    }

    private static Comment ReadComment(ref SnapshotReader input)
    {
        var id = new CommentId(input.ReadId());
        var author = input.ReadMaybeId() is { } voter ? new VoterId(voter) : (VoterId?)null;
        var replyTo = input.ReadMaybeId() is { } answered ? new CommentId(answered) : (CommentId?)null;
        var at = input.ReadInstant();
        var texts = ImmutableArray.CreateBuilder<TextRef>();
        for (var count = input.ReadInt(); count > 0; count--)
            texts.Add(input.ReadText());
        var editedAt = input.ReadBool() ? input.ReadInstant() : (Instant?)null;
        var isDeleted = input.ReadBool();
        var hidden = (Concern?)input.ReadMaybeInt();
        var reports = ImmutableArray.CreateBuilder<Report>();
        for (var count = input.ReadInt(); count > 0; count--)
            reports.Add(new Report(new VoterId(input.ReadId()), (Concern)input.ReadInt(), input.ReadBool()));
        var erased = ImmutableArray.CreateBuilder<TextId>();
        for (var count = input.ReadInt(); count > 0; count--)
            erased.Add(new TextId(input.ReadId()));
        return new Comment(id, author, replyTo, at, texts.DrainToImmutable())
        {
            EditedAt = editedAt,
            IsDeleted = isDeleted,
            Hidden = hidden,
            Reports = reports.DrainToImmutable(),
            Erased = erased.DrainToImmutable(),
        };
    }
}
