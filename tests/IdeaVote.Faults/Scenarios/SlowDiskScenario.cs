namespace IdeaVote.Faults.Scenarios;

/// <summary>Every write and sync takes long: votes do too, and nothing else changes.</summary>
internal static class SlowDiskScenario
{
    public static async Task RunAsync(Report report, int cycles, int seed)
    {
        await using var world = new World(report, seed, hasFaultyDisk: true);
        await world.BeginAsync();
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            report.NextCycle();
            world.Control!.Delay = TimeSpan.FromMilliseconds(world.Random.Next(2, 30));
            await world.VoteAsync(150, cycle % 2 == 0 ? world.KillAsync : world.EndAsync);
            world.Control.Heal();
            if (cycle % 2 == 0)
                world.LosePower(isLucky: false);
            if (!await world.StartAsync())
                return;
            await world.CheckAsync();
        }
    }
}
