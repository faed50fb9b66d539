namespace IdeaVote.Faults.Scenarios;

/// <summary>Power fails in the middle of any change of any file: what was not synced is gone, or parts of it are not.</summary>
internal static class PowerScenario
{
    private const int LossesOfAFolder = 15;
    private const int MostChanges = 3_000;

    public static async Task RunAsync(Report report, int cycles, int seed)
    {
        for (var first = 0; first < cycles; first += LossesOfAFolder)
        {
            await using var world = new World(report, seed + first, hasFaultyDisk: true);
            await world.BeginAsync();
            for (var cycle = first; cycle < Math.Min(cycles, first + LossesOfAFolder); cycle++)
            {
                report.NextCycle();
                if (cycle % 5 == 4)
                    await FailAtStartAsync(world);
                else
                    await FailUnderLoadAsync(world, MostChanges);
                world.LosePower(isLucky: cycle % 2 == 1);
                if (!await world.StartAsync())
                    return;
                await world.CheckAsync(verify: cycle % 10 == 0);
            }
        }
    }

    /// <summary>Votes until power fails in the middle of one of the next changes.</summary>
    public static async Task FailUnderLoadAsync(World world, int mostChanges)
    {
        world.Control!.PowerOffAt = world.Control.Operations + world.Random.Next(100, mostChanges);
        await world.VoteAsync(int.MaxValue, () => Task.CompletedTask);
        await world.ExitAsync();
    }

    /// <summary>Votes, dies, and loses power while the next one folds and cleans up what it finds.</summary>
    private static async Task FailAtStartAsync(World world)
    {
        await world.VoteAsync(world.Random.Next(1, 300), world.Server.KillAsync);
        world.Control!.PowerOffAt = world.Control.Operations + world.Random.Next(1, 60);
        var next = await world.LaunchAsync();
        if (!await next.IsUpAsync())
            return;
        world.Server.AskToEnd();
        await world.ExitAsync();
    }
}
