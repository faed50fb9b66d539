namespace IdeaVote.Domain.Ranking;

/// <summary>
/// The 95 % interval of a share, such as the part of voters who approve. Source: E. B. Wilson, "Probable inference, the law of
/// succession, and statistical inference", Journal of the American Statistical Association 22 (1927), with z = 1.959964.
/// </summary>
/// <remarks>
/// Its coverage, averaged over all shares, lies between 94 and 96 % for any number of votes. For a single share close to 0 or 1 it can be
/// lower: with 2 % and five votes it is 90 %. It uses no more than square roots, so its bits are the same on every machine.
/// </remarks>
public static class Wilson
{
    /// <summary>The interval of a share, out of votes; from 0 to 1 when there are none.</summary>
    /// <param name="yes">How many votes say yes, 0 to <paramref name="votes"/>.</param>
    /// <param name="votes">How many votes there are, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Interval Of(long yes, long votes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(yes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(yes, votes);
        if (votes == 0)
            return new Interval(0, 1);
        const double Z2 = Interval.Z * Interval.Z;
        double n = votes, share = yes / n;
        var middle = (share + Z2 / (2 * n)) / (1 + Z2 / n);
        var reach = Interval.Z / (1 + Z2 / n) * Math.Sqrt(share * (1 - share) / n + Z2 / (4 * n * n));
        // At the ends the formula is 0 and 1 but for rounding.
        return new Interval(yes == 0 ? 0 : middle - reach, yes == votes ? 1 : middle + reach);
    }
}
