using System.Globalization;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Votes;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Votes;

namespace IdeaVote.Portal.Discover;

/// <summary>Lists the ideas that the visitor is likely to care for and has not voted on yet.</summary>
/// <param name="engine">Has the ideas.</param>
/// <param name="desk">Has the ballot.</param>
/// <param name="pseudonyms">Names the voter and the tags.</param>
internal sealed class ForYouReader(IEngine engine, VoteDesk desk, Pseudonyms pseudonyms)
{
    private const int MaxPlaces = 1_000;

    /// <summary>Reads a page.</summary>
    /// <returns>The ideas, and where the list goes on; null at its end.</returns>
    public async ValueTask<(IReadOnlyList<IdeaCard> Cards, string? Next)> ReadAsync(
        CampaignView campaign, ListFilter filter, Visit visit, string? cursor, int limit, CancellationToken cancellation)
    {
        var voter = await desk.ReadAsync(campaign, visit.Caller, cancellation);
        var self = visit.Caller.Voter is { } name ? pseudonyms.Voter(campaign.Id, name) : default(VoterId?);
        TermId? tag = filter.Tag is null ? null : pseudonyms.Tag(campaign.Id, filter.Tag);
        var start = int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? Math.Min(place, MaxPlaces) : 0;
        var viewer = Viewer.Of(visit.Caller, campaign.Id, pseudonyms);
        return await engine.QueryAsync(campaign.Id, (board, _) =>
        {
            var sees = viewer.SeesScores(board, visit.Now);
            var order = ForYou.Order(board, voter.Ballot, self, useCounts: sees)
                .Where(idea => (tag is not { } wanted || idea.Tags.Contains(wanted)) && (filter.Status is null || IdeaStatusNames.Of(idea.Status) == filter.Status))
                .Skip(start).Take(limit + 1).ToArray();
            var cards = order.Take(limit).Select(idea => IdeaCard.Of(idea, sees ? TallyBody.Of(idea, board.Campaign.Rules) : null)).ToArray();
            var next = order.Length > limit && start + limit < MaxPlaces ? (start + limit).ToString(CultureInfo.InvariantCulture) : null;
            return ((IReadOnlyList<IdeaCard>)cards, next);
        }, cancellation);
    }
}
