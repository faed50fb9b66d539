using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>
/// What the need of votes is worked out of, taken off a board: of the methods that are on, the first of rating, approving and duels.
/// </summary>
internal sealed class NeedCounts
{
    private readonly bool[] isRanked;
    private readonly int[]? stars;
    private readonly int[]? approvals;
    private readonly Duel[]? duels;
    private readonly int[] duelists = [];
    private readonly Criteria criteria;
    private readonly int voters;

    private NeedCounts(Board board, int? criterion)
    {
        var rules = board.Campaign.Rules;
        criteria = new Criteria(rules, criterion);
        voters = board.Voters;
        isRanked = [.. board.Ideas.Select(idea => idea.Status.IsRanked())];
        if (rules.Rate is not null)
            stars = [.. board.Ideas.SelectMany(criteria.Stars)];
        else if (rules.Approve is not null)
            approvals = [.. board.Ideas.Select(idea => idea.Approvals)];
        else
        {
            duels = [.. board.Duels.Pairs];
            duelists = new int[board.Ideas.Count];
            foreach (var duel in duels)
            {
                duelists[duel.First] += duel.FirstWins + duel.SecondWins;
                duelists[duel.Second] += duel.FirstWins + duel.SecondWins;
            }
        }
    }

    /// <summary>Takes them.</summary>
    public static NeedCounts Take(Board board, int? criterion) => new(board, criterion);

    /// <summary>How many ideas there are.</summary>
    public int Ideas => isRanked.Length;

    /// <summary>Whether an idea is in the race.</summary>
    public bool IsRanked(int ordinal) => isRanked[ordinal];

    /// <summary>How many voters an idea's estimate rests on.</summary>
    public int Votes(IdeaTally idea) => stars is not null ? criteria.Votes(idea) : approvals is not null ? idea.Approvals : duelists[idea.Ordinal];

    /// <summary>The score and the interval of every idea, by the method that is looked at.</summary>
    public (double Score, Interval Interval)[] Estimates()
    {
        var estimates = new (double Score, Interval Interval)[Ideas];
        var strengths = duels is null ? null : BradleyTerry.Fit(Ideas, duels);
        for (var i = 0; i < Ideas; i++)
            estimates[i] = strengths is not null
                ? (strengths[i].Probability, strengths[i].ProbabilityInterval)
                : approvals is not null ? OfShare(approvals[i]) : OfStars(i);
        return estimates;
    }

    private (double Score, Interval Interval) OfShare(int yes) => (voters == 0 ? 0.5 : (double)yes / voters, Wilson.Of(yes, voters));

    private (double Score, Interval Interval) OfStars(int ordinal)
    {
        var counts = stars.AsSpan(ordinal * criteria.Weights.Length * Scores.MaxStars, criteria.Weights.Length * Scores.MaxStars);
        var interval = RatingInterval.Weighted(counts, criteria.Weights.AsSpan());
        double sum = 0, weights = 0;
        for (var i = 0; i < criteria.Weights.Length; i++)
        {
            var moments = StarMoments.Of(counts.Slice(i * Scores.MaxStars, Scores.MaxStars));
            if (moments.Mass == 0)
                continue;
            sum += (double)criteria.Weights[i] * StarMoments.ToStars(moments.Mean);
            weights += (double)criteria.Weights[i];
        }
        return (weights == 0 ? (interval.Low + interval.High) / 2 : sum / weights, interval);
    }
}
