namespace IdeaVote.Domain.Ranking;

/// <summary>The normal distribution with mean 0 and variance 1.</summary>
public static class NormalDistribution
{
    /// <summary>
    /// The probability of a value up to <paramref name="x"/>, right to 14 places. Source: G. West, "Better approximations to cumulative
    /// normal functions", Wilmott Magazine (May 2005), after J. F. Hart et al., "Computer Approximations" (1968), algorithm 5666.
    /// </summary>
    /// <param name="x">Any number but NaN.</param>
    public static double Cumulative(double x)
    {
        var far = Math.Abs(x);
        var tail = far > 37 ? 0 : Math.Exp(-far * far / 2) * (far < 7.07106781186547 ? Near(far) : Far(far));
        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>
    /// The value that a normal variable stays below with probability <paramref name="p"/>, right to 12 places. Source: M. J. Wichura,
    /// algorithm AS 241 (PPND7), Applied Statistics 37 (1988), doi 10.2307/2347330, and a Newton step that doubles its seven places.
    /// </summary>
    /// <param name="p">Above 0 and below 1; between 1e-300 and 1 − 1e-15 for that accuracy.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double Quantile(double p)
    {
        if (!(p > 0 && p < 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability must lie between 0 and 1.");
        var start = Start(p);
        // On the lower half, because there the probability keeps its digits.
        return start <= 0 ? Improve(start, p) : -Improve(-start, 1 - p);
    }

    private static double Improve(double x, double p) =>
        x - (Cumulative(x) - p) * Math.Sqrt(2 * Math.PI) * Math.Exp(x * x / 2);

    private static double Start(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var r = 0.180625 - q * q;
            return q * (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)
                / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1);
        }
        var tail = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p));
        double x;
        if (tail <= 5)
        {
            tail -= 1.6;
            x = (((0.17023821103 * tail + 1.3067284816) * tail + 2.7568153900) * tail + 1.4234372777)
                / ((0.12021132975 * tail + 0.73700164250) * tail + 1);
        }
        else
        {
            tail -= 5;
            x = (((0.017337203997 * tail + 0.42868294337) * tail + 3.0812263860) * tail + 6.6579051150)
                / ((0.012258202635 * tail + 0.24197894225) * tail + 1);
        }
        return q < 0 ? -x : x;
    }

    private static double Near(double x) =>
        ((((((0.0352624965998911 * x + 0.700383064443688) * x + 6.37396220353165) * x + 33.912866078383) * x + 112.079291497871) * x
            + 221.213596169931) * x + 220.206867912376)
        / (((((((0.0883883476483184 * x + 1.75566716318264) * x + 16.064177579207) * x + 86.7807322029461) * x + 296.564248779674) * x
            + 637.333633378831) * x + 793.826512519948) * x + 440.413735824752);

    private static double Far(double x) => 1 / ((x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) * 2.506628274631);
}
