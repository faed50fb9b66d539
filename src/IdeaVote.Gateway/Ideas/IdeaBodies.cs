using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Texts;

namespace IdeaVote.Gateway.Ideas;

/// <summary>Puts ideas and their texts together.</summary>
/// <param name="documents">Has the texts.</param>
internal sealed class IdeaBodies(TextDocuments documents)
{
    /// <summary>The most revisions, and the most statuses, that one answer shows.</summary>
    public const int MaxHistory = 100;

    /// <summary>Ideas as they are shown, in the same order.</summary>
    public async ValueTask<IReadOnlyList<IdeaBody>> OfAsync(CampaignView campaign, IReadOnlyList<IdeaCard> cards, CancellationToken cancellation)
    {
        var texts = await documents.ReadManyAsync([.. cards.Select(card => card.Text)], IdeaTextJson.Default.IdeaText, cancellation);
        var answers = await documents.ReadManyAsync(
            [.. cards.Select(card => card.Answer).OfType<TextRef>()], IdeaTextJson.Default.AnswerText, cancellation);
        return [.. cards.Select(card => Of(campaign, card, texts.GetValueOrDefault(card.Text.Id), AnswerOf(card.Answer, answers)))];
    }

    /// <summary>An idea as it is shown.</summary>
    public async ValueTask<IdeaBody> OfAsync(CampaignView campaign, IdeaCard card, CancellationToken cancellation) =>
        (await OfAsync(campaign, [card], cancellation))[0];

    /// <summary>An idea as it is shown, with its history.</summary>
    public async ValueTask<IdeaBody> WithHistoryAsync(CampaignView campaign, IdeaCard card, Idea idea, CancellationToken cancellation)
    {
        var revisions = idea.Revisions.TakeLast(MaxHistory).ToArray();
        var statuses = idea.History.TakeLast(MaxHistory).ToArray();
        var texts = await documents.ReadManyAsync([.. revisions.Select(r => r.Text)], IdeaTextJson.Default.IdeaText, cancellation);
        var answers = await documents.ReadManyAsync(
            [.. statuses.Select(s => s.Answer).Append(card.Answer).OfType<TextRef>()], IdeaTextJson.Default.AnswerText, cancellation);
        return Of(campaign, card, texts.GetValueOrDefault(card.Text.Id), AnswerOf(card.Answer, answers)) with
        {
            Revisions = [.. revisions.Select(r => RevisionOf(r, texts.GetValueOrDefault(r.Text.Id)))],
            Statuses = [.. statuses.Select(s => new StatusEntryBody(
                s.At.ToDateTimeOffset(), IdeaStatusNames.Of(s.Status), AnswerOf(s.Answer, answers)))],
        };
    }

    private static IdeaBody Of(CampaignView campaign, IdeaCard card, IdeaText? text, string? answer) => new(
        card.Id.ToString(), campaign.Key, text?.Title, text?.Body, text?.Tags ?? [], card.Cost, text?.Reference,
        IdeaStatusNames.Of(card.Status), answer, card.SubmittedAt.ToDateTimeOffset(), card.Tally)
    {
        MergedInto = card.MergedInto?.ToString(),
        Merged = card.Merged.Count > 0 ? [.. card.Merged.Select(idea => idea.ToString())] : null,
        BuildsOn = card.BuildsOn?.ToString(),
    };

    private static RevisionBody RevisionOf(Revision revision, IdeaText? text) =>
        new(revision.At.ToDateTimeOffset(), text?.Title, text?.Body);

    private static string? AnswerOf(TextRef? reference, IReadOnlyDictionary<TextId, AnswerText> answers) =>
        reference is null ? null : answers.GetValueOrDefault(reference.Id)?.Answer;
}
