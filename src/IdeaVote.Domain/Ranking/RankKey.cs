namespace IdeaVote.Domain.Ranking;

/// <summary>
/// Turns a floating-point score into a whole number that may decide a rank. The last bits of a logarithm or a long sum differ between
/// machines; at nine places they do not, so that two servers with the same votes rank, and tie, alike.
/// </summary>
public static class RankKey
{
    /// <summary>A key is in so many parts of 1.</summary>
    public const int PartsOfOne = 1_000_000_000;

    /// <summary>The score in billionths, rounded half to even.</summary>
    /// <param name="score">The score; between −9,000,000,000 and 9,000,000,000.</param>
    /// <exception cref="OverflowException">The score is out of that range, or not a number.</exception>
    public static long Of(double score) => checked((long)Math.Round(score * PartsOfOne));
}
