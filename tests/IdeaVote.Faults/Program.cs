using System.CommandLine;
using IdeaVote.Faults;
using IdeaVote.Faults.Scenarios;

var cycles = new Option<int>("--cycles") { Description = "How often the server is killed; everything else is done in proportion.", DefaultValueFactory = _ => 20 };
var seed = new Option<int>("--seed") { Description = "Decides when and how.", DefaultValueFactory = _ => 20_261_122 };
var only = new Option<string[]>("--only") { Description = $"Which of: {string.Join(", ", Scenario.All.Select(s => s.Name))}.", AllowMultipleArgumentsPerToken = true };
var command = new RootCommand("Breaks a real server in many ways, and looks each time whether anything acknowledged is lost or counted twice.") { cycles, seed, only };
command.SetAction(async (parsed, stop) =>
{
    var wanted = parsed.GetValue(only) is { Length: > 0 } names ? Scenario.All.Where(s => names.Contains(s.Name, StringComparer.Ordinal)).ToList() : Scenario.All;
    var reports = new List<Report>();
    foreach (var scenario in wanted)
    {
        Console.Error.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {scenario.Name}");
        reports.Add(await scenario.RunAsync(Math.Max(1, parsed.GetValue(cycles) * scenario.Share / 100), parsed.GetValue(seed), stop));
    }
    Report.Write(reports, Console.Out);
    return reports.TrueForAll(report => report.Findings.Count == 0) ? 0 : 1;
});
// Whoever ends it wants to see what it came to so far.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(5) });
