using IdeaVote.Domain.Ranking.Charts;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>Draws a leaderboard with its intervals.</summary>
internal static class LeaderboardChart
{
    /// <summary>The most rows of a picture.</summary>
    public const int MaxRows = 100;

    /// <summary>Draws the first rows.</summary>
    public static string Draw(LeaderboardBody board) => DotChart.Draw(
        $"{board.Campaign}: by {board.By}", board.By, [.. board.Rows.Take(MaxRows).Select(row => Line(board.By, row))]);

    private static DotLine Line(string by, RankedIdea row)
    {
        // The interval of approvals is that of their share; on a scale of approvals it belongs times the voters.
        var times = by == "approvals" ? row.Explain.GetValueOrDefault("voters") : 1;
        return new DotLine(
            $"{row.Rank}. {row.Title ?? row.Reference ?? row.Idea}", (double?)(row.Weighted ?? row.Score), (double?)(row.Interval?.Low * times),
            (double?)(row.Interval?.High * times));
    }
}
