namespace IdeaVote.Domain.Allocation;

/// <summary>A ballot that supports a project.</summary>
/// <param name="Weight">The weight it gives, above 0; a whole number, as a double for the arithmetic with bounds.</param>
/// <param name="Voters">How many voters handed the ballot in; likewise.</param>
/// <param name="Group">The ballot.</param>
internal readonly record struct Supporter(double Weight, double Voters, int Group);

/// <summary>
/// The ballots by project: project p's supporters are the rows from <see cref="Start"/>[p] up to, not including,
/// <see cref="Start"/>[p + 1]. Only weights above 0 are support; scores count all.
/// </summary>
internal sealed class SupporterTable
{
    /// <summary>Turns the ballots round.</summary>
    public SupporterTable(int projects, BallotTable ballots)
    {
        Start = new int[projects + 1];
        Score = new long[projects];
        Voters = new long[projects];
        Weight = new long[projects];
        foreach (var entry in ballots.Entries)
            Start[entry.Project + 1] += entry.Weight > 0 ? 1 : 0;
        for (var p = 0; p < projects; p++)
            Start[p + 1] += Start[p];
        Rows = new Supporter[Start[projects]];
        var next = Start[..projects];
        for (var g = 0; g < ballots.Groups; g++)
        {
            var count = ballots.Count[g];
            foreach (var (project, weight) in ballots.Of(g))
            {
                Score[project] += (long)weight * count;
                if (weight <= 0)
                    continue;
                Weight[project] += (long)weight * count;
                Voters[project] += count;
                Rows[next[project]++] = new Supporter(weight, count, g);
            }
        }
    }

    /// <summary>Where each project's rows begin.</summary>
    public int[] Start { get; }

    /// <summary>All rows.</summary>
    public Supporter[] Rows { get; }

    /// <summary>Each project's sum of weights.</summary>
    public long[] Score { get; }

    /// <summary>How many voters support each project.</summary>
    public long[] Voters { get; }

    /// <summary>Each project's sum of the weights above 0.</summary>
    public long[] Weight { get; }

    /// <summary>One project's supporters.</summary>
    public ReadOnlySpan<Supporter> Of(int project) => Rows.AsSpan(Start[project]..Start[project + 1]);
}
