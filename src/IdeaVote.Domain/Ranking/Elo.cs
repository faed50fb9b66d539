namespace IdeaVote.Domain.Ranking;

/// <summary>
/// The scale of Elo's ratings: a first of two wins with odds of ten to one where it is 400 points ahead. Source: A. Elo, "The Rating of
/// Chessplayers, Past and Present" (1978). His own ratings move with every duel, depend on the order of the duels and have no interval; here
/// strengths are fitted to all duels at once (<see cref="BradleyTerry"/>, the same model) and only written in his points.
/// </summary>
public static class Elo
{
    /// <summary>What the average idea has, in points.</summary>
    public const double Start = 1500;

    /// <summary>How many points ahead make the odds ten to one.</summary>
    public const double Scale = 400;

    /// <summary>The points of a strength.</summary>
    /// <param name="strength">The natural logarithm of the odds against the average idea.</param>
    public static double Points(double strength) => Start + Scale / Math.Log(10) * strength;

    /// <summary>The expected score of a first against a second: 1 ÷ (1 + 10^((second − first) ÷ 400)), between 0 and 1.</summary>
    /// <param name="first">The rating of the one asked about, in points.</param>
    /// <param name="second">The rating of the other, in points.</param>
    public static double Expectation(double first, double second) => 1 / (1 + Math.Pow(10, (second - first) / Scale));
}
