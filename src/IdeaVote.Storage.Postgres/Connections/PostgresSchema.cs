using IdeaVote.Engine.Journal;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Connections;

/// <summary>The tables of one store. Their version is written beside them.</summary>
/// <param name="Part">The name of the store, unique in a schema.</param>
/// <param name="Version">The version of its tables, from 1. A newer one is refused, an older one too unless <see cref="Upgrade"/> knows it.</param>
/// <param name="Tables">The statements that make them.</param>
internal sealed record PostgresSchema(string Part, int Version, string Tables)
{
    // Any number does, if nobody else uses it: of two servers that start on an empty database one makes the tables.
    private const long Lock = 0x4956_5343_4845_4D41;

    /// <summary>The tables that came later and that older programs do not mind, each with the statement that makes it.</summary>
    public IReadOnlyList<(string Table, string Statement)> Later { get; init; } = [];

    /// <summary>How the former version's tables become this one's; null if there is none that it knows.</summary>
    public PostgresUpgrade? Upgrade { get; init; }

    /// <summary>What the sessions of this store are told besides, as PostgreSQL's <c>-c</c> options.</summary>
    public string? SessionOptions { get; init; }

    /// <summary>Makes the tables where there are none, or checks that they are the ones this program knows.</summary>
    /// <exception cref="JournalException">They are of another version.</exception>
    public async Task PrepareAsync(NpgsqlConnection connection, PostgresAddress address, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({Lock})", cancellation);
        // Asked first: CREATE … IF NOT EXISTS wants the right to create also where there is nothing to create.
        if (await ReadAsync(connection, $"SELECT to_regnamespace('{address.Schema}')::text", cancellation) is null)
            await ExecuteAsync(connection, $"CREATE SCHEMA {address.Schema}", cancellation);
        if (await ReadAsync(connection, $"SELECT to_regclass('{address.Schema}.schema_version')::text", cancellation) is null)
            await ExecuteAsync(connection, $"CREATE TABLE {address.Schema}.schema_version (part text PRIMARY KEY, version integer NOT NULL)", cancellation);
        var version = await ReadAsync(connection, $"SELECT version::text FROM schema_version WHERE part = '{Part}'", cancellation);
        if (version is null)
            await ExecuteAsync(connection, $"{Tables}; INSERT INTO schema_version VALUES ('{Part}', {Version})", cancellation);
        else if (Upgrade is { } upgrade && version == $"{upgrade.FromVersion}")
        {
            await upgrade.RunAsync(connection, cancellation);
            await ExecuteAsync(connection, $"UPDATE schema_version SET version = {Version} WHERE part = '{Part}'", cancellation);
        }
        else if (version != $"{Version}")
        {
            throw new JournalException(
                $"The database {address} holds {Part} in format {version}; this program knows format {Version}. Start the version of IdeaVote that wrote it, or a newer one.");
        }
        foreach (var (table, statement) in Later)
        {
            if (await ReadAsync(connection, $"SELECT to_regclass('{address.Schema}.{table}')::text", cancellation) is null)
                await ExecuteAsync(connection, statement, cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<string?> ReadAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation) as string;
    }
}

/// <summary>Makes one version's tables of another's, in the transaction that it is called in.</summary>
/// <param name="FromVersion">The version that it begins with.</param>
/// <param name="RunAsync">Does it.</param>
internal sealed record PostgresUpgrade(int FromVersion, Func<NpgsqlConnection, CancellationToken, Task> RunAsync);
