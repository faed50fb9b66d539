using System.Text.Json;
using System.Text.Json.Serialization;
using IdeaVote.Domain.Ranking;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>A ranking of a campaign's ideas.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="By">What it ranks by.</param>
/// <param name="Position">A position of the feed that it includes.</param>
/// <param name="Parameters">What was asked for, by name; tags, segments and criteria also by what the feed knows them as.</param>
/// <param name="Ballots">SHA-256 of the ballots counted, as the signed head at <paramref name="Position"/> carries it; null unless asked for.</param>
/// <param name="Rows">The best ideas, best first.</param>
internal sealed record LeaderboardBody(
    string Campaign, string By, string Position, IReadOnlyDictionary<string, string> Parameters, string? Ballots, IReadOnlyList<RankedIdea> Rows);

/// <summary>The last line of a leaderboard in lines that names what it counts.</summary>
/// <param name="Counted">What it counts.</param>
internal sealed record CountedLine(CountedBody Counted);

/// <summary>What a leaderboard counts.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="By">What it ranks by.</param>
/// <param name="Position">The position of the last event included.</param>
/// <param name="Parameters">What was asked for.</param>
/// <param name="Ballots">SHA-256 of the ballots counted.</param>
internal sealed record CountedBody(string Campaign, string By, string Position, IReadOnlyDictionary<string, string> Parameters, string Ballots);

/// <summary>One idea's place.</summary>
/// <param name="Rank">1 for the best; ties share a rank: 1, 2, 2, 4.</param>
/// <param name="Idea">The idea's id.</param>
/// <param name="Reference">What the caller who submitted it calls it; null for nothing.</param>
/// <param name="Title">Its title; null if the text was erased.</param>
/// <param name="Score">What it is ranked by, such as the approvals or the mean of the stars; null while no vote gives it one.</param>
/// <param name="Votes">How many voters the score rests on.</param>
/// <param name="Weighted">The score with the weights that were asked for, which then decides the rank; null without.</param>
/// <param name="Interval">The score's 95 % interval (for approvals that of their share); null if it has none.</param>
/// <param name="NoInterval">Why it has none: `counts_are_exact`, `not_an_estimate` or `no_votes`; null if it has one.</param>
/// <param name="Explain">What made the score, by name.</param>
internal sealed record RankedIdea(
    int Rank, string Idea, string? Reference, string? Title, decimal? Score, int Votes, decimal? Weighted, IntervalBody? Interval, string? NoInterval,
    IReadOnlyDictionary<string, decimal> Explain);

/// <summary>A 95 % interval.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
internal sealed record IntervalBody(decimal Low, decimal High)
{
    /// <summary>At six places.</summary>
    public static IntervalBody? Of(Interval? interval) =>
        interval is { } ends ? new IntervalBody(Numbers.Plain(Math.Round((decimal)ends.Low, 6)), Numbers.Plain(Math.Round((decimal)ends.High, 6))) : null;
}

/// <summary>The bodies of leaderboards.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth)]
[JsonSerializable(typeof(LeaderboardBody))]
[JsonSerializable(typeof(RankedIdea))]
[JsonSerializable(typeof(CountedLine))]
internal sealed partial class LeaderboardJson : JsonSerializerContext;
