namespace IdeaVote.Domain.Ranking;

/// <summary>
/// How much two rankings of the same things agree: Kendall's τ-b, which allows for ties (M. G. Kendall, "The Treatment of Ties in Ranking
/// Problems", Biometrika 33 (1945), doi 10.1093/biomet/33.3.239). Of all pairs, those in the same order less those in the opposite order,
/// divided by √((pairs not tied in the first) · (pairs not tied in the second)).
/// </summary>
public static class KendallTau
{
    /// <summary>The agreement. Its work grows with the square of the number of things.</summary>
    /// <param name="ranks">The two ranks of each thing.</param>
    /// <returns>1 for the same order, -1 for the opposite; null if one of the rankings puts no two things in an order.</returns>
    public static double? Of(IReadOnlyList<(int First, int Second)> ranks)
    {
        long agree = 0, first = 0, second = 0;
        for (var i = 0; i < ranks.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (x, y) = (Math.Sign(ranks[i].First - ranks[j].First), Math.Sign(ranks[i].Second - ranks[j].Second));
                agree += x * y;
                first += x * x;
                second += y * y;
            }
        }
        return first == 0 || second == 0 ? null : agree / Math.Sqrt((double)first * second);
    }
}
