namespace IdeaVote.Faults.Scenarios;

/// <summary>The process dies at any moment: while votes come in, while it starts, while it folds what it finds, while it ends.</summary>
internal static class KillScenario
{
    /// <summary>So many deaths each folder sees; a longer history would only make each look at it longer.</summary>
    private const int DeathsOfAFolder = 25;
    private const int MostVotes = 500;

    public static async Task RunAsync(Report report, int cycles, int seed)
    {
        for (var first = 0; first < cycles; first += DeathsOfAFolder)
        {
            await using var world = new World(report, seed + first);
            await world.BeginAsync();
            for (var cycle = first; cycle < Math.Min(cycles, first + DeathsOfAFolder); cycle++)
            {
                report.NextCycle();
                await DieAsync(world, cycle % 5);
                if (!await world.StartAsync())
                    return;
                await world.CheckAsync(verify: cycle % 10 == 0);
            }
        }
    }

    private static async Task DieAsync(World world, int way)
    {
        var votes = world.Random.Next(1, MostVotes);
        switch (way)
        {
            case 3:
                // Told to end under load, and killed while it does; perhaps just after.
                await world.VoteAsync(votes, async () =>
                {
                    world.Server.AskToEnd();
                    await Task.WhenAny(world.Server.ExitAsync(), Task.Delay(world.Random.Next(150)));
                    await world.Server.KillAsync();
                });
                world.CheckOutput();
                break;
            case 4:
                await world.VoteAsync(votes, world.EndAsync);
                break;
            default:
                await world.VoteAsync(votes, world.Server.KillAsync);
                world.CheckOutput();
                break;
        }
        if (way != 2)
            return;
        // Dies twice more while it starts on what the first death left.
        for (var deaths = 0; deaths < 2; deaths++)
        {
            var next = await world.LaunchAsync();
            await Task.WhenAny(next.IsUpAsync(), Task.Delay(world.Random.Next(1_500)));
            await world.KillAsync();
        }
    }
}
