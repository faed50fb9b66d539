using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine;
using IdeaVote.Gateway.Audit;
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
                at, board.Revision, board.Revision == knownRevision ? null : Rows(query.Ranking.Local(board, query.Top))), cancellation);

        var ranking = await RankAsync(campaign, query, after, cancellation);
        if (ranking.Revision == knownRevision)
            return new LeaderboardRead(ranking.Position, ranking.Revision, null);
        var rows = await engine.QueryAsync(campaign.Id, (board, _) => Rows(Ranking.Top(board, ranking.Ranker, query.Top, query.Ranking.Takes)), cancellation);
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
            () => engine.QueryAsync(campaign.Id, (board, at) => (query.Ranking.Input(board), board.Revision, at), cancellation),
            () => engine.QueryAsync(campaign.Id, static (board, _) => board.Revision, cancellation)) ?? throw TooManyIdeas();

    /// <summary>Reads a leaderboard off a campaign that is lived through from its first event, with the ballots that it counts.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="query">Which leaderboard.</param>
    /// <param name="auditor">Lives through the campaign.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ApiException">409 <c>too_many_ideas</c> or <c>not_settled</c>, or what <see cref="CampaignAuditor"/> says.</exception>
    public async ValueTask<(AuditedCampaign Audited, IReadOnlyList<RankedPlace> Rows)> ReadNamedAsync(
        CampaignView campaign, LeaderboardQuery query, CampaignAuditor auditor, CancellationToken cancellation)
    {
        var wanted = query.IsPast ? await past.PositionOfAsync(campaign.Id, query.AsOf, cancellation) : (Position?)null;
        var audited = await auditor.ReplayAsync(campaign.Id, wanted, cancellation);
        if (!query.Ranking.CountsAll)
            return (audited, await RecountAsync(campaign, query, audited.Last, cancellation));
        var rows = await Task.Run(() => query.Ranking.Top(audited.Replay.Board, [], query.Top), cancellation) ?? throw TooManyIdeas();
        return (audited, Rows(rows));
    }

    private async ValueTask<LeaderboardRead> RecountAsync(CampaignView campaign, LeaderboardQuery query, CancellationToken cancellation)
    {
        var upTo = await past.PositionOfAsync(campaign.Id, query.AsOf, cancellation);
        return new LeaderboardRead(upTo, 0, await RecountAsync(campaign, query, upTo, cancellation));
    }

    private async ValueTask<IReadOnlyList<RankedPlace>> RecountAsync(
        CampaignView campaign, LeaderboardQuery query, Position upTo, CancellationToken cancellation)
    {
        IReadOnlyList<RankedPlace> rows;
        if (query.Weights.Count > 0)
        {
            rows = await WeighAsync(campaign.Id, query, upTo, cancellation);
        }
        else if (Rankers.IsLocal(query.By))
        {
            rows = await recounts.ReadAsync(campaign.Id, query.Filter, upTo, query.IsPast, board => Rows(query.Ranking.Local(board, query.Top)), cancellation);
        }
        else
        {
            var input = await recounts.ReadAsync(campaign.Id, query.Filter, upTo, query.IsPast, query.Ranking.Input, cancellation) ?? throw TooManyIdeas();
            var ranker = await Task.Run(input.Work, cancellation);
            rows = await recounts.ReadAsync(
                campaign.Id, query.Filter, upTo, query.IsPast, board => Rows(Ranking.Top(board, ranker, query.Top, query.Ranking.Takes)), cancellation);
        }
        return rows;
    }

    /// <summary>Ranks with weights, all boards as of one position.</summary>
    private async ValueTask<IReadOnlyList<RankedPlace>> WeighAsync(
        CampaignId campaign, LeaderboardQuery query, Position upTo, CancellationToken cancellation)
    {
        // Not the boards: one must not be looked at once its reader has returned.
        var segments = new List<SegmentVotes>();
        foreach (var filter in query.Ranking.OfSegments)
            segments.Add(await recounts.ReadAsync(campaign, filter, upTo, query.IsPast, query.Ranking.SegmentOf, cancellation));
        return await recounts.ReadAsync(
            campaign, query.Filter, upTo, query.IsPast,
            board => Rows(Ranking.Top(board, query.Ranking.Weighted(board, segments), query.Top, query.Ranking.Takes)), cancellation);
    }


    private static RankedPlace[] Rows(IReadOnlyList<LeaderboardRow> rows) => [.. rows.Select(RankedPlace.Of)];

    private static ApiException TooManyIdeas() => new(
        StatusCodes.Status409Conflict, "too_many_ideas",
        $"Condorcet ranks at most {RankInput.MaxCondorcetIdeas} ideas, because its work grows with their cube. Rank by borda.", "by");
}
