namespace IdeaVote.Faults.Scenarios;

/// <summary>The clock jumps while votes come in, and between two servers.</summary>
internal static class ClockScenario
{
    private static readonly TimeSpan[] Offsets =
    [
        TimeSpan.FromSeconds(-30), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(-90), TimeSpan.FromDays(400), TimeSpan.Zero,
        TimeSpan.FromDays(-4_000), TimeSpan.FromMilliseconds(-1),
    ];

    public static async Task RunAsync(Report report, int cycles, int seed)
    {
        await using var world = new World(report, seed, hasFaultyDisk: true);
        await world.BeginAsync();
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            report.NextCycle();
            await world.VoteAsync(200, async () =>
            {
                foreach (var offset in Offsets)
                {
                    world.Control!.ClockOffset = offset;
                    await world.Electorate.NextAsync(60);
                }
                await (cycle % 2 == 0 ? world.EndAsync() : world.KillAsync());
            });
            world.Control!.ClockOffset = Offsets[world.Random.Next(Offsets.Length)];
            if (!await world.StartAsync())
                return;
            await world.CheckAsync(verify: cycle % 10 == 0);
            world.Control.Heal();
        }
    }
}
