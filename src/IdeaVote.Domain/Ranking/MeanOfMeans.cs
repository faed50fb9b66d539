namespace IdeaVote.Domain.Ranking;

/// <summary>A weighted mean of estimates, its variance, and the quantiles of the beta distribution that has both.</summary>
internal sealed class MeanOfMeans
{
    private double sum;
    private double variances;
    private double deviations;

    /// <summary>The sum of the weights.</summary>
    public double Weight { get; private set; }

    /// <summary>Takes in an estimate.</summary>
    public void Add(double weight, StarMoments moments)
    {
        var variance = moments.VarianceOfMean;
        Weight += weight;
        sum += weight * moments.Mean;
        variances += weight * weight * variance;
        deviations += weight * Math.Sqrt(variance);
    }

    /// <summary>The value that the weighted mean stays below with probability <paramref name="p"/>, 0 to 1.</summary>
    /// <param name="p">The probability.</param>
    /// <param name="correlation">The correlation of any two of the estimates.</param>
    public double Quantile(double p, double correlation)
    {
        var mean = sum / Weight;
        var variance = (correlation * deviations * deviations + (1 - correlation) * variances) / (Weight * Weight);
        // Everybody gave the same: there is nothing to spread but rounding errors.
        if (variance < 1e-12)
            return mean;
        var mass = mean * (1 - mean) / variance - 1;
        return BetaQuantile.Of(mean * mass, (1 - mean) * mass, p);
    }
}
