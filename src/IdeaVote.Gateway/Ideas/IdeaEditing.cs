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
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Ideas;

/// <summary>Changing an idea: its text by its author or the team, its status by the team.</summary>
/// <param name="writer">Sends the commands.</param>
/// <param name="documents">Makes the texts.</param>
/// <param name="store">Knows whose the texts are.</param>
/// <param name="pseudonyms">Turns names into ids.</param>
internal sealed class IdeaEditing(IdeaWriter writer, TextDocuments documents, ITextStore store, Pseudonyms pseudonyms)
{
    /// <summary>Changes text, tags or cost, all or nothing.</summary>
    /// <exception cref="ApiException">The change is wrong.</exception>
    public async ValueTask<Reply> ChangeAsync(
        Caller caller, CampaignView campaign, IdeaId id, Idea idea, IdeaChangeBody change, CancellationToken cancellation)
    {
        var byTeam = caller.Has(Scopes.Manage);
        var stream = StreamId.Of(campaign.Id, id);
        var (document, text, tags) = await TextAsync(stream, idea, change, byTeam ? null : caller.RequireVoter(), cancellation);
        var command = new EditIdea(
            text,
            tags is null ? null : IdeaInput.Terms(tags, campaign.Id, pseudonyms),
            change.HasCost ? new CostChange(IdeaInput.Cost(change.Cost)) : null,
            byTeam ? null : pseudonyms.Voter(campaign.Id, caller.RequireVoter()))
        {
            Actor = byTeam ? caller.Actor : null,
        };
        return await writer.SendAsync(stream, document, command, cancellation);
    }

    /// <summary>Sets the status, and answers those who voted.</summary>
    /// <exception cref="ApiException">The body is wrong.</exception>
    public async ValueTask<Reply> SetStatusAsync(
        Caller caller, CampaignView campaign, IdeaId id, Idea idea, StatusBody body, CancellationToken cancellation)
    {
        if (!IdeaStatusNames.TryParse(body.Status, out var status))
            throw CommonProblems.Invalid("status", $"There is no such status; known are {IdeaStatusNames.Known}.");
        var answer = IdeaInput.Answer(body.Answer);
        var stream = StreamId.Of(campaign.Id, id);
        // The same status with the same answer once more is no news.
        if (answer is not null && idea.Status == status
            && await documents.ReadAsync(idea.Answer, IdeaTextJson.Default.AnswerText, cancellation) is { } last && last.Answer == answer)
            answer = null;
        var (document, text) = answer is null
            ? default((TextDocument? Document, TextRef? Text))
            : documents.Make(stream, owner: null, new AnswerText(answer), IdeaTextJson.Default.AnswerText);
        return await writer.SendAsync(
            stream, document, new SetIdeaStatus(status, text) { Actor = caller.Actor }, cancellation);
    }

    /// <summary>Makes an idea part of another; the votes on it follow.</summary>
    /// <exception cref="ApiException">The body is wrong.</exception>
    public ValueTask<Reply> MergeAsync(Caller caller, CampaignView campaign, IdeaId id, MergeBody body, CancellationToken cancellation)
    {
        if (!new IdeaNames(reference => pseudonyms.IdeaOfReference(campaign.Id, reference)).TryResolve(body.Into, out var into))
            throw new ApiException(StatusCodes.Status404NotFound, RefusalCode.IdeaNotFound, $"\"into\" names no idea; name it by its id or as \"{IdeaNames.Prefix}<reference>\".", "into");
        var stream = StreamId.Of(campaign.Id, id);
        var (document, text) = IdeaInput.Answer(body.Answer) is { } answer
            ? documents.Make(stream, owner: null, new AnswerText(answer), IdeaTextJson.Default.AnswerText)
            : default((TextDocument? Document, TextRef? Text));
        return writer.SendAsync(stream, document, new MergeIdea(id, into, text) { Actor = caller.Actor }, cancellation);
    }

    /// <summary>Lets an idea stand for itself again.</summary>
    public ValueTask<Reply> UnmergeAsync(Caller caller, CampaignView campaign, IdeaId id, CancellationToken cancellation) =>
        writer.SendAsync(StreamId.Of(campaign.Id, id), null, new UnmergeIdea { Actor = caller.Actor }, cancellation);

    /// <summary>The new text document, if the text changes, and the new tags, if they are given.</summary>
    private async ValueTask<(TextDocument? Document, TextRef? Text, IReadOnlyList<string>? Tags)> TextAsync(
        StreamId stream, Idea idea, IdeaChangeBody change, string? editor, CancellationToken cancellation)
    {
        var tags = change.HasTags ? IdeaInput.Tags(change.Tags) : null;
        var title = change.HasTitle ? IdeaInput.Title(change.Title) : null;
        var body = change.HasBody ? IdeaInput.Body(change.Body) : null;
        if (tags is null && title is null && body is null)
            return default;
        var old = await documents.ReadAsync(idea.Text, IdeaTextJson.Default.IdeaText, cancellation);
        if (old is null && title is null)
            throw new ApiException(StatusCodes.Status409Conflict, "text_erased", "The text of this idea was erased; give a title to write a new one.", "title");
        var next = new IdeaText(title ?? old!.Title, body ?? old?.Body ?? "", tags ?? old?.Tags ?? [], old?.Reference);
        if (old is not null && next.Title == old.Title && next.Body == old.Body && next.Tags.SequenceEqual(old.Tags, StringComparer.Ordinal))
            return (null, null, tags);
        // What the team edits still holds what the author wrote, and goes with it when the author is erased.
        var owner = (await store.GetAsync(idea.Text.Id, cancellation))?.Owner ?? (editor is null ? null : pseudonyms.Person(editor));
        var (document, text) = documents.Make(stream, owner, next, IdeaTextJson.Default.IdeaText);
        return (document, text, tags);
    }
}
