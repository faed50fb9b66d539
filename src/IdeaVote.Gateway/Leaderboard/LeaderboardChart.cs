using IdeaVote.Domain.Ranking.Charts;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>Draws a leaderboard with its intervals.</summary>
internal static class LeaderboardChart
{
    /// <summary>Draws the first <see cref="RankingChart.MaxRows"/> rows.</summary>
    public static string Draw(LeaderboardBody board) => RankingChart.Draw(board.Campaign, board.By, board.Rows.Select(Dot));

    /// <summary>A row as it is drawn.</summary>
    public static RankingDot Dot(RankedIdea row) => new(
        row.Rank, row.Title ?? row.Reference ?? row.Idea, row.Weighted ?? row.Score, row.Interval?.Low, row.Interval?.High,
        row.Explain.TryGetValue("voters", out var voters) ? voters : null);
}
