namespace IdeaVote.Domain.Ranking;

/// <summary>
/// Ratings that move with every duel. Source: A. Elo, "The Rating of Chessplayers, Past and Present" (1978). They depend on the order of
/// the duels and have no interval, so a leaderboard is better fitted to all duels at once (<see cref="BradleyTerry"/>); they are for
/// whoever wants a rating at once.
/// </summary>
public static class Elo
{
    /// <summary>Where everybody begins, in points.</summary>
    public const double Start = 1500;

    /// <summary>The most points that one duel moves: 32, as chess federations long gave to players below the masters.</summary>
    public const double K = 32;

    /// <summary>How many points ahead make the odds ten to one.</summary>
    public const double Scale = 400;

    /// <summary>The expected score of a first against a second: 1 ÷ (1 + 10^((second − first) ÷ 400)), between 0 and 1.</summary>
    /// <param name="first">The rating of the one asked about, in points.</param>
    /// <param name="second">The rating of the other, in points.</param>
    public static double Expectation(double first, double second) => 1 / (1 + Math.Pow(10, (second - first) / Scale));

    /// <summary>Both ratings after a duel. What one wins the other loses, so that the sum stays.</summary>
    /// <param name="first">The first's rating before, in points.</param>
    /// <param name="second">The second's rating before, in points.</param>
    /// <param name="score">What the first made of it: 1 for a win, 0 for a loss, ½ for neither.</param>
    /// <param name="k">The most points to move, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The score is not between 0 and 1, or <paramref name="k"/> not above 0.</exception>
    public static (double First, double Second) After(double first, double second, double score, double k = K)
    {
        if (!(score >= 0 && score <= 1))
            throw new ArgumentOutOfRangeException(nameof(score), score, "A score lies between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        var moved = k * (score - Expectation(first, second));
        return (first + moved, second - moved);
    }
}
