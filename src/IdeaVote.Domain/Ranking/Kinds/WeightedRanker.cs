using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>
/// Ranks by counts in which each segment's votes weigh what somebody says they should, and shows the plain score beside it. A vote of
/// a segment that is not named weighs 1.
/// </summary>
/// <param name="by">Approvals, rating, invested or investors.</param>
/// <param name="plain">The same ranking without weights.</param>
/// <param name="segments">The votes of each segment that is named, and the weight of each of them, 0 or more.</param>
/// <param name="criteria">For ratings, the criteria that count.</param>
internal sealed class WeightedRanker(RankBy by, IRanker plain, IReadOnlyList<(SegmentVotes Votes, decimal Weight)> segments, Criteria criteria) : IRanker
{
    private readonly (SegmentVotes Votes, decimal Weight)[] segments = [.. segments];

    public long Key(IdeaTally idea) => Weighted(idea) is { } score ? checked((long)(score * Score.Million)) : Score.NoScore;

    public int Votes(IdeaTally idea) => plain.Votes(idea);

    public ScoreDetail Detail(IdeaTally idea, Board board)
    {
        var detail = plain.Detail(idea, board);
        return Weighted(idea) is { } score ? detail with { Terms = detail.Terms.Insert(0, new ScoreTerm(ScoreTerm.Weighted, score)) } : detail;
    }

    /// <summary>At six places, as means are.</summary>
    private decimal? Weighted(IdeaTally idea) => by == RankBy.Rating ? WeightedMean(idea) : Math.Round(Sum(idea, 0).Value, 6);

    private decimal? WeightedMean(IdeaTally idea)
    {
        decimal sum = 0, weights = 0;
        for (var i = 0; i < criteria.Weights.Length; i++)
        {
            var (stars, votes) = Sum(idea, i);
            if (votes <= 0)
                continue;
            sum += criteria.Weights[i] * stars / votes;
            weights += criteria.Weights[i];
        }
        return weights == 0 ? null : Math.Round(sum / weights, 6);
    }

    /// <summary>All votes once, and those of a segment so much more or less.</summary>
    private (decimal Value, decimal Votes) Sum(IdeaTally idea, int at)
    {
        var all = SegmentVotes.Of(idea, by, criteria, at);
        (decimal value, decimal votes) = (all.Value, all.Votes);
        foreach (var (segment, weight) in segments)
        {
            var sum = segment.Of(idea.Ordinal, at);
            // Most ideas have no vote of most segments.
            if (sum.Votes == 0)
                continue;
            value += (weight - 1) * sum.Value;
            votes += (weight - 1) * sum.Votes;
        }
        return (value, votes);
    }
}
