using IdeaVote.Domain.Ranking;
using Xunit.Abstractions;

namespace IdeaVote.Domain.Tests.Ranking.Coverage;

/// <summary>A method's coverage and mean width for each truth and number of voters, printed as it is made.</summary>
internal sealed class CoverageTable
{
    /// <summary>Up to so many voters every outcome is gone through, and the coverage is exact.</summary>
    private const int Exact = 20;

    private readonly ITestOutputHelper output;
    private readonly Func<int[], Interval> method;
    private readonly Dictionary<(int, int, int, int, int), Interval> known = [];

    public CoverageTable(ITestOutputHelper output, string name, Func<int[], Interval> method)
    {
        (this.output, this.method) = (output, method);
        output.WriteLine($"{name}: coverage (width); exact up to {Exact} voters, else {Trials.Count} trials");
        output.WriteLine($"{"",-24}" + string.Concat(Truth.Sizes.Select(n => $"{"n = " + n,17}")));
    }

    /// <summary>One line of the table: for each number of voters the coverage, and how far chance may have moved it.</summary>
    public List<(int Voters, double Coverage, double Chance)> Line(Truth truth, int seed)
    {
        var cells = new List<(int Voters, double Coverage, double Chance)>();
        var line = $"{truth.Name,-24}";
        foreach (var n in Truth.Sizes)
        {
            var (coverage, width) = Cell(truth, n, new Sampling(seed + n));
            cells.Add((n, coverage, n <= Exact ? 1e-9 : Trials.Chance(Trials.Count)));
            line += $"  {coverage,7:P1} ({width:F3})";
        }
        output.WriteLine(line);
        return cells;
    }

    private (double Coverage, double Width) Cell(Truth truth, int voters, Sampling sampling)
    {
        double coverage = 0, width = 0;
        void Count(int[] counts, double probability)
        {
            var interval = Of(counts);
            width += probability * interval.Width;
            // The truth's own mean is rounded.
            if (interval.Low <= truth.Mean + 1e-9 && interval.High >= truth.Mean - 1e-9)
                coverage += probability;
        }
        if (voters <= Exact)
            Sampling.All(truth.Shares, voters, Count);
        else
            for (var trial = 0; trial < Trials.Count; trial++)
                Count(sampling.Draw(truth.Shares, voters), 1.0 / Trials.Count);
        return (coverage, width);
    }

    private Interval Of(int[] counts)
    {
        var key = (counts[0], counts[1], counts[2], counts[3], counts[4]);
        if (!known.TryGetValue(key, out var interval))
            known[key] = interval = method(counts);
        return interval;
    }
}
