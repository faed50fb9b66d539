using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Ranking = IdeaVote.Domain.Ranking.Leaderboard;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>A ranked idea, copied off its board.</summary>
/// <param name="Rank">Its rank.</param>
/// <param name="Idea">The idea.</param>
/// <param name="Text">Where its text lies.</param>
/// <param name="Votes">How many voters the score rests on.</param>
/// <param name="Detail">The score and what made it.</param>
internal sealed record RankedPlace(int Rank, IdeaId Idea, TextRef Text, int Votes, ScoreDetail Detail)
{
    /// <summary>Copies a row off its board.</summary>
    public static RankedPlace Of(LeaderboardRow row) => new(row.Rank, row.Idea.Id, row.Idea.Text, row.Votes, row.Detail);
}

/// <summary>What was read of a leaderboard.</summary>
/// <param name="Position">A position that it includes.</param>
/// <param name="Revision">What the board's revision was; 0 for boards that are counted again.</param>
/// <param name="Rows">The rows; null if the caller knows them already.</param>
internal readonly record struct LeaderboardRead(Position Position, long Revision, IReadOnlyList<RankedPlace>? Rows);

/// <summary>Reads leaderboards: off the board as it is, or off one that is counted again from the feed.</summary>
/// <param name="engine">Has the boards and the feed.</param>
/// <param name="recounts">The boards counted again.</param>
/// <param name="shared">The rankings that are worked out beside the board.</param>
/// <param name="time">The clock of votes.</param>
internal sealed class LeaderboardReader(IEngine engine, Recounts recounts, SharedRankings shared, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    private readonly AsOfPositions past = new(engine, time);

    /// <summary>Reads a leaderboard.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="query">Which leaderboard.</param>
    /// <param name="after">A position that it must include.</param>
    /// <param name="knownRevision">The revision that the caller has the rows of; -1 for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ApiException">409 <c>too_many_ideas</c> or <c>not_settled</c>.</exception>
    public async ValueTask<LeaderboardRead> ReadAsync(
        CampaignView campaign, LeaderboardQuery query, Position after, long knownRevision, CancellationToken cancellation)
    {
        if (query.IsRecount)
            return await RecountAsync(campaign, query, cancellation);
        if (Rankers.IsLocal(query.By))
            return await engine.QueryAsync(campaign.Id, (board, at) => new LeaderboardRead(
                at, board.Revision, board.Revision == knownRevision ? null : Local(board, query)), cancellation);

        var ranking = await RankAsync(campaign, query, after, cancellation);
        if (ranking.Revision == knownRevision)
            return new LeaderboardRead(ranking.Position, ranking.Revision, null);
        var rows = await engine.QueryAsync(campaign.Id, (board, _) => Rows(Ranking.Top(board, ranking.Ranker, query.Top, query.Takes)), cancellation);
        return new LeaderboardRead(ranking.Position, ranking.Revision, rows);
    }

    /// <summary>The ranking of the newest board that all ideas' counts decide together.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="query">Which ranking; not one that is counted again.</param>
    /// <param name="after">A position that it must include.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ApiException">409 <c>too_many_ideas</c>.</exception>
    public async ValueTask<SharedRanking> RankAsync(CampaignView campaign, LeaderboardQuery query, Position after, CancellationToken cancellation) =>
        await shared.GetAsync(
            $"{campaign.Id}|{query.ToRankingKey()}", after,
            () => engine.QueryAsync(campaign.Id, (board, at) => (Take(board, query), board.Revision, at), cancellation),
            () => engine.QueryAsync(campaign.Id, static (board, _) => board.Revision, cancellation)) ?? throw TooManyIdeas();

    private async ValueTask<LeaderboardRead> RecountAsync(CampaignView campaign, LeaderboardQuery query, CancellationToken cancellation)
    {
        var upTo = await past.PositionOfAsync(campaign.Id, query.AsOf, cancellation);
        IReadOnlyList<RankedPlace> rows;
        if (query.Weights.Count > 0)
        {
            rows = await WeighAsync(campaign.Id, query, upTo, cancellation);
        }
        else if (Rankers.IsLocal(query.By))
        {
            rows = await recounts.ReadAsync(campaign.Id, query.Filter, upTo, query.IsPast, board => Local(board, query), cancellation);
        }
        else
        {
            var input = await recounts.ReadAsync(campaign.Id, query.Filter, upTo, query.IsPast, board => Take(board, query), cancellation) ?? throw TooManyIdeas();
            var ranker = await Task.Run(input.Work, cancellation);
            rows = await recounts.ReadAsync(
                campaign.Id, query.Filter, upTo, query.IsPast, board => Rows(Ranking.Top(board, ranker, query.Top, query.Takes)), cancellation);
        }
        return new LeaderboardRead(upTo, 0, rows);
    }

    /// <summary>Ranks with weights, all boards as of one position.</summary>
    private async ValueTask<IReadOnlyList<RankedPlace>> WeighAsync(
        CampaignId campaign, LeaderboardQuery query, Position upTo, CancellationToken cancellation)
    {
        // Not the boards: one must not be looked at once its reader has returned.
        var segments = new List<(SegmentVotes Votes, decimal Weight)>();
        foreach (var (segment, weight) in query.Weights)
            segments.Add((await recounts.ReadAsync(
                campaign, query.Filter with { Segment = segment }, upTo, query.IsPast, board => SegmentVotes.Take(board, query.By, query.Criterion), cancellation), weight));
        return await recounts.ReadAsync(
            campaign, query.Filter, upTo, query.IsPast,
            board => Rows(Ranking.Top(board, Rankers.Weighted(query.By, board.Campaign.Rules, segments, query.Criterion), query.Top, query.Takes)), cancellation);
    }

    private static RankedPlace[] Local(Board board, LeaderboardQuery query) => Rows(query.Pool is { } pool
        ? Ranking.Top(board, Rankers.Matching(board, pool, query.Takes), query.Top, query.Takes)
        : Ranking.Top(board, query.By, query.Top, query.Criterion, query.Takes));

    private static RankInput? Take(Board board, LeaderboardQuery query) =>
        RankInput.Take(board, query.By, query.Criterion, Prior(board, query), query.Places);

    /// <summary>What the caller gives of the prior, and else what the campaign says.</summary>
    private static Domain.Campaigns.RankingRule? Prior(Board board, LeaderboardQuery query) => query.Prior is { } given
        ? new Domain.Campaigns.RankingRule(
            null, given.PriorWeight ?? board.Campaign.Rules.Ranking?.PriorWeight, given.PriorMean ?? board.Campaign.Rules.Ranking?.PriorMean)
        : null;

    private static RankedPlace[] Rows(IReadOnlyList<LeaderboardRow> rows) => [.. rows.Select(RankedPlace.Of)];

    private static ApiException TooManyIdeas() => new(
        StatusCodes.Status409Conflict, "too_many_ideas",
        $"Condorcet ranks at most {RankInput.MaxCondorcetIdeas} ideas, because its work grows with their cube. Rank by borda.", "by");
}
