namespace IdeaVote.Faults.Scenarios;

/// <summary>The disk fills up while votes come in; later there is room again.</summary>
internal static class DiskFullScenario
{
    private const int MostRoom = 600_000;

    public static async Task RunAsync(Report report, int cycles, int seed)
    {
        await using var world = new World(report, seed, hasFaultyDisk: true);
        await world.BeginAsync();
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            report.NextCycle();
            world.Control!.RoomBytes = world.Random.Next(MostRoom);
            await world.VoteAsync(int.MaxValue, () => Task.CompletedTask);
            await world.StopsAsync("The disk is full");
            // Still full: it may say so again, or serve what it has.
            if (await (await world.LaunchAsync()).IsUpAsync())
                await world.KillAsync();
            else
                await world.StopsAsync(world.Data);
            world.Control.Heal();
            if (cycle % 3 == 2)
                world.LosePower(isLucky: true);
            if (!await world.StartAsync())
                return;
            await world.CheckAsync(verify: cycle % 10 == 0);
        }
    }
}
