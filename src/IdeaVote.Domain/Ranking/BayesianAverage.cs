namespace IdeaVote.Domain.Ranking;

/// <summary>
/// The mean of an idea's votes, drawn to what is usual by as many imagined votes: (v·R + m·C) ÷ (v + m). An idea needs votes to leave the
/// middle. Source: the formula that the Internet Movie Database gave for its former Top 250; it is the mean of a Dirichlet distribution
/// after v votes on top of a prior of m votes (see <see cref="BayesianInterval"/>).
/// </summary>
public static class BayesianAverage
{
    /// <summary>The average, as exact as decimals are: some 28 digits; out of the sum v·R of the votes, which is exact where a mean is rounded.</summary>
    /// <param name="sum">The sum of the idea's votes.</param>
    /// <param name="votes">v, how many votes it has, 0 or more.</param>
    /// <param name="priorVotes">m, how many votes the prior is worth, 0 or more.</param>
    /// <param name="priorMean">C, the mean that an idea has before anybody voted, commonly that of all votes of the campaign.</param>
    /// <returns>Null when neither the idea nor the prior has a vote.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of votes is negative.</exception>
    public static decimal? OfSum(decimal sum, long votes, decimal priorVotes, decimal priorMean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(votes);
        ArgumentOutOfRangeException.ThrowIfNegative(priorVotes);
        var mass = votes + priorVotes;
        return mass == 0 ? null : (sum + priorVotes * priorMean) / mass;
    }
}
