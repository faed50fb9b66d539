using System.Globalization;
using Npgsql;

namespace IdeaVote.Cluster.Benchmarks;

/// <summary>What was spent so far, by this process and by PostgreSQL's.</summary>
/// <param name="Cpu">Processor time of this process.</param>
/// <param name="ServerCpu">Processor time of all of the server's processes; zero where it can't be read.</param>
/// <param name="Commits">Transactions that wrote: each takes a number, and those that only read take none.</param>
/// <param name="WalBytes">Bytes of its log.</param>
internal readonly record struct Spent(TimeSpan Cpu, TimeSpan ServerCpu, long Commits, long WalBytes)
{
    public static Spent operator -(Spent left, Spent right) => new(
        left.Cpu - right.Cpu, left.ServerCpu - right.ServerCpu, left.Commits - right.Commits, left.WalBytes - right.WalBytes);

    public static Spent operator +(Spent left, Spent right) => new(
        left.Cpu + right.Cpu, left.ServerCpu + right.ServerCpu, left.Commits + right.Commits, left.WalBytes + right.WalBytes);
}

/// <summary>
/// Reads what is spent. The server's own counters of commits lag by seconds, since each of its processes reports now and then; the
/// number of the next transaction and the end of the log are exact.
/// </summary>
internal sealed class ServerMeter : IAsyncDisposable
{
    private const string Query = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";

    private readonly NpgsqlConnection connection;
    private readonly int server;

    private ServerMeter(NpgsqlConnection connection, int server) => (this.connection, this.server) = (connection, server);

    public static async Task<ServerMeter> ConnectAsync(string address)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address) { Pooling = false }.ToString());
        await connection.OpenAsync();
        // The parent of any session is the server itself.
        var server = Stat(connection.ProcessID) is { } stat ? (int)stat[1] : 0;
        return new ServerMeter(connection, server);
    }

    public async Task<Spent> ReadAsync()
    {
        await using var command = new NpgsqlCommand(Query, connection);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return new Spent(Environment.CpuUsage.TotalTime, ServerCpu(), row.GetInt64(0), row.GetInt64(1));
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>The server's time, that of its children, and that of the children that have ended.</summary>
    private TimeSpan ServerCpu()
    {
        const int TicksPerSecond = 100;
        if (server == 0 || Stat(server) is not { } own)
            return TimeSpan.Zero;
        var ticks = own[11] + own[12] + own[13] + own[14];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) && Stat(process) is { } stat && stat[1] == server)
                ticks += stat[11] + stat[12];
        return TimeSpan.FromSeconds(ticks / (double)TicksPerSecond);
    }

    /// <summary>The numbers of Linux's <c>/proc/…/stat</c> behind the name, which may hold anything; null where there are none.</summary>
    private static long[]? Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return [.. fields.Take(15).Select(field => long.TryParse(field, CultureInfo.InvariantCulture, out var number) ? number : 0)];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
