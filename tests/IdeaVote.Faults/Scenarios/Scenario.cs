using IdeaVote.Faults.Disk;

namespace IdeaVote.Faults.Scenarios;

/// <summary>One way to break a server.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Share">How many of its cycles there are for each hundred of the long run.</param>
/// <param name="NeedsShim">Whether it needs the disk that fails.</param>
/// <param name="Break">Breaks it so many times.</param>
internal sealed record Scenario(string Name, int Share, bool NeedsShim, Func<Report, int, int, Task> Break)
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("kill", 100, false, KillScenario.RunAsync),
        new("power", 30, true, PowerScenario.RunAsync),
        new("disk-full", 10, true, DiskFullScenario.RunAsync),
        new("disk-error", 16, true, DiskErrorScenario.RunAsync),
        new("slow-disk", 4, true, SlowDiskScenario.RunAsync),
        new("clock", 6, true, ClockScenario.RunAsync),
        new("damage", 100, false, DamageScenario.RunAsync),
        new("files", 10, false, FilesScenario.RunAsync),
        new("clients", 4, false, ClientsScenario.RunAsync),
        new("memory", 4, false, MemoryScenario.RunAsync),
    ];

    /// <summary>Runs it, if this machine can.</summary>
    public async Task<Report> RunAsync(int cycles, int seed, CancellationToken stop = default)
    {
        if (NeedsShim && FaultShim.WhyNot is { } why)
            return new Report(Name) { Skipped = why };
        var report = new Report(Name, stop);
        try
        {
            await Break(report, cycles, seed);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            report.Notes.Add("ended before all was done");
        }
        // Whatever it was: the other scenarios have their turn, and this one did not do what it should.
        catch (Exception e)
        {
            report.Find(Wrong.Unexplained, $"the run broke off: {e}");
        }
        return report;
    }
}
