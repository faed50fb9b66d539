using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Benchmarks;

/// <summary>
/// How long the engine takes from nothing to ready after 1,000,000 votes, next to what SQLite itself takes to read the same
/// journal; and what memory the votes take.
/// </summary>
internal static class RestartFigures
{
    private const int Ideas = 10_000;
    private const int Voters = 100_000;
    private const int VotesEach = 10;
    private const int Rounds = 5;

    public static async Task RunAsync(Report report)
    {
        using var stopped = new TempFolder();
        using var killed = new TempFolder();
        var before = Live();
        var memory = await VoteAsync(stopped.Path, killed.Path) - before;

        List<double> raw = [], clean = [], crash = [];
        for (var i = 0; i < Rounds; i++)
        {
            raw.Add(ReadRaw(stopped.Path));
            clean.Add(await StartAsync(stopped.Path));
            using var copy = new TempFolder();
            foreach (var file in Directory.GetFiles(killed.Path))
                File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
            crash.Add(await StartAsync(copy.Path));
        }
        report.Title($"Restart after {Voters * VotesEach:N0} votes of {Voters:N0} voters on {Ideas:N0} ideas");
        report.Line("raw SQLite reads the journal", raw, "ms");
        report.Line("ready, after a stop", clean, "ms");
        report.Line("ready, after a kill with no snapshot of the last votes", crash, "ms");
        report.Ratio("after a stop ÷ raw", clean, raw, "≤ 3");
        report.Ratio("after a kill ÷ raw", crash, raw, "≤ 3");
        report.Note($"{"live memory per vote, all voters just active",-58} {memory / (Voters * VotesEach),12:N1} bytes      (aim: ≤ 100)");
    }

    /// <summary>Casts the votes, and leaves one folder as after a stop and one as after a kill.</summary>
    /// <returns>The live memory with the engine still running, in bytes.</returns>
    private static async Task<double> VoteAsync(string stopped, string killed)
    {
        await using var world = await EngineWorld.OpenAsync(stopped);
        await world.PrepareAsync(Ideas);
        var ideas = Enumerable.Range(0, Ideas).Select(EngineWorld.Idea).ToArray();
        await world.RateAsync(4_000, EngineWorld.Voters(0, Voters), ideas, VotesEach, (voter, round) => (voter * 31 + round * 977) % Ideas);
        foreach (var file in Directory.GetFiles(stopped))
            File.Copy(file, Path.Combine(killed, Path.GetFileName(file)));
        return Live();
    }

    private static double Live()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static async Task<double> StartAsync(string folder)
    {
        var started = Stopwatch.GetTimestamp();
        var world = await EngineWorld.OpenAsync(folder);
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        await world.DisposeAsync();
        return milliseconds;
    }

    private static double ReadRaw(string folder)
    {
        var started = Stopwatch.GetTimestamp();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "journal.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT position, campaign, body, hash FROM journal ORDER BY position";
        using var reader = command.ExecuteReader();
        long bytes = 0;
        while (reader.Read())
            bytes += reader.GetInt64(0) + reader.GetInt64(1) + reader.GetFieldValue<byte[]>(2).Length + reader.GetFieldValue<byte[]>(3).Length;
        return bytes > 0 ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : throw new InvalidOperationException("The journal is empty.");
    }
}
