using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Texts;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Discussion;

/// <summary>Takes what people do in discussions: each act may be repeated and happens once.</summary>
/// <param name="engine">Has the threads.</param>
/// <param name="documents">Has the texts.</param>
/// <param name="pseudonyms">Turns names into ids.</param>
internal sealed class DiscussionDesk(IEngine engine, TextDocuments documents, Pseudonyms pseudonyms)
{
    private readonly IdeaWriter writer = new(engine, documents);

    /// <summary>Begins a thread.</summary>
    /// <param name="caller">Who writes.</param>
    /// <param name="campaign">Where.</param>
    /// <param name="idea">About what.</param>
    /// <param name="text">What the person writes.</param>
    /// <param name="key">The same for each repetition of one wish of this caller; null for none.</param>
    /// <param name="cancellation">Stops before it is sent, not after.</param>
    /// <returns>The comment's id and the engine's answer, accepted or not.</returns>
    /// <exception cref="ApiException">The text is wrong, or the key came with another one before.</exception>
    public async ValueTask<(CommentId Id, Reply Reply)> StartAsync(
        Caller caller, CampaignView campaign, IdeaId idea, string? text, string? key, CancellationToken cancellation)
    {
        var id = NewId(caller, campaign, key, idea.Value);
        var reply = await PostAsync(
            caller, StreamId.Of(campaign.Id, new ThreadId(id.Value)), id, CommentText.Of(text),
            (author, reference) => new StartThread(id, idea, author, reference), cancellation);
        return (id, reply);
    }

    /// <summary>Replies in a thread.</summary>
    /// <param name="caller">Who writes.</param>
    /// <param name="campaign">Where.</param>
    /// <param name="idea">The idea that the thread is about.</param>
    /// <param name="thread">The thread.</param>
    /// <param name="text">What the person writes.</param>
    /// <param name="replyTo">The comment that it answers; null for none in particular.</param>
    /// <param name="key">The same for each repetition of one wish of this caller; null for none.</param>
    /// <param name="cancellation">Stops before it is sent, not after.</param>
    /// <returns>The comment's id and the engine's answer, accepted or not.</returns>
    /// <exception cref="ApiException">The text is wrong, or the key came with another one before.</exception>
    public async ValueTask<(CommentId Id, Reply Reply)> ReplyAsync(
        Caller caller, CampaignView campaign, IdeaId idea, ThreadId thread, string? text, CommentId? replyTo, string? key, CancellationToken cancellation)
    {
        var id = NewId(caller, campaign, key, thread.Value);
        var reply = await PostAsync(
            caller, StreamId.Of(campaign.Id, thread), id, CommentText.Of(text),
            (author, reference) => new PostReply(id, idea, author, reference, replyTo), cancellation);
        return (id, reply);
    }

    /// <summary>Changes what a comment says.</summary>
    /// <exception cref="ApiException">The text is wrong.</exception>
    public async ValueTask<Reply> EditAsync(Caller caller, StreamId stream, Comment comment, string? text, CancellationToken cancellation)
    {
        var next = CommentText.Of(text);
        var old = await documents.ReadAsync(comment.Text, CommentTextJson.Default.CommentText, cancellation);
        var author = Author(caller);
        // The same text once more is no news, and leaves no second document.
        var (document, reference) = old == next ? (null, comment.Text) : Made(stream, author, next);
        var command = new EditComment(comment.Id, VoterOf(stream, author), reference) { Actor = ActorOf(caller, author) };
        return await writer.SendAsync(stream, document, command, cancellation);
    }

    /// <summary>Deletes a comment and all its texts.</summary>
    public async ValueTask<Reply> DeleteAsync(Caller caller, StreamId stream, CommentId comment)
    {
        var author = Author(caller);
        var reply = await engine.SendAsync(
            stream, new DeleteComment(comment, VoterOf(stream, author)) { Actor = ActorOf(caller, author) }, CancellationToken.None);
        if (reply is { Kind: ReplyKind.Accepted, State: CommentThread thread } && thread.Find(comment) is { IsDeleted: true } deleted)
            foreach (var text in deleted.Texts)
                await documents.DeleteAsync(text.Id, CancellationToken.None);
        return reply;
    }

    /// <summary>Reports a comment to the team.</summary>
    /// <exception cref="ApiException">400 <c>voter_required</c>.</exception>
    public ValueTask<Reply> ReportAsync(Caller caller, StreamId stream, CommentId comment, Concern concern, CancellationToken cancellation) =>
        engine.SendAsync(stream, new ReportComment(comment, pseudonyms.Voter(stream.Campaign, caller.RequireVoter()), concern), cancellation);

    /// <summary>Hides a comment for the team, or (null) shows it; its reports are settled.</summary>
    public ValueTask<Reply> ModerateAsync(Caller caller, StreamId stream, CommentId comment, Concern? hidden, CancellationToken cancellation) =>
        engine.SendAsync(stream, new ModerateComment(comment, hidden) { Actor = caller.Actor }, cancellation);

    private CommentId NewId(Caller caller, CampaignView campaign, string? key, Id where) =>
        key is null ? new CommentId(pseudonyms.RandomId()) : pseudonyms.CommentOfRequest(campaign.Id, caller.Name, key, where);

    private async ValueTask<Reply> PostAsync(
        Caller caller, StreamId stream, CommentId id, CommentText text, Func<VoterId?, TextRef, Command> command, CancellationToken cancellation)
    {
        var author = Author(caller);
        var (document, reference) = Made(stream, author, text);
        var reply = await writer.SendAsync(
            stream, document, command(VoterOf(stream, author), reference) with { Actor = ActorOf(caller, author) }, cancellation);
        if (reply is { Kind: ReplyKind.Accepted, Changed: false, State: CommentThread thread } && thread.Find(id) is { } there)
            await CompareAsync(there, text, cancellation);
        return reply;
    }

    /// <summary>Compares what is sent with what the comment began as, before any edit.</summary>
    private async ValueTask CompareAsync(Comment there, CommentText sent, CancellationToken cancellation)
    {
        if (await documents.ReadAsync(there.Texts[0], CommentTextJson.Default.CommentText, cancellation) is { } first && first != sent)
            throw new ApiException(StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused",
                "This Idempotency-Key came with another body before. Use a new key for a new request.", Idempotency.Header);
    }

    /// <summary>The voter who writes; null when it is the team.</summary>
    private static string? Author(Caller caller)
    {
        if (caller.Has(Scopes.Vote | Scopes.VoteAny) && caller.Voter is { } voter)
            return voter;
        return caller.Has(Scopes.Manage) ? null : caller.RequireVoter();
    }

    private VoterId? VoterOf(StreamId stream, string? author) => author is null ? null : pseudonyms.Voter(stream.Campaign, author);

    private static ActorId? ActorOf(Caller caller, string? author) => author is null ? caller.Actor : null;

    private (TextDocument? Document, TextRef Ref) Made(StreamId stream, string? author, CommentText text) =>
        documents.Make(stream, author is null ? null : pseudonyms.Person(author), text, CommentTextJson.Default.CommentText);
}
