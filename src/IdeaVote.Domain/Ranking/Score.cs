using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Ranking;

/// <summary>The scores of an idea, out of its exact counts.</summary>
public static class Score
{
    /// <summary>A mean is kept in so many parts of 1, exactly: it is rounded to six places.</summary>
    internal const int Million = 1_000_000;

    /// <summary>The score an idea is ranked by, and how many voters it rests on.</summary>
    /// <param name="idea">The idea's counts.</param>
    /// <param name="by">What to rank by.</param>
    /// <param name="rules">The campaign's rules, for the criteria's weights.</param>
    public static (decimal? Score, int Votes) Of(IdeaTally idea, RankBy by, Rules rules) =>
        (FromKey(Key(idea, by, Weights(rules)), by), Votes(idea, by));

    /// <summary>A whole number that stands in the order of the scores: two ideas have the same if and only if their scores are equal.</summary>
    /// <returns><see cref="NoScore"/> for no score.</returns>
    internal static long Key(IdeaTally idea, RankBy by, ImmutableArray<decimal> weights) => by switch
    {
        RankBy.Approvals => idea.Approvals,
        RankBy.Invested => idea.Invested,
        RankBy.Rating => idea.MeanMillionths(weights) ?? NoScore,
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "No such ranking."),
    };

    /// <summary>The key of an idea without a score: no score is worse than any.</summary>
    internal const long NoScore = long.MinValue;

    /// <summary>The score that a key stands for.</summary>
    internal static decimal? FromKey(long key, RankBy by) => key switch
    {
        NoScore => null,
        _ when by == RankBy.Rating => (decimal)key / Million,
        _ => key,
    };

    /// <summary>How many voters a score rests on.</summary>
    internal static int Votes(IdeaTally idea, RankBy by) => by switch
    {
        RankBy.Approvals => idea.Approvals,
        RankBy.Invested => idea.Investors,
        _ => idea.Raters,
    };

    /// <summary>The criteria's weights; none when rating is off.</summary>
    internal static ImmutableArray<decimal> Weights(Rules rules) => rules.Rate?.Weights ?? [];

    /// <summary>
    /// The weighted mean of an idea's stars: Σ w·m ÷ Σ w over the criteria that have a rating, where m is the plain mean of
    /// the criterion's stars. Between 1 and 5; null without a rating. Rounded half to even at 6 decimal places, so that
    /// equal means written differently (1/3 + 2/3) are equal.
    /// </summary>
    public static decimal? Mean(IdeaTally idea, ImmutableArray<decimal> weights)
    {
        decimal sum = 0, weight = 0;
        for (var criterion = 0; criterion < weights.Length && criterion < idea.Criteria; criterion++)
        {
            long stars = 0, votes = 0;
            for (var count = 1; count <= Scores.MaxStars; count++)
            {
                stars += (long)count * idea.Stars(criterion, count);
                votes += idea.Stars(criterion, count);
            }
            if (votes == 0)
                continue;
            sum += weights[criterion] * stars / votes;
            weight += weights[criterion];
        }
        return weight == 0 ? null : Math.Round(sum / weight, 6);
    }
}
