using System.Numerics;

namespace IdeaVote.Domain.Ranking;

/// <summary>
/// Splits a pool of money in proportion to (Σ√c)² − Σc, where c are the contributions to an idea: many small ones bring more than a large
/// one. Source: V. Buterin, Z. Hitzig, E. G. Weyl, "A Flexible Design for Funding Public Goods", Management Science 65 (2019),
/// doi 10.1287/mnsc.2019.3337, with the pool's limit applied as Gitcoin's grants do.
/// </summary>
public static class QuadraticMatching
{
    /// <summary>
    /// Each idea's part of the pool. Parts are rounded down, and what is left goes, a smallest amount each, to the largest remainders
    /// (among equal ones, to the earlier idea), so that exactly the pool is given.
    /// </summary>
    /// <param name="pool">What there is to give, 0 or more, with no more places than <paramref name="places"/>.</param>
    /// <param name="sums">What each idea was given.</param>
    /// <param name="places">How many decimal places an amount has, 0 to 9.</param>
    /// <returns>An amount for each idea; all 0 when no idea has two contributions, and the pool is kept.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The pool has more places than an amount.</exception>
    public static decimal[] Split(decimal pool, IReadOnlyList<QuadraticSum> sums, int places = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pool);
        ArgumentOutOfRangeException.ThrowIfNegative(places);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(places, 9);
        if (decimal.Round(pool, places) != pool)
            throw new ArgumentException("The pool has more places than an amount.", nameof(pool));
        var smallest = new decimal(1, 0, 0, false, (byte)places);
        var amounts = new BigInteger(pool / smallest);
        var matches = sums.Select(sum => sum.Match).ToArray();
        var all = matches.Aggregate(BigInteger.Zero, (sum, match) => sum + match);
        var parts = new decimal[matches.Length];
        if (all.IsZero)
            return parts;
        var remainders = new BigInteger[matches.Length];
        var left = amounts;
        for (var i = 0; i < matches.Length; i++)
        {
            var part = BigInteger.DivRem(amounts * matches[i], all, out remainders[i]);
            parts[i] = (decimal)part * smallest;
            left -= part;
        }
        foreach (var i in Enumerable.Range(0, matches.Length).OrderByDescending(i => remainders[i]).Take((int)left))
            parts[i] += smallest;
        return parts;
    }
}
