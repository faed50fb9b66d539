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

    /// <summary>The key of an idea without a score: no score is worse than any.</summary>
    public const long NoScore = long.MinValue;

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
