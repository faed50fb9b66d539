using IdeaVote.Domain.Ranking.Charts;
using IdeaVote.Gateway.Leaderboard;

namespace IdeaVote.Portal.Analysis;

/// <summary>What the page of a leaderboard shows.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Form">The form of choices.</param>
/// <param name="Table">The ranking; null if there is none to show.</param>
/// <param name="Problem">Why there is none; null if there is one.</param>
/// <param name="IsHidden">Whether most see no scores until voting has closed.</param>
public sealed record RankingModel(string Campaign, RankingForm Form, RankingTable? Table, string? Problem, bool IsHidden);

/// <summary>The choices of a leaderboard's page.</summary>
/// <param name="Rankings">The rankings there are.</param>
/// <param name="By">The one chosen.</param>
/// <param name="Versus">The one to compare with; null for none.</param>
/// <param name="Criteria">The criteria to choose from; empty if the ranking or the campaign knows none.</param>
/// <param name="Tags">The tags to choose from.</param>
/// <param name="Statuses">The statuses to choose from.</param>
/// <param name="Fields">The fields that mean something to the ranking and this visitor, with their texts.</param>
/// <param name="IsNarrowed">Whether anything but the ranking is chosen.</param>
public sealed record RankingForm(
    IReadOnlyList<string> Rankings, string By, string? Versus, IReadOnlyList<string> Criteria, IReadOnlyList<string> Tags, IReadOnlyList<string> Statuses,
    IReadOnlyDictionary<string, string?> Fields, bool IsNarrowed);

/// <summary>A ranking.</summary>
/// <param name="By">What it ranks by.</param>
/// <param name="Versus">What it is compared with; null for nothing.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Scale">The scale of scores and intervals; null if there is nothing to draw.</param>
/// <param name="Tau">How much the two rankings agree, -1 to 1; null without another or without an order.</param>
/// <param name="Compared">Over how many ideas.</param>
/// <param name="Position">The position that it counts.</param>
/// <param name="Permalink">The address of just this state; null for who can't see the past.</param>
/// <param name="Downloads">The files, with what they are called.</param>
public sealed record RankingTable(
    string By, string? Versus, IReadOnlyList<RankingRow> Rows, ChartScale? Scale, double? Tau, int Compared, string Position,
    string? Permalink, IReadOnlyList<Download> Downloads);

/// <summary>A file to download.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Url">Where it lies.</param>
public sealed record Download(string Name, string Url);

/// <summary>An idea's place.</summary>
/// <param name="Rank">1 for the best.</param>
/// <param name="Idea">The idea's id.</param>
/// <param name="Title">Its title; null if it was erased.</param>
/// <param name="Score">What decides the rank; null without a vote.</param>
/// <param name="Votes">How many voters the score rests on.</param>
/// <param name="Low">Where its interval begins, on the scale of scores; null for none.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Share">The interval of the share of voters where that is what it says; null else.</param>
/// <param name="NoInterval">Why it has none; null if it has one.</param>
/// <param name="Terms">What made the score.</param>
/// <param name="Other">Its rank in the other ranking; null for none.</param>
public sealed record RankingRow(
    int Rank, string Idea, string? Title, decimal? Score, int Votes, double? Low, double? High, (double Low, double High)? Share, string? NoInterval,
    IReadOnlyList<KeyValuePair<string, decimal>> Terms, int? Other)
{
    /// <summary>A row of a leaderboard.</summary>
    /// <param name="by">What it ranks by.</param>
    /// <param name="row">The row.</param>
    /// <param name="other">Its rank in the other ranking; null for none.</param>
    internal static RankingRow Of(string by, RankedIdea row, int? other = null)
    {
        var line = RankingChart.Line(by, LeaderboardChart.Dot(row));
        var share = by is "approvals" or "wilson" && row.Interval is { } ends ? ((double)ends.Low, (double)ends.High) : default((double, double)?);
        return new RankingRow(
            row.Rank, row.Idea, row.Title, row.Weighted ?? row.Score, row.Votes, line.Low, line.High, share, row.NoInterval,
            [.. row.Weighted is null || row.Score is null ? row.Explain : row.Explain.Prepend(new("unweighted", row.Score.Value))], other);
    }
}
