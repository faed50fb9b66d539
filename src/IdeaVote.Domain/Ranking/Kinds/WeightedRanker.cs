using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>
/// Ranks by counts in which each segment's votes weigh what somebody says they should, and shows the plain score beside it. A vote of
/// a segment that is not named weighs 1.
/// </summary>
/// <param name="by">Approvals, rating, invested or investors.</param>
/// <param name="plain">The same ranking without weights.</param>
/// <param name="segments">The board of each segment that is named, and the weight of its votes, 0 or more.</param>
/// <param name="criteria">For ratings, the criteria that count.</param>
internal sealed class WeightedRanker(RankBy by, IRanker plain, IReadOnlyList<(Board Votes, decimal Weight)> segments, Criteria criteria) : IRanker
{
    public long Key(IdeaTally idea) => Weighted(idea) is { } score ? checked((long)(score * Score.Million)) : Score.NoScore;

    public int Votes(IdeaTally idea) => plain.Votes(idea);

    public ScoreDetail Detail(IdeaTally idea, Board board)
    {
        var detail = plain.Detail(idea, board);
        return Weighted(idea) is { } score ? detail with { Terms = detail.Terms.Insert(0, new ScoreTerm(ScoreTerm.Weighted, score)) } : detail;
    }

    /// <summary>At six places, as means are.</summary>
    private decimal? Weighted(IdeaTally idea) => by == RankBy.Rating ? WeightedMean(idea) : Math.Round(Sum(idea, Count), 6);

    private decimal Count(IdeaTally idea) => by switch
    {
        RankBy.Approvals => idea.Approvals,
        RankBy.Investors => idea.Investors,
        _ => idea.Invested,
    };

    private decimal? WeightedMean(IdeaTally idea)
    {
        decimal sum = 0, weights = 0;
        for (var criterion = 0; criterion < criteria.Weights.Length; criterion++)
        {
            var at = criterion * Scores.MaxStars;
            var votes = Sum(idea, tally => criteria.Stars(tally).AsSpan(at, Scores.MaxStars).ToArray().Sum(static count => (decimal)count));
            if (votes <= 0)
                continue;
            var stars = Sum(idea, tally => criteria.Stars(tally).AsSpan(at, Scores.MaxStars).ToArray().Select(static (count, star) => (decimal)count * (star + 1)).Sum());
            sum += criteria.Weights[criterion] * stars / votes;
            weights += criteria.Weights[criterion];
        }
        return weights == 0 ? null : Math.Round(sum / weights, 6);
    }

    /// <summary>All votes once, and those of a segment so much more or less.</summary>
    private decimal Sum(IdeaTally idea, Func<IdeaTally, decimal> count)
    {
        var sum = count(idea);
        foreach (var (votes, weight) in segments)
            if (votes.Find(idea.Id) is { } tally)
                sum += (weight - 1) * count(tally);
        return sum;
    }
}
