namespace IdeaVote.Domain.Ranking;

/// <summary>The beta distribution between 0 and 1, with density ∝ x^(a−1)·(1−x)^(b−1).</summary>
public static class BetaDistribution
{
    private const double Tiny = 1e-300;
    private const int MaxTerms = 2_000;

    /// <summary>
    /// The probability of a value up to <paramref name="x"/> (the regularised incomplete beta function), right to 10 places. Source:
    /// NIST Digital Library of Mathematical Functions, 8.17.22, summed by Lentz's method.
    /// </summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <param name="x">Any number; 0 below it, 1 above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not above 0.</exception>
    public static double Cumulative(double a, double b, double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(b);
        return Cumulative(a, b, x, LogBeta(a, b));
    }

    internal static double Cumulative(double a, double b, double x, double logBeta)
    {
        if (x <= 0)
            return 0;
        if (x >= 1)
            return 1;
        var front = Math.Exp(a * Math.Log(x) + b * Math.Log(1 - x) - logBeta);
        // The fraction converges fast on its own side of the mean; the other side is its mirror image.
        return x < (a + 1) / (a + b + 2) ? front * Fraction(a, b, x) / a : 1 - front * Fraction(b, a, 1 - x) / b;
    }

    /// <summary>ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a+b).</summary>
    internal static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);

    /// <summary>ln Γ(x) for x above 0, right to 12 places: Stirling's series (DLMF 5.11.1) beyond 8, the recurrence below.</summary>
    internal static double LogGamma(double x)
    {
        double product = 1;
        for (; x < 8; x++)
            product *= x;
        double inverse = 1 / x, square = inverse * inverse;
        return (x - 0.5) * Math.Log(x) - x + 0.91893853320467274 - Math.Log(product)
            + inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188))));
    }

    private static double Fraction(double a, double b, double x)
    {
        double c = 1, d = 1 / Away(1 - (a + b) * x / (a + 1)), value = d;
        for (var m = 1; m <= MaxTerms; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / Away(1 + even * d);
            c = Away(1 + even / c);
            value *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / Away(1 + odd * d);
            c = Away(1 + odd / c);
            value *= d * c;
            if (Math.Abs(d * c - 1) < 1e-11)
                break;
        }
        return value;
    }

    /// <summary>Keeps a denominator away from 0.</summary>
    private static double Away(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
