namespace IdeaVote.Domain.Ranking;

/// <summary>
/// Points for places on ranked ballots: as many for the first as a ballot has places, one fewer for each further, none for
/// an idea that the ballot does not name. Source: J.-C. de Borda, "Mémoire sur les élections au scrutin" (1781).
/// </summary>
public static class Borda
{
    /// <summary>The points of an idea; a whole number, so that ties are ties.</summary>
    /// <param name="counts">How many ballots have the idea in first place, second, and so on; each 0 or more.</param>
    /// <param name="maxLength">How many places a ballot has, 1 or more; not fewer than there are counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or there are more counts than places.</exception>
    /// <exception cref="OverflowException">The points are more than 2^63.</exception>
    public static long Points(ReadOnlySpan<long> counts, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(counts.Length, maxLength, nameof(counts));
        long points = 0;
        for (var place = 0; place < counts.Length; place++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(counts[place], nameof(counts));
            points = checked(points + counts[place] * (maxLength - place));
        }
        return points;
    }
}
