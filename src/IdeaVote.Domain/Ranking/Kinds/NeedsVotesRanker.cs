using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>Ranks by where a next vote teaches most about who is among the top (<see cref="NeedsVotes"/>).</summary>
internal sealed class NeedsVotesRanker : IRanker
{
    private readonly NeedCounts counts;
    private readonly long[] keys;
    private readonly (double Score, Interval Interval)[] estimates;
    private readonly double lastInside;
    private readonly double firstOutside;
    private readonly bool[] isInside;

    /// <summary>Works the needs out.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="places">How many places there are to win.</param>
    public NeedsVotesRanker(NeedCounts counts, int places)
    {
        this.counts = counts;
        estimates = counts.Estimates();
        int[] order = [.. Enumerable.Range(0, counts.Ideas).Where(counts.IsRanked).OrderByDescending(i => estimates[i].Score)];
        isInside = new bool[counts.Ideas];
        foreach (var i in order.Take(places))
            isInside[i] = true;
        lastInside = order.Length == 0 ? 0 : estimates[order[Math.Min(places, order.Length) - 1]].Score;
        // Where all win there is nobody to lose against.
        firstOutside = order.Length > places ? estimates[order[places]].Score : double.NegativeInfinity;
        keys = new long[counts.Ideas];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = counts.IsRanked(i) ? Need(i) : Score.NoScore;
    }

    public long Key(IdeaTally idea) => idea.Ordinal < keys.Length ? keys[idea.Ordinal] : Score.NoScore;

    public int Votes(IdeaTally idea) => counts.Votes(idea);

    public ScoreDetail Detail(IdeaTally idea, Board board)
    {
        if (Key(idea) == Score.NoScore)
            return ScoreDetail.Plain(null, "no_votes");
        var (score, interval) = estimates[idea.Ordinal];
        return ScoreDetail.Plain(
            (decimal)Key(idea) / RankKey.PartsOfOne, "not_an_estimate",
            ScoreTerm.Of("estimate", score), ScoreTerm.Of("low", interval.Low), ScoreTerm.Of("high", interval.High),
            ScoreTerm.Of("cutoff", isInside[idea.Ordinal] && !double.IsInfinity(firstOutside) ? firstOutside : lastInside));
    }

    private long Need(int idea)
    {
        var (score, interval) = estimates[idea];
        if (!isInside[idea])
            return NeedsVotes.Key(score, interval, lastInside);
        return double.IsInfinity(firstOutside) ? 0 : NeedsVotes.Key(score, interval, firstOutside);
    }
}
