namespace IdeaVote.Faults.Scenarios;

/// <summary>
/// Files beside the journal are gone or full of nonsense: what can be made again from the journal is made again once it is deleted; what can't is
/// named, with the way out.
/// </summary>
internal static class FilesScenario
{
    private static readonly string[] Rebuilt = ["search.db", "backers.db", "discussions.db", "news.db", "invitations.db"];
    private static readonly string[] Needed = ["journal.db", "texts.db", "access.db", "accounts.db"];
    private static readonly string[] Lost = ["access.db", "journal.db", "texts.db"];

    public static async Task RunAsync(Report report, int cycles, int seed)
    {
        await using var world = new World(report, seed);
        await world.BeginAsync();
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            await world.VoteAsync(100, world.EndAsync);
            report.NextCycle();
            await MissingAsync(world, Lost[cycle % Lost.Length]);
            await NonsenseAsync(world, Needed[cycle % Needed.Length], isPutBack: true);
            var rebuilt = Rebuilt[cycle % Rebuilt.Length];
            await NonsenseAsync(world, rebuilt);
            Delete(world, rebuilt);
            if (!await world.StartAsync())
                return;
            await world.CheckAsync();
        }
    }

    /// <summary>A file that holds no database: the server says which, and ends.</summary>
    private static async Task NonsenseAsync(World world, string name, bool isPutBack = false)
    {
        var path = Path.Combine(world.Data, name);
        var whole = await File.ReadAllBytesAsync(path);
        var nonsense = new byte[whole.Length];
        world.Random.NextBytes(nonsense);
        await File.WriteAllBytesAsync(path, nonsense);
        await RefusesAsync(world, path);
        if (isPutBack)
            await File.WriteAllBytesAsync(path, whole);
    }

    private static async Task MissingAsync(World world, string name)
    {
        var path = Path.Combine(world.Data, name);
        var kept = path + ".kept";
        File.Move(path, kept);
        await RefusesAsync(world, world.Data);
        Delete(world, name);
        File.Move(kept, path);
    }

    private static async Task RefusesAsync(World world, string says)
    {
        if (await (await world.LaunchAsync()).IsUpAsync())
        {
            world.Report.Find(Wrong.Lost, $"a server serves without what is in {says}");
            await world.KillAsync();
            return;
        }
        await world.StopsAsync(says);
    }

    private static void Delete(World world, string name)
    {
        foreach (var path in (string[])[name, $"{name}-wal", $"{name}-shm"])
            File.Delete(Path.Combine(world.Data, path));
    }
}
