using IdeaVote.Faults.Disk;

namespace IdeaVote.Faults.Scenarios;

/// <summary>
/// A write or a sync fails once. What a sync failed to write counts as written for the system and never reaches the disk, so that the next one
/// succeeds and proves nothing: a server that goes on as if nothing had been would lie.
/// </summary>
internal static class DiskErrorScenario
{
    private static readonly string[] Files = ["journal.db", "texts.db", "journal.db", "access.db", "journal.db", "", "search.db"];

    public static async Task RunAsync(Report report, int cycles, int seed)
    {
        await using var world = new World(report, seed, hasFaultyDisk: true);
        await world.BeginAsync();
        var hit = 0;
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            report.NextCycle();
            if (await FailAsync(world, Files[cycle % Files.Length], isSync: cycle % 2 == 0, atOnce: cycle % 3 != 0, kills: cycle % 4 is 1 or 2))
                hit++;
            world.Control!.Heal();
            // Whatever was acknowledged after the failure must not depend on what it lost.
            if (!world.Server.HasExited)
                await world.KillAsync();
            if (!await world.StartAsync())
                return;
            await world.CheckAsync();
            await world.VoteAsync(50, world.KillAsync);
            world.LosePower(isLucky: cycle % 4 == 3);
            if (!await world.StartAsync())
                return;
            await world.CheckAsync(verify: cycle % 10 == 0);
        }
        report.Notes.Add($"{world.Control!.Injected} calls failed, in {hit} of {cycles} cycles");
    }

    /// <summary>Votes on a disk that fails once.</summary>
    private static async Task<bool> FailAsync(World world, string file, bool isSync, bool atOnce, bool kills)
    {
        var votes = world.Random.Next(1, 200);
        var failed = world.Control!.Injected;
        using var stop = new CancellationTokenSource();
        // An idea is submitted first, so that texts are met as well.
        if (atOnce)
            Arm(world.Control!, file, isSync);
        var voting = world.Electorate.Vote(world.Client, stop.Token);
        await voting.ReachAsync(votes);
        if (!atOnce)
            Arm(world.Control!, file, isSync);
        // Now and then it is killed before it can end in good order: then its files are as they were at the failure.
        var reaching = voting.ReachAsync(votes + 300);
        if (kills)
        {
            while (!reaching.IsCompleted && world.Control!.Injected == failed)
                await Task.Delay(1);
            await world.Server.KillAsync();
        }
        var reached = await reaching;
        await stop.CancelAsync();
        await voting.EndAsync();
        if (!reached && !kills)
            await world.StopsAsync("failed. Check the disk");
        return world.Control!.Injected > failed;
    }

    private static void Arm(FaultControl control, string file, bool isSync)
    {
        control.Only = file;
        if (isSync)
            control.SyncErrors = 1;
        else
            control.WriteErrors = 1;
    }
}
