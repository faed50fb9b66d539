using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Texts;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Ideas;

/// <summary>
/// Submitting an idea, safe to repeat: an idea with a reference, or a request with a key, always leads to the same idea, and
/// what is there already is compared with what is sent.
/// </summary>
/// <param name="engine">Has the ideas.</param>
/// <param name="writer">Sends the command.</param>
/// <param name="documents">Has the texts.</param>
/// <param name="pseudonyms">Turns names into ids.</param>
internal sealed class IdeaSubmission(IEngine engine, IdeaWriter writer, TextDocuments documents, Pseudonyms pseudonyms)
{
    /// <summary>Submits an idea.</summary>
    /// <param name="caller">Who submits it.</param>
    /// <param name="campaign">Where.</param>
    /// <param name="request">The idea.</param>
    /// <param name="key">The same for each repetition of one wish of this caller; null for none.</param>
    /// <param name="cancellation">Stops before the idea is sent, not after.</param>
    /// <returns>The idea's id and the engine's answer, accepted or not.</returns>
    /// <exception cref="ApiException">The request is wrong, or its idea exists with other content.</exception>
    public async ValueTask<(IdeaId Id, Reply Reply)> SubmitAsync(
        Caller caller, CampaignView campaign, NewIdeaBody request, string? key, CancellationToken cancellation)
    {
        var text = TextOf(request);
        var author = Author(caller);
        var original = OriginalOf(campaign, request);
        var id = text.Reference is { } reference ? pseudonyms.IdeaOfReference(campaign.Id, reference)
            : key is not null ? pseudonyms.IdeaOfRequest(campaign.Id, caller.Name, key)
            : new IdeaId(pseudonyms.RandomId());

        var stream = StreamId.Of(campaign.Id, id);
        var isKnown = await engine.QueryAsync(campaign.Id, (board, _) => board.Find(id) is not null, cancellation);
        var reply = isKnown
            ? await engine.ReadAsync(stream, cancellation)
            : await SendAsync(caller, campaign, stream, text, author, await SeenAsync(caller, campaign, original, cancellation), cancellation);
        if (reply.Kind == ReplyKind.Accepted && !reply.Changed)
            await CompareAsync((Idea)reply.State!, text, original, cancellation);
        return (id, reply);
    }

    /// <summary>Checks what is wrong with an idea whoever submits it.</summary>
    /// <exception cref="ApiException">400, with the field to blame.</exception>
    public static void Check(Caller caller, NewIdeaBody request)
    {
        TextOf(request);
        Author(caller);
    }

    private static IdeaText TextOf(NewIdeaBody request) => new(
        IdeaInput.Title(request.Title), IdeaInput.Body(request.Body), IdeaInput.Tags(request.Tags),
        IdeaInput.Reference(request.Reference), IdeaInput.Cost(request.Cost));

    /// <summary>The voter who submits; null when it is the team.</summary>
    private static string? Author(Caller caller)
    {
        if (caller.Has(Scopes.Vote | Scopes.VoteAny) && caller.Voter is { } voter)
            return voter;
        return caller.Has(Scopes.Manage) ? null : caller.RequireVoter();
    }

    /// <summary>The idea that the new one takes further; null for none.</summary>
    /// <exception cref="ApiException">404: it is no name of an idea.</exception>
    private IdeaId? OriginalOf(CampaignView campaign, NewIdeaBody request) => request.BuildsOn switch
    {
        null => null,
        { } name when IdeaNames.TryResolve(name, campaign.Id, pseudonyms, out var original) => original,
        _ => throw NoOriginal(),
    };

    /// <summary>The same idea, if the caller may know of it.</summary>
    /// <exception cref="ApiException">404: it does not exist, as far as the caller may know.</exception>
    private async ValueTask<IdeaId?> SeenAsync(Caller caller, CampaignView campaign, IdeaId? original, CancellationToken cancellation)
    {
        if (original is not { } id)
            return null;
        var viewer = Viewer.Of(caller, campaign.Id, pseudonyms);
        return await engine.QueryAsync(campaign.Id, (board, _) => board.Find(id) is { } found && viewer.Sees(found), cancellation) ? id : throw NoOriginal();
    }

    private static ApiException NoOriginal() =>
        new(StatusCodes.Status404NotFound, RefusalCode.IdeaNotFound, IdeaNames.NotFound("buildsOn").Detail, "buildsOn");

    private ValueTask<Reply> SendAsync(
        Caller caller, CampaignView campaign, StreamId stream, IdeaText text, string? author, IdeaId? original, CancellationToken cancellation)
    {
        PersonId? owner = author is null ? null : pseudonyms.Person(author);
        var (document, reference) = documents.Make(stream, owner, text, IdeaTextJson.Default.IdeaText);
        var command = new SubmitIdea(
            reference, IdeaInput.Terms(text.Tags, campaign.Id, pseudonyms), text.Cost, author is null ? null : pseudonyms.Voter(campaign.Id, author))
        {
            Actor = author is null ? caller.Actor : null,
            BuildsOn = original,
        };
        return writer.SendAsync(stream, document, command, cancellation);
    }

    /// <summary>Compares what is sent with what the idea began as, before any edit.</summary>
    private async ValueTask CompareAsync(Idea idea, IdeaText sent, IdeaId? original, CancellationToken cancellation)
    {
        var first = await documents.ReadAsync(idea.Revisions[0].Text, IdeaTextJson.Default.IdeaText, cancellation);
        if (first is not null && first.Title == sent.Title && first.Body == sent.Body && first.Reference == sent.Reference
            && first.Tags.SequenceEqual(sent.Tags, StringComparer.Ordinal)
            && (sent.Cost == first.Cost || sent.Cost == idea.Cost) && original == idea.BuildsOn)
            return;
        if (sent.Reference is not null)
            throw new ApiException(StatusCodes.Status409Conflict, RefusalCode.ReferenceTaken,
                first is null
                    ? "An idea of this reference exists, and its text was erased. Use another reference for a new idea."
                    : "An idea of this reference exists with other content. Change that idea with PATCH, or use another reference.",
                "reference");
        // Without a reference only a key leads to an idea that exists, and the key's claim has been forgotten since.
        throw new ApiException(StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused",
            "This Idempotency-Key came with another body before. Use a new key for a new request.", Idempotency.Header);
    }
}
