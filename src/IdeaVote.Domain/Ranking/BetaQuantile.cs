namespace IdeaVote.Domain.Ranking;

/// <summary>
/// The value that a beta variable stays below with a given probability: Newton's method with Halley's correction on
/// <see cref="BetaDistribution.Cumulative(double, double, double)"/>, kept between bounds that close in, so that it can't diverge.
/// </summary>
public static class BetaQuantile
{
    private const int MaxSteps = 200;

    /// <summary>The quantile, right to 8 places.</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <param name="p">The probability, 0 to 1.</param>
    /// <returns>Between 0 and 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not above 0, or the probability not between 0 and 1.</exception>
    public static double Of(double a, double b, double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(b);
        if (!(p >= 0 && p <= 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability must lie between 0 and 1.");
        if (p is 0 or 1)
            return p;
        var logBeta = BetaDistribution.LogBeta(a, b);
        double low = 0, high = 1, x = Start(a, b, p, logBeta);
        for (var step = 0; step < MaxSteps; step++)
        {
            var error = BetaDistribution.Cumulative(a, b, x, logBeta) - p;
            if (error > 0)
                high = x;
            else
                low = x;
            var newton = error / Math.Exp((a - 1) * Math.Log(x) + (b - 1) * Math.Log(1 - x) - logBeta);
            var bend = newton * ((a - 1) / x - (b - 1) / (1 - x)) / 2;
            var next = x - newton / (1 - Math.Clamp(bend, -0.5, 0.5));
            // The method triples the right digits: a step this small is the last that matters.
            if (Math.Abs(next - x) < 1e-5 * Math.Min(x, 1 - x))
                return next;
            x = next > low && next < high ? next : (low + high) / 2;
            if (high - low < 1e-12)
                break;
        }
        return x;
    }

    /// <summary>
    /// Where to begin: Abramowitz and Stegun 26.5.22 for a distribution with one hump, else the power law that the end follows which
    /// holds the probability.
    /// </summary>
    private static double Start(double a, double b, double p, double logBeta)
    {
        double x;
        if (a > 1 && b > 1)
        {
            var y = NormalDistribution.Quantile(p);
            double left = 1 / (2 * a - 1), right = 1 / (2 * b - 1), lambda = (y * y - 3) / 6, h = 2 / (left + right);
            var w = y * Math.Sqrt(h + lambda) / h - (left - right) * (lambda + 5.0 / 6 - 2 / (3 * h));
            x = a / (a + b * Math.Exp(-2 * w));
        }
        else if (p < a / (a + b))
        {
            x = Math.Exp((Math.Log(p * a) + logBeta) / a);
        }
        else
        {
            x = 1 - Math.Exp((Math.Log((1 - p) * b) + logBeta) / b);
        }
        return x > 0 && x < 1 ? x : 0.5;
    }
}
