using System.Collections.Concurrent;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Portal.Discover;

namespace IdeaVote.Portal.Home;

/// <summary>All campaigns with their figures, for a page that many look at.</summary>
/// <param name="engine">Has the counts.</param>
/// <param name="catalog">Has the campaigns.</param>
internal sealed class CampaignShelf(IEngine engine, CampaignCatalog catalog)
{
    private const int Winners = 3;
    private const int MaxFigures = 2_000;

    private readonly ConcurrentDictionary<CampaignId, CampaignFigures> figures = new();

    /// <summary>All campaigns, in the order of their creation.</summary>
    public ValueTask<IReadOnlyList<CampaignView>> ListAsync(CancellationToken cancellation) => catalog.ListAsync(cancellation);

    /// <summary>A campaign's figures. They are counted only when something has changed.</summary>
    public ValueTask<CampaignFigures> FiguresAsync(CampaignView campaign, bool scoresVisible, CancellationToken cancellation)
    {
        var known = figures.GetValueOrDefault(campaign.Id);
        return engine.QueryAsync(campaign.Id, (board, _) =>
        {
            if (known is not null && known.ScoresVisible == scoresVisible && known.Revision == board.Revision)
                return known;
            if (figures.Count >= MaxFigures)
                figures.Clear();
            return figures[campaign.Id] = Count(board, scoresVisible);
        }, cancellation);
    }

    private static CampaignFigures Count(Board board, bool scoresVisible)
    {
        var best = ListFilter.BestOf(board.Campaign.Rules);
        IReadOnlyList<(IdeaId, TextRef)> winners = scoresVisible && Rankers.IsLocal(best) && board.Voters > 0
            ? [.. Leaderboard.Top(board, best, Winners).Select(row => row.Idea).Where(idea => idea.Status.IsPublic()).Select(idea => (idea.Id, idea.Text))]
            : [];
        return new CampaignFigures(
            board.Revision, scoresVisible, board.Ideas.Count(idea => idea.Status.IsPublic()), board.Voters,
            board.Ideas.Count(idea => idea.Status == IdeaStatus.Shipped), winners);
    }
}

/// <summary>What is told of a campaign in lists.</summary>
/// <param name="Revision">The board's revision it was counted at.</param>
/// <param name="ScoresVisible">Whether it was counted while everybody saw scores; else there are no winners.</param>
/// <param name="Ideas">How many ideas everybody sees.</param>
/// <param name="Voters">How many have voted.</param>
/// <param name="Shipped">How many ideas have been shipped.</param>
/// <param name="Winners">The best ideas, best first, with their texts.</param>
internal sealed record CampaignFigures(
    long Revision, bool ScoresVisible, int Ideas, int Voters, int Shipped, IReadOnlyList<(IdeaId Id, TextRef Text)> Winners);
