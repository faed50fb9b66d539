using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Ranking;

/// <summary>The scores of an idea, out of its exact counts.</summary>
public static class Score
{
    /// <summary>The score an idea is ranked by, and how many voters it rests on.</summary>
    /// <param name="idea">The idea's counts.</param>
    /// <param name="by">What to rank by.</param>
    /// <param name="rules">The campaign's rules, for the criteria's weights.</param>
    public static (decimal? Score, int Votes) Of(IdeaTally idea, RankBy by, Rules rules) => by switch
    {
        RankBy.Approvals => (idea.Approvals, idea.Approvals),
        RankBy.Invested => (idea.Invested, idea.Investors),
        RankBy.Rating => (idea.Mean(rules.Rate?.Weights ?? []), idea.Raters),
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "No such ranking."),
    };

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
