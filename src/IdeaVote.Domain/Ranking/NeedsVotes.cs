namespace IdeaVote.Domain.Ranking;

/// <summary>
/// How much an idea needs further votes for deciding which are the best K: the probability that it stands on the wrong side of the score
/// that decides, times the width of its interval. Ours, after the measures that sequential selection goes by (S.-H. Kim and B. Nelson,
/// "Selecting the best system", Handbooks in Operations Research and Management Science 13 (2006)): doubt about the side says where a
/// vote could change the outcome, the width how much it would teach.
/// </summary>
public static class NeedsVotes
{
    /// <summary>The need.</summary>
    /// <param name="score">The idea's score now; its interval's middle, say, when it has none.</param>
    /// <param name="interval">The 95 % interval of the score; an idea without votes has the whole scale.</param>
    /// <param name="cutoff">The score that decides: that of the K-th best idea, or of the first beyond for those within.</param>
    /// <returns>
    /// Between 0, and half the width for an idea exactly at the cutoff. It falls when the interval narrows around the score and when the
    /// score moves away from the cutoff; where the interval ends before the cutoff it is at most a fortieth of the width. To be compared
    /// within one ranking.
    /// </returns>
    public static double Of(double score, Interval interval, double cutoff)
    {
        var gap = Math.Abs(score - cutoff);
        // How far the interval reaches towards the cutoff stands for the error on that side.
        var reach = cutoff >= score ? interval.High - score : score - interval.Low;
        if (gap > 0 && reach <= 0)
            return 0;
        var wrong = gap == 0 ? 0.5 : NormalDistribution.Cumulative(-gap / reach * Interval.Z);
        return wrong * interval.Width;
    }

    /// <summary>The need as a key to rank by (see <see cref="RankKey"/>).</summary>
    /// <param name="score">The idea's score now.</param>
    /// <param name="interval">The 95 % interval of the score.</param>
    /// <param name="cutoff">The score that decides.</param>
    public static long Key(double score, Interval interval, double cutoff) => RankKey.Of(Of(score, interval, cutoff));
}
