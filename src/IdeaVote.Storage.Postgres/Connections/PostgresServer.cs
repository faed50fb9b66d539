using IdeaVote.Engine.Journal;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Connections;

/// <summary>What a PostgreSQL must be like for a promise to be kept on it.</summary>
internal static class PostgresServer
{
    private const int OldestVersion = 140_000;

    private const string Query = """
        SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), current_setting('fsync'),
               current_setting('full_page_writes'), current_setting('synchronous_commit'), pg_is_in_recovery()
        """;

    /// <summary>Looks at a server before it is used.</summary>
    /// <exception cref="JournalException">It will not do; the message says why and what to do.</exception>
    public static async Task CheckAsync(NpgsqlConnection connection, PostgresAddress address, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Query, connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        if (row.GetInt32(0) < OldestVersion)
            throw new JournalException($"PostgreSQL on {address.Host} is older than version {OldestVersion / 10_000}. Use that one or a newer one.");
        if (row.GetString(1) is not "UTF8" and var encoding)
            throw new JournalException($"The database {address} has the encoding {encoding}. Make one in UTF8: createdb -E UTF8 -T template0 {address.Database}");
        if (row.GetString(2) is not "on" || row.GetString(3) is not "on")
            throw new JournalException($"PostgreSQL on {address.Host} runs with fsync or full_page_writes off, so that a power failure loses votes. Set both to on.");
        if (row.GetString(4) is not "on" and var commit)
            throw new JournalException($"Connections to {address} have synchronous_commit = {commit} although on was asked for. Connect without a pooler in between.");
        if (row.GetBoolean(5))
            throw new JournalException($"PostgreSQL on {address.Host} is a standby, which can only be read. Name the primary server.");
    }
}
