using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Engine;
using IdeaVote.Engine.Texts;
using IdeaVote.Gateway.Texts;

namespace IdeaVote.Gateway.Ideas;

/// <summary>
/// Sends commands that carry a new document: the document is durable before the event that refers to it, and is deleted again
/// if no event came of it.
/// </summary>
/// <param name="engine">Takes the commands.</param>
/// <param name="documents">Keeps the documents.</param>
internal sealed class IdeaWriter(IEngine engine, TextDocuments documents)
{
    /// <summary>Sends a command to an idea or a thread.</summary>
    /// <param name="stream">The idea or thread.</param>
    /// <param name="document">The document that the command refers to; null for none.</param>
    /// <param name="command">The command.</param>
    /// <param name="cancellation">Stops before the command is sent, not after.</param>
    public async ValueTask<Reply> SendAsync(StreamId stream, TextDocument? document, Command command, CancellationToken cancellation)
    {
        if (document is not null)
            await documents.PutAsync(document, cancellation);
        var reply = await engine.SendAsync(stream, command, CancellationToken.None);
        if (document is not null && IsOrphan(document, reply))
            await documents.DeleteAsync(document.Id, CancellationToken.None);
        return reply;
    }

    private static bool IsOrphan(TextDocument document, in Reply reply) => reply.Kind switch
    {
        // It may be referred to: an unused document is worth less trouble than a missing one.
        ReplyKind.OutcomeUnknown => false,
        ReplyKind.Accepted when reply.State is Idea idea =>
            !idea.Revisions.Any(revision => revision.Text.Id == document.Id)
            && !idea.Statuses.Any(status => status.Answer is { } answer && answer.Id == document.Id),
        ReplyKind.Accepted when reply.State is CommentThread thread =>
            !thread.Comments.Any(comment => comment.Texts.Any(text => text.Id == document.Id)),
        _ => true,
    };
}
