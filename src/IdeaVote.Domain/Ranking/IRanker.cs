using System.Collections.Immutable;
using System.Runtime.InteropServices;
using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking;

/// <summary>One ranking of the ideas of a board.</summary>
public interface IRanker
{
    /// <summary>A whole number in the order of the scores: two ideas have the same if and only if their scores are equal.</summary>
    /// <returns>The greater, the better; <see cref="Score.NoScore"/> for no score, which is worse than any.</returns>
    long Key(IdeaTally idea);

    /// <summary>How many voters the score rests on.</summary>
    int Votes(IdeaTally idea);

    /// <summary>The score, how sure it is, and what it is made of.</summary>
    /// <param name="idea">The idea.</param>
    /// <param name="board">The board it is on.</param>
    ScoreDetail Detail(IdeaTally idea, Board board);
}

/// <summary>A score, how sure it is, and what it is made of.</summary>
/// <param name="Score">The score; null if no vote gives one.</param>
/// <param name="Interval">Its 95 % interval (for approvals that of the share); null if there is none.</param>
/// <param name="WhyNoInterval">Why there is no interval; null if there is one.</param>
/// <param name="Terms">What made the score, by name.</param>
public sealed record ScoreDetail(decimal? Score, Interval? Interval, string? WhyNoInterval, ImmutableArray<ScoreTerm> Terms)
{
    /// <summary>A score with an interval.</summary>
    public static ScoreDetail Sure(decimal? score, Interval interval, params ImmutableArray<ScoreTerm> terms) => new(score, interval, null, terms);

    /// <summary>A score without an interval.</summary>
    public static ScoreDetail Plain(decimal? score, string why, params ImmutableArray<ScoreTerm> terms) => new(score, null, why, terms);
}

/// <summary>One of the numbers that made a score.</summary>
/// <param name="Name">Its name, in the form <c>prior_mean</c>.</param>
/// <param name="Value">The number.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ScoreTerm(string Name, decimal Value)
{
    /// <summary>The name of the score with weighted segments.</summary>
    public const string Weighted = "weighted";

    /// <summary>A number of a statistical nature, rounded at nine places, where machines agree.</summary>
    public static ScoreTerm Of(string name, double value) => new(name, Math.Round((decimal)value, 9));
}
