namespace IdeaVote.Domain.Ranking.Charts;

/// <summary>A scale whose steps are 1, 2 or 5 times a power of ten.</summary>
/// <param name="Low">Where it begins.</param>
/// <param name="Step">From one tick to the next; above 0.</param>
/// <param name="Ticks">How many steps it has, 1 or more.</param>
public sealed record ChartScale(double Low, double Step, int Ticks)
{
    /// <summary>Where it ends.</summary>
    public double High => Low + Ticks * Step;

    /// <summary>A scale on which all of some values are.</summary>
    /// <param name="values">The values; none for a scale from 0.</param>
    /// <param name="ticks">How many steps, 1 or more.</param>
    public static ChartScale Of(IEnumerable<double> values, int ticks)
    {
        var all = values.DefaultIfEmpty().ToList();
        var (low, high) = (all.Min(), all.Max());
        // Close to zero, zero is the natural beginning.
        if (low > 0 && low < high / 2)
            low = 0;
        var step = Nice((high - low) / ticks);
        while (Math.Floor(low / step) * step + ticks * step < high)
            step = Nice(step * 1.01);
        return new ChartScale(Math.Floor(low / step) * step, step, ticks);
    }

    /// <summary>Where a value is, 0 at the beginning and 1 at the end; beyond them, at them.</summary>
    public double Place(double value) => Math.Clamp((value - Low) / (Ticks * Step), 0, 1);

    private static double Nice(double least)
    {
        if (!(least > 0))
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (var times in new[] { 1, 2, 5, 10 })
            if (times * power >= least * (1 - 1e-12))
                return times * power;
        return 10 * power;
    }
}
