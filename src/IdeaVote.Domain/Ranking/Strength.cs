namespace IdeaVote.Domain.Ranking;

/// <summary>How strong an idea is in duels, as <see cref="BradleyTerry"/> estimates it.</summary>
/// <param name="Score">
/// The natural logarithm of its odds against an idea of the average score; the scores of all ideas add up to 0.
/// </param>
/// <param name="Variance">The variance of that estimate.</param>
/// <param name="Duels">How many duels it took part in.</param>
public readonly record struct Strength(double Score, double Variance, long Duels)
{
    /// <summary>The 95 % interval of the score.</summary>
    public Interval Interval => new(Score - Interval.Z * Math.Sqrt(Variance), Score + Interval.Z * Math.Sqrt(Variance));

    /// <summary>The probability to win against an idea of the average score, 0 to 1.</summary>
    public double Probability => Logistic(Score);

    /// <summary>The 95 % interval of that probability.</summary>
    public Interval ProbabilityInterval => new(Logistic(Interval.Low), Logistic(Interval.High));

    /// <summary>
    /// The score in millionths, rounded: what to rank by. Coarser than <see cref="RankKey"/>, because it is the end of an iteration.
    /// </summary>
    public long Key => (long)Math.Round(Score * Ranking.Score.Million);

    internal static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
