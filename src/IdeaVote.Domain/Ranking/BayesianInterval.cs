using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Ranking;

/// <summary>
/// What is believed of an idea's true mean of stars, if ideas are as the prior says: the middle 95 % of the Dirichlet distribution whose
/// parameters are the prior's votes and the idea's together. Its mean is the <see cref="BayesianAverage"/>. The quantiles are those of
/// the beta distribution with the same mean and variance. Source: A. Gelman et al., "Bayesian Data Analysis" (3rd ed., 2013), 3.4.
/// </summary>
/// <remarks>
/// This is a credible interval. Over ideas drawn as the prior says it holds the true mean of 95 in 100. For one idea
/// that is unlike the prior nothing of the kind is promised. With a prior of 50 votes around 3, the mean of an idea that 60 % of
/// all voters would give 5 stars (4.3) lies outside with a hundred votes and is inside in six of ten cases with a thousand; where everybody gives
/// 5 stars it stays outside. That is what shrinking means; who wants a promise for each idea takes <see cref="RatingInterval"/>, whose
/// middle is the plain mean.
/// </remarks>
public static class BayesianInterval
{
    /// <summary>The interval.</summary>
    /// <param name="counts">How many voters gave 1, 2, 3, 4 and 5 stars: five numbers, each 0 or more.</param>
    /// <param name="prior">
    /// How many votes for 1, 2, 3, 4 and 5 stars the prior is worth, in parts of a vote: five numbers, each 0 or more. Their sum is the
    /// average's m and their mean its C; see <see cref="Prior"/>.
    /// </param>
    /// <returns>In stars; from 1 to 5 when there is no vote and no prior.</returns>
    /// <exception cref="ArgumentException">There are not five counts and five parts of the prior.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static Interval Of(ReadOnlySpan<int> counts, ReadOnlySpan<double> prior)
    {
        if (counts.Length != Scores.MaxStars || prior.Length != Scores.MaxStars)
            throw new ArgumentException("There must be five counts and five parts of the prior.", nameof(counts));
        var moments = StarMoments.Of(counts);
        for (var i = 0; i < prior.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(prior[i], nameof(prior));
            moments = moments.With(i / (Scores.MaxStars - 1.0), prior[i]);
        }
        if (moments.Mass == 0)
            return new Interval(1, Scores.MaxStars);
        var mean = new MeanOfMeans();
        mean.Add(1, moments);
        return new Interval(
            StarMoments.ToStars(mean.Quantile(Interval.Tail, 0)), StarMoments.ToStars(mean.Quantile(1 - Interval.Tail, 0)));
    }

    /// <summary>A prior that votes as all the campaign's voters did: its shares are theirs.</summary>
    /// <param name="votes">m, how many votes it is worth, 0 or more.</param>
    /// <param name="counts">
    /// How many ratings of the whole campaign give 1, 2, 3, 4 and 5 stars; their mean is C. Without any, each is as likely.
    /// </param>
    /// <returns>Five parts that add up to <paramref name="votes"/>.</returns>
    /// <exception cref="ArgumentException">There are not five counts.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static double[] Prior(double votes, ReadOnlySpan<long> counts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(votes);
        if (counts.Length != Scores.MaxStars)
            throw new ArgumentException("There must be five counts.", nameof(counts));
        double all = 0;
        foreach (var count in counts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(counts));
            all += count;
        }
        var prior = new double[Scores.MaxStars];
        for (var i = 0; i < prior.Length; i++)
            prior[i] = votes * (all == 0 ? 1.0 / Scores.MaxStars : counts[i] / all);
        return prior;
    }
}
