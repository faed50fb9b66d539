using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>
/// Ranks by the strength that duels show. Elo's points are the same strength on his scale, around 1,500: fitted to all duels at once, they
/// depend on no order in which the duels came.
/// </summary>
/// <param name="strengths">The strength of each idea, by ordinal.</param>
/// <param name="inPoints">Whether the score is in Elo's points, rather than the probability to win against the average idea.</param>
public sealed class DuelRanker(Strength[] strengths, bool inPoints) : IRanker
{
    /// <summary>The strength of each idea, by ordinal.</summary>
    public IReadOnlyList<Strength> Strengths => strengths;

    /// <inheritdoc/>
    public long Key(IdeaTally idea) => Has(idea) ? strengths[idea.Ordinal].Key : Score.NoScore;

    /// <inheritdoc/>
    public int Votes(IdeaTally idea) => Has(idea) ? (int)strengths[idea.Ordinal].Duels : 0;

    /// <inheritdoc/>
    public ScoreDetail Detail(IdeaTally idea, Board board)
    {
        if (!Has(idea))
            return ScoreDetail.Plain(null, "no_votes");
        var strength = strengths[idea.Ordinal];
        ScoreTerm[] terms = [new("duels", strength.Duels), ScoreTerm.Of("strength", strength.Score), ScoreTerm.Of("variance", strength.Variance)];
        var (low, high) = (strength.Interval.Low, strength.Interval.High);
        var points = Elo.Points(strength.Score);
        // Against the average idea.
        return inPoints
            ? ScoreDetail.Sure(
                Math.Round((decimal)points, 6), new Interval(Elo.Points(low), Elo.Points(high)), [.. terms, ScoreTerm.Of("expectation", Elo.Expectation(points, Elo.Start))])
            : ScoreDetail.Sure(Math.Round((decimal)strength.Probability, 6), strength.ProbabilityInterval, [.. terms]);
    }

    private bool Has(IdeaTally idea) => idea.Ordinal < strengths.Length && strengths[idea.Ordinal].Duels > 0;
}
