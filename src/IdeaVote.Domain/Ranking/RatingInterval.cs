using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Ranking;

/// <summary>
/// The 95 % interval of a mean of stars, out of how many voters gave 1, 2, 3, 4 and 5. A t-interval would cover only 83 % with five
/// skewed ratings, and be empty where all agree.
/// </summary>
/// <remarks>
/// <para>
/// The lower end is the .025 quantile of the mean of a Dirichlet distribution whose parameters are the counts and ¾ of a further voter
/// who gives 1 star; the upper end likewise with ¾ of one who gives 5: what has not been seen yet may lie at the worst end. With a whole
/// voter this is N. Gaffke's bound ("Three test statistics for a nonparametric one-sided hypothesis on the mean of a nonnegative
/// variable", Mathematical Methods of Statistics 14 (2005); E. Learned-Miller and P. Thomas, arXiv 1905.06208), and for a share the
/// interval of Clopper and Pearson, which covers too much; with half a voter it covers as little as 87 % where all but a few agree.
/// With ¾ it covered 93 % and more wherever it was tried: two camps of any size, exactly, and even, skewed and unanimous ratings,
/// with 1 to 5,000 voters. The quantile is that of the beta distribution with the same mean and variance.
/// </para>
/// <para>
/// Deterministic, but not in the last bits from machine to machine: rank by <see cref="RankKey"/>.
/// </para>
/// </remarks>
public static class RatingInterval
{
    /// <summary>How much of a voter at the worst end is added.</summary>
    internal const double Unseen = 0.75;

    /// <summary>The interval of the mean, in stars; from 1 to 5 without a rating.</summary>
    /// <param name="counts">How many voters gave 1, 2, 3, 4 and 5 stars: five numbers, each 0 or more.</param>
    /// <exception cref="ArgumentException">There are not five counts.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static Interval Of(ReadOnlySpan<int> counts) => Weighted(counts, [1m]);

    /// <summary>
    /// The interval of the overall score Σ w·m ÷ Σ w over the criteria that have a rating, where m is a criterion's mean.
    /// The variances add up as if the criteria were independent, or equally correlated; the quantile is again that of a
    /// beta distribution with the sum's mean and variance. A voter's stars on several criteria tend to agree: taken as independent then,
    /// the interval is too narrow, with k criteria by √k at the very most.
    /// </summary>
    /// <param name="counts">Five counts as in <see cref="Of"/> for each criterion, one after the other.</param>
    /// <param name="weights">Each criterion's weight, above 0.</param>
    /// <param name="correlation">How much the estimates of any two criteria go together: 0 for not at all, to 1.</param>
    /// <returns>In stars; from 1 to 5 without a rating.</returns>
    /// <exception cref="ArgumentException">There are not five counts for each weight.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, a weight not above 0, or the correlation not between 0 and 1.</exception>
    public static Interval Weighted(ReadOnlySpan<int> counts, ReadOnlySpan<decimal> weights, double correlation = 0)
    {
        if (counts.Length != weights.Length * Scores.MaxStars)
            throw new ArgumentException("There must be five counts for each weight.", nameof(counts));
        if (!(correlation >= 0 && correlation <= 1))
            throw new ArgumentOutOfRangeException(nameof(correlation), correlation, "A correlation lies between 0 and 1.");
        var (low, high) = (new MeanOfMeans(), new MeanOfMeans());
        double mean = 0;
        for (var criterion = 0; criterion < weights.Length; criterion++)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weights[criterion], nameof(weights));
            var weight = (double)weights[criterion];
            var seen = StarMoments.Of(counts.Slice(criterion * Scores.MaxStars, Scores.MaxStars));
            if (seen.Mass == 0)
                continue;
            low.Add(weight, seen.With(0, Unseen));
            high.Add(weight, seen.With(1, Unseen));
            mean += weight * seen.Mean;
        }
        if (low.Weight == 0)
            return new Interval(1, Scores.MaxStars);
        mean /= low.Weight;
        // A quantile of the beta distribution can pass the mean where nearly all agree; the mean itself is always possible.
        return new Interval(
            StarMoments.ToStars(Math.Min(mean, low.Quantile(Interval.Tail, correlation))),
            StarMoments.ToStars(Math.Max(mean, high.Quantile(1 - Interval.Tail, correlation))));
    }
}
