using Npgsql;

namespace IdeaVote.Cluster.Benchmarks.Baseline;

/// <summary>
/// What the storage that Orleans has for PostgreSQL (<c>Microsoft.Orleans.Persistence.AdoNet</c>) finds in its database: a table and the
/// statements that it runs, which it takes from the database. They are our own and shorter than those that come with it.
/// </summary>
internal static class UsualStorage
{
    /// <summary>The name by which grains ask for it.</summary>
    public const string Name = "usual";

    /// <summary>The driver, as it is called there.</summary>
    public const string Invariant = "Npgsql";

    private const string Tables = """
        CREATE TABLE orleansquery (querykey text PRIMARY KEY, querytext text NOT NULL);
        CREATE TABLE grain_state (grain text NOT NULL, kind text NOT NULL, service text NOT NULL, payload bytea, version integer NOT NULL, PRIMARY KEY (grain, kind, service))
        """;

    private const string Mine = "grain = @GrainIdExtensionString AND kind = @GrainTypeString AND service = @ServiceId";

    private static readonly (string Key, string Text)[] Queries =
    [
        ("ReadFromStorageKey", $"SELECT payload AS payloadbinary, now() AS modifiedon, version FROM grain_state WHERE {Mine}"),
        ("WriteToStorageKey", """
            INSERT INTO grain_state VALUES (@GrainIdExtensionString, @GrainTypeString, @ServiceId, @PayloadBinary, 1)
            ON CONFLICT (grain, kind, service) DO UPDATE SET payload = excluded.payload, version = grain_state.version + 1
            WHERE grain_state.version = @GrainStateVersion RETURNING version AS newgrainstateversion
            """),
        ("ClearStorageKey", $"UPDATE grain_state SET payload = NULL, version = version + 1 WHERE {Mine} AND version = @GrainStateVersion RETURNING version AS newgrainstateversion"),
        ("DeleteStorageKey", $"DELETE FROM grain_state WHERE {Mine} AND version = @GrainStateVersion RETURNING version + 1 AS newgrainstateversion"),
    ];

    /// <summary>Makes them.</summary>
    /// <param name="address">The database.</param>
    public static async Task PrepareAsync(string address)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using (var command = source.CreateCommand(Tables))
            await command.ExecuteNonQueryAsync();
        foreach (var (key, text) in Queries)
        {
            await using var command = source.CreateCommand("INSERT INTO orleansquery VALUES ($1, $2)");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
            await command.ExecuteNonQueryAsync();
        }
    }
}
