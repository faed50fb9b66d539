using System.Globalization;
using System.Runtime;
using IdeaVote.Benchmarks;
using IdeaVote.Benchmarks.Load;

var figures = new Dictionary<string, Func<Report, Task>>(StringComparer.Ordinal)
{
    // First: it also measures memory, and the others leave some behind.
    ["restart"] = RestartFigures.RunAsync,
    ["engine"] = EngineFigures.RunAsync,
    ["http"] = HttpFigures.RunAsync,
    ["ballots"] = BallotFigures.RunAsync,
    ["leaderboard"] = LeaderboardFigures.RunAsync,
    ["rankings"] = RankingFigures.RunAsync,
    ["weights"] = WeightFigures.RunAsync,
    ["export"] = ExportFigures.RunAsync,
    ["allocation"] = AllocationFigures.RunAsync,
    ["portal"] = PortalFigures.RunAsync,
    ["load"] = LoadFigures.RunAsync,
};
if (args is [BareKestrel.Command, var bytes])
{
    await BareKestrel.ServeAsync(int.Parse(bytes, CultureInfo.InvariantCulture));
    return 0;
}
var wanted = args.Length == 0 ? [.. figures.Keys] : args;
if (wanted.Except(figures.Keys, StringComparer.Ordinal).ToList() is { Count: > 0 } unknown)
{
    Console.Error.WriteLine($"There is no figure '{unknown[0]}'; there are: {string.Join(", ", figures.Keys)}.");
    return 2;
}

Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {(GCSettings.IsServerGC ? "server" : "workstation")} GC");
var report = new Report(Console.Out);
foreach (var figure in wanted)
    await figures[figure](report);
return 0;
