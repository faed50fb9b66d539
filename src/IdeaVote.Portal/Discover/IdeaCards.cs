using System.Runtime.CompilerServices;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Votes;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Markdown;

namespace IdeaVote.Portal.Discover;

/// <summary>An idea as lists show it.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Id">The idea's id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Excerpt">How its body begins.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Status">Its status, as the API names it.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="Approvals">Its approvals; null if hidden or off.</param>
/// <param name="Rating">The mean of its stars; null if hidden, off or none.</param>
/// <param name="Raters">How many rate it.</param>
/// <param name="Invested">The credits in it; null if hidden or off.</param>
/// <param name="Approved">Whether the visitor approves it; null if they can't.</param>
/// <param name="HasMyVote">Whether the visitor has voted on it in any way.</param>
public sealed record IdeaCardModel(
    string Campaign, string Id, string Title, string Excerpt, IReadOnlyList<string> Tags, string Status, Instant SubmittedAt,
    int? Approvals, decimal? Rating, int Raters, long? Invested, bool? Approved, bool HasMyVote)
{
    /// <summary>How many comments on it everybody may read.</summary>
    public int Comments { get; init; }
}

/// <summary>Turns ideas into cards.</summary>
/// <param name="engine">Has the counts.</param>
/// <param name="documents">Has the texts.</param>
/// <param name="pseudonyms">Names the voters.</param>
internal sealed class IdeaCards(IEngine engine, TextDocuments documents, Pseudonyms pseudonyms)
{
    private const int ExcerptChars = 180;

    // As long as a text is kept, so is how it begins.
    private readonly ConditionalWeakTable<IdeaText, string> excerpts = [];

    /// <summary>The card of one idea that the visitor has just voted on.</summary>
    public async ValueTask<IdeaCardModel> OneAsync(CampaignView campaign, IdeaId id, Voter voter, Visit visit, CancellationToken cancellation)
    {
        var viewer = Viewer.Of(visit.Caller, campaign.Id, pseudonyms);
        var card = await engine.QueryAsync(campaign.Id, (board, _) => board.Find(id) is { } idea && viewer.Sees(idea)
            ? IdeaCard.Of(idea, viewer.SeesScores(board, visit.Now) ? TallyBody.Of(idea, board.Campaign.Rules) : null)
            : null, cancellation) ?? throw CommonProblems.NoSuchIdea();
        return (await OfAsync(campaign, [card], voter, canVote: true, visit, cancellation))[0];
    }

    /// <summary>Cards of ideas, in the same order.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="cards">The ideas.</param>
    /// <param name="voter">The visitor's ballot.</param>
    /// <param name="canVote">Whether the visitor can vote now.</param>
    /// <param name="visit">The visit.</param>
    /// <param name="cancellation">Stops waiting for texts.</param>
    public async ValueTask<IReadOnlyList<IdeaCardModel>> OfAsync(
        CampaignView campaign, IReadOnlyList<IdeaCard> cards, Voter voter, bool canVote, Visit visit, CancellationToken cancellation)
    {
        var texts = await documents.ReadManyAsync([.. cards.Select(card => card.Text)], IdeaTextJson.Default.IdeaText, cancellation);
        var (rules, ballot) = (campaign.State.Rules, voter.Ballot);
        return [.. cards.Select(card =>
        {
            var text = texts.GetValueOrDefault(card.Text.Id);
            var approves = ballot.Approvals.ContainsKey(card.Id);
            var tally = card.Tally;
            return new IdeaCardModel(
                campaign.Key, card.Id.ToString(), text?.Title ?? visit["idea.erased.title"], text is null ? "" : excerpts.GetValue(text, static one => SafeMarkdown.Excerpt(one.Body, ExcerptChars)),
                text?.Tags ?? [], IdeaStatusNames.Of(card.Status), card.SubmittedAt,
                rules.Approve is null ? null : tally?.Approvals, rules.Rate is null ? null : tally?.Rating, tally?.Ratings ?? 0,
                rules.Invest is null ? null : tally?.Invested,
                canVote && rules.Approve is not null && card.Status.TakesVotes() ? approves : null,
                approves || ballot.Ratings.ContainsKey(card.Id) || ballot.Investments.ContainsKey(card.Id) || ballot.Order.Ideas.Contains(card.Id))
            {
                Comments = card.Comments,
            };
        })];
    }
}
