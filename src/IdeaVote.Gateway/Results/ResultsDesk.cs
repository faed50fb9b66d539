using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Results;

/// <summary>Takes what teams announce: the text into the text store first, then the command that refers to it.</summary>
/// <param name="engine">Has the campaigns.</param>
/// <param name="documents">Has the texts.</param>
/// <param name="pseudonyms">Turns names into ids.</param>
internal sealed class ResultsDesk(IEngine engine, TextDocuments documents, Pseudonyms pseudonyms)
{
    /// <summary>A result as a team wishes it.</summary>
    /// <param name="Text">What the team says.</param>
    /// <param name="By">The ranking.</param>
    /// <param name="Chosen">The ideas chosen.</param>
    public readonly record struct Wish(string Text, RankBy By, IReadOnlyList<IdeaId> Chosen);

    /// <summary>Checks what is sent; changes nothing.</summary>
    /// <exception cref="ApiException">400, with the field to blame, or 409 <c>method_off</c>.</exception>
    public Wish Read(CampaignView campaign, AnnouncementBody body)
    {
        var text = TextRules.Body(body.Text, "text", IdeaInput.MaxBody).Trim();
        if (text.Length == 0)
            throw new ApiException(StatusCodes.Status400BadRequest, "missing_field", "Say something about the result.", "text");
        var by = RankNames.Parse(body.By, campaign.State.Rules);
        // Looked at before they are gone through: each reference costs a hash.
        if (body.Chosen.Count > Announcement.MaxChosen)
            throw CommonProblems.Invalid("chosen", $"At most {Announcement.MaxChosen} ideas can be chosen.", RefusalCode.InvalidResults);
        var names = new IdeaNames(reference => pseudonyms.IdeaOfReference(campaign.Id, reference));
        return new Wish(text, by, [.. body.Chosen.Select(name => names.TryResolve(name ?? "", out var idea)
            ? idea
            : throw new ApiException(StatusCodes.Status404NotFound, RefusalCode.IdeaNotFound, CommonProblems.IdeaNotFound.Detail, "chosen"))]);
    }

    /// <summary>Announces a result, or corrects it. Said again, it is no news.</summary>
    /// <param name="caller">Who announces it.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="wish">From <see cref="Read"/>.</param>
    /// <param name="cancellation">Stops before it is sent, not after.</param>
    public async ValueTask<Reply> AnnounceAsync(Caller caller, CampaignView campaign, Wish wish, CancellationToken cancellation)
    {
        var stream = StreamId.Of(campaign.Id);
        var said = campaign.State.Results?.What.Text;
        var isSame = said is not null && (await documents.ReadAsync(said, ResultsTextJson.Default.ResultsText, cancellation))?.Text == wish.Text;
        var (document, text) = isSame ? (null, said!) : documents.Make(stream, null, new ResultsText(wish.Text), ResultsTextJson.Default.ResultsText);
        if (document is not null)
            await documents.PutAsync(document, cancellation);
        var command = new AnnounceResults(new Announcement(text, wish.By, [.. wish.Chosen])) { Actor = caller.Actor };
        var reply = await engine.SendAsync(stream, command, CancellationToken.None);
        // Where nobody knows whether an event refers to it, the document stays.
        if (document is not null && reply.Kind != ReplyKind.OutcomeUnknown && (reply.State as Campaign)?.Results?.What.Text.Id != document.Id)
            await documents.DeleteAsync(document.Id, CancellationToken.None);
        return reply;
    }
}
