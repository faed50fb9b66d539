using System.Collections.Concurrent;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Portal.Discover;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Home;

/// <summary>All campaigns with their figures, for a page that many look at: asked of the campaigns at most every two seconds, however many look.</summary>
/// <param name="engine">Has the counts.</param>
/// <param name="catalog">Has the campaigns.</param>
/// <param name="time">The clock.</param>
internal sealed class CampaignShelf(IEngine engine, CampaignCatalog catalog, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    /// <summary>How old a stage or a figure may be.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);

    private const int Winners = 3;
    private const int MaxFigures = 2_000;

    private readonly ConcurrentDictionary<CampaignId, CampaignFigures> figures = new();
    private Listed listed = new(0, -1, []);

    /// <summary>All campaigns, in the order of their creation. One that was just created is among them.</summary>
    public async ValueTask<IReadOnlyList<CampaignView>> ListAsync(CancellationToken cancellation)
    {
        var (known, count) = (Volatile.Read(ref listed), (await engine.CampaignsAsync(cancellation)).Count);
        if (known.Count == count && time.GetElapsedTime(known.At) < Kept)
            return known.Campaigns;
        var now = time.GetTimestamp();
        var campaigns = await catalog.ListAsync(cancellation);
        Volatile.Write(ref listed, new Listed(now, count, campaigns));
        return campaigns;
    }

    /// <summary>A campaign's figures. They are counted only when something has changed, and then at most every two seconds.</summary>
    public ValueTask<CampaignFigures> FiguresAsync(CampaignView campaign, bool scoresVisible, CancellationToken cancellation)
    {
        var known = figures.GetValueOrDefault(campaign.Id);
        return engine.QueryAsync(campaign.Id, (board, _) =>
        {
            if (known is not null && known.ScoresVisible == scoresVisible && (known.Revision == board.Revision || time.GetElapsedTime(known.At) < Kept))
                return known;
            if (figures.Count >= MaxFigures)
                figures.Clear();
            return figures[campaign.Id] = Count(board, scoresVisible);
        }, cancellation);
    }

    private CampaignFigures Count(Board board, bool scoresVisible)
    {
        var best = ListFilter.BestOf(board.Campaign.Rules);
        IReadOnlyList<(IdeaId, TextRef)> winners = scoresVisible && Rankers.IsLocal(best) && board.Voters > 0
            ? [.. Leaderboard.Top(board, best, Winners).Select(row => row.Idea).Where(idea => idea.Status.IsPublic()).Select(idea => (idea.Id, idea.Text))]
            : [];
        return new CampaignFigures(
            board.Revision, time.GetTimestamp(), scoresVisible, board.Ideas.Count(idea => idea.Status.IsPublic()), board.Voters,
            board.Ideas.Count(idea => idea.Status == IdeaStatus.Shipped), winners);
    }

    private sealed record Listed(long At, int Count, IReadOnlyList<CampaignView> Campaigns);
}

/// <summary>What is told of a campaign in lists.</summary>
/// <param name="Revision">The board's revision it was counted at.</param>
/// <param name="At">When it was counted.</param>
/// <param name="ScoresVisible">Whether it was counted while everybody saw scores; else there are no winners.</param>
/// <param name="Ideas">How many ideas everybody sees.</param>
/// <param name="Voters">How many have voted.</param>
/// <param name="Shipped">How many ideas have been shipped.</param>
/// <param name="Winners">The best ideas, best first, with their texts.</param>
internal sealed record CampaignFigures(
    long Revision, long At, bool ScoresVisible, int Ideas, int Voters, int Shipped, IReadOnlyList<(IdeaId Id, TextRef Text)> Winners);
