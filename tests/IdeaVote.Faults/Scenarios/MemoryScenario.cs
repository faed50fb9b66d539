using System.Text;
using IdeaVote.Faults.Workload;

namespace IdeaVote.Faults.Scenarios;

/// <summary>There is little memory, and callers ask for more than there is: whatever the server does, what it acknowledged stays.</summary>
internal static class MemoryScenario
{
    private const int Callers = 24;
    private const int LeastMib = 48;

    public static async Task RunAsync(Report report, int cycles, int seed)
    {
        await using var world = new World(report, seed);
        await world.BeginAsync();
        await world.EndAsync();
        var deaths = 0;
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            report.NextCycle();
            world.HeapMib = LeastMib * (1 + cycle % 2);
            if (!await world.StartAsync())
                return;
            await world.VoteAsync(200, () => FillAsync(world));
            if (world.Server.HasExited)
            {
                // The runtime ends a process that has no memory left, and says so; whoever runs it starts it again.
                deaths++;
                await world.ExitAsync();
                if (!world.Server.Errors.Contains("memory", StringComparison.OrdinalIgnoreCase))
                    report.Find(Wrong.Unexplained, $"the server ended with {world.Server.ExitCode}: {world.Server.Output}");
            }
            else
                await world.Server.KillAsync();
            world.HeapMib = null;
            if (!await world.StartAsync())
                return;
            await world.CheckAsync();
            await world.EndAsync();
        }
        report.Notes.Add($"with {LeastMib} or {LeastMib * 2} MiB for objects the server ran out of memory {deaths} times");
    }

    /// <summary>Large bodies and large answers, many at once.</summary>
    private static async Task FillAsync(World world)
    {
        var text = new string('x', 19_000);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            try
            {
                for (var i = 0; i < 10; i++)
                {
                    var lines = new StringBuilder();
                    for (var line = 0; line < 2_000; line++)
                        lines.Append($"{{\"line\":{line},\"voter\":\"memory-{caller}-{line}\",\"approve\":[]}}\n");
                    using var ballots = new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
                    using var response = await world.Client.PostAsync(new Uri($"api/v1/campaigns/{Api.Campaign}/ballots", UriKind.Relative), ballots);
                    await response.Content.ReadAsByteArrayAsync();
                    using var idea = new StringContent($$"""{"title":"{{text[..100]}}","body":"{{text}}"}""", Encoding.UTF8, "application/json");
                    using var refused = await world.Client.PostAsync(new Uri("api/v1/campaigns/none/ideas", UriKind.Relative), idea);
                    await Api.FeedAsync(world.Client);
                }
            }
            catch (Exception e) when (Answers.IsNone(e))
            {
                // The server is gone, or has no room for this caller.
            }
        }));
    }
}
