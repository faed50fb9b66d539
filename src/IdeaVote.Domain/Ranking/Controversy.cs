using System.Numerics;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Ranking;

/// <summary>
/// How much voters disagree on an idea: the variance of their votes as a part of the largest that the scale allows (half at one end, half at
/// the other), times n ÷ (n + 10), so that two voters who disagree are no controversy yet. Between 0 and 1.
/// </summary>
/// <remarks>
/// The variance is one of the two usual measures; the other is C. van der Eijk's agreement ("Measuring agreement in ordered rating
/// scales", Quality and Quantity 35 (2001), doi 10.1023/A:1010374114305). It gives an even spread over all stars the value 0, in the midst
/// of its range, as the variance does (½); the variance is a fraction of whole numbers, so that ties are exact.
/// </remarks>
public static class Controversy
{
    /// <summary>So many voters must there be for half of the value.</summary>
    public const int HalfAt = 10;

    /// <summary>How much those who rate disagree.</summary>
    /// <param name="counts">How many voters gave 1, 2, 3, 4 and 5 stars: five numbers, each 0 or more.</param>
    /// <returns>0 when all agree or nobody votes, to 1; rounded half to even at 9 places.</returns>
    /// <exception cref="ArgumentException">There are not five counts.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static decimal OfStars(ReadOnlySpan<int> counts)
    {
        if (counts.Length != Scores.MaxStars)
            throw new ArgumentException("There must be five counts.", nameof(counts));
        long votes = 0, sum = 0, squares = 0;
        for (var stars = 0; stars < counts.Length; stars++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(counts[stars], nameof(counts));
            votes += counts[stars];
            sum += (long)stars * counts[stars];
            squares += (long)stars * stars * counts[stars];
        }
        if (votes == 0)
            return 0;
        const int Largest = (Scores.MaxStars - 1) * (Scores.MaxStars - 1) / 4;
        // n²·variance = n·Σx² − (Σx)².
        var spread = (BigInteger)votes * squares - (BigInteger)sum * sum;
        // The quotient in billionths, rounded half to even by whole numbers: a decimal could not hold the products.
        var divisor = Largest * (BigInteger)votes * (votes + HalfAt);
        var billionths = BigInteger.DivRem(spread * RankKey.PartsOfOne, divisor, out var rest);
        var half = (2 * rest).CompareTo(divisor);
        if (half > 0 || (half == 0 && !billionths.IsEven))
            billionths++;
        return (decimal)billionths / RankKey.PartsOfOne;
    }
}
