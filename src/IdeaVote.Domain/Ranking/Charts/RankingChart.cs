using System.Globalization;

namespace IdeaVote.Domain.Ranking.Charts;

/// <summary>One row of a drawn ranking.</summary>
/// <param name="Rank">Its rank, 1 for the best.</param>
/// <param name="Name">What the idea is called; any text.</param>
/// <param name="Score">What it is ranked by; null for no score.</param>
/// <param name="Low">Where the score's interval begins; null for none.</param>
/// <param name="High">Where it ends; null for none.</param>
/// <param name="Voters">How many voters a share is a share of; null where the ranking knows none.</param>
public sealed record RankingDot(int Rank, string Name, decimal? Score, decimal? Low, decimal? High, decimal? Voters);

/// <summary>Draws a ranking with its intervals (<see cref="DotChart"/>), whoever counted it.</summary>
public static class RankingChart
{
    /// <summary>The most rows of a picture.</summary>
    public const int MaxRows = 100;

    /// <summary>Draws the first rows.</summary>
    /// <param name="of">What is ranked, such as a campaign's key; any text.</param>
    /// <param name="by">What it is ranked by, as the API names it.</param>
    /// <param name="rows">The rows, best first; those after the first <see cref="MaxRows"/> are left out.</param>
    /// <returns>An SVG document.</returns>
    public static string Draw(string of, string by, IEnumerable<RankingDot> rows) =>
        DotChart.Draw($"{of}: by {by}", by, [.. rows.Take(MaxRows).Select(row => Line(by, row))]);

    /// <summary>Where a row's dot and interval are on the scale.</summary>
    /// <param name="by">What it is ranked by, as the API names it.</param>
    /// <param name="row">The row.</param>
    public static DotLine Line(string by, RankingDot row)
    {
        // The interval of approvals is that of their share; on a scale of approvals it belongs times the voters.
        var times = by == "approvals" ? row.Voters ?? 0 : 1;
        return new DotLine(
            string.Create(CultureInfo.InvariantCulture, $"{row.Rank}. {row.Name}"), (double?)row.Score, (double?)(row.Low * times), (double?)(row.High * times));
    }
}
