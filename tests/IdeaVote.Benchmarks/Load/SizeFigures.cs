using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Benchmarks.Load;

/// <summary>What many votes in one campaign take on the disk and in memory, beside raw SQLite that appends rows as large; and what idle listeners take.</summary>
internal static class SizeFigures
{
    private const int Listeners = 5_000;
    private const int Approvals = 10;
    private const int VotersAtOnce = 20_000;
    private const long Megabyte = 1_000_000;

    private static readonly long Votes = long.Parse(Environment.GetEnvironmentVariable("IDEAVOTE_LOAD_VOTES") ?? "1000000", CultureInfo.InvariantCulture);

    public static async Task RunAsync(Report report, int ideas)
    {
        await using var world = await LoadWorld.StartAsync(ideas);
        var (disk, cpu) = (world.DiskBytes, world.Server.ProcessorMicroseconds);
        var watch = Stopwatch.StartNew();
        for (long cast = 0; cast < Votes; cast += VotersAtOnce * Approvals)
            await world.VoteAsync(VotersAtOnce, Approvals);
        var seconds = watch.Elapsed.TotalSeconds;
        report.Title($"{Votes:N0} approvals of {Votes / Approvals:N0} voters in one campaign of {ideas:N0} ideas, by whole ballots");
        Note(report, "votes", Votes / seconds, "/s");
        Note(report, "processor time of the server", (world.Server.ProcessorMicroseconds - cpu) / Votes, "µs a vote");
        Note(report, "on the disk, snapshots included", (world.DiskBytes - disk) / (double)Votes, "bytes a vote");
        Note(report, "memory of the server", world.Server.WorkingSetBytes / (double)Megabyte, "MB");
        Note(report, "  the most it had", world.Server.PeakWorkingSetBytes / (double)Megabyte, "MB (aim: ≤ 1,500 with 10,000,000 votes)");
        var (rows, bytes) = Raw((int)Math.Min(Votes, 2_000_000));
        Note(report, "raw SQLite: rows of 100 bytes, 500 a commit, synced", rows, "/s");
        Note(report, "raw SQLite on the disk", bytes, "bytes a row");

        report.Title($"{Listeners:N0} open pages that listen and hear nothing");
        using var crowd = new Crowd();
        // The first few make what all of them share.
        await crowd.JoinAsync(world.Server.Address, 100);
        var before = world.Server.WorkingSetBytes;
        await crowd.JoinAsync(world.Server.Address, Listeners - 100);
        Note(report, "more memory of the server", (world.Server.WorkingSetBytes - before) / (double)Megabyte, "MB (aim: ≤ 100)");
    }

    private static void Note(Report report, string name, double value, string unit) => report.Note($"{name,-58} {value,12:N1} {unit}");

    private static (double PerSecond, double Bytes) Raw(int rows)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "raw.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row(id INTEGER PRIMARY KEY, body BLOB)");
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO row(body) VALUES ($body)";
            insert.Parameters.AddWithValue("$body", new byte[100]);
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < rows;)
            {
                using var transaction = connection.BeginTransaction();
                insert.Transaction = transaction;
                for (var end = Math.Min(rows, i + 500); i < end; i++)
                    insert.ExecuteNonQuery();
                transaction.Commit();
            }
            var perSecond = rows / watch.Elapsed.TotalSeconds;
            Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            return (perSecond, new FileInfo(path).Length / (double)rows);
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
