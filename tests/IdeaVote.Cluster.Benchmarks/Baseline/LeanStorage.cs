using System.Globalization;
using IdeaVote.Engine.Grains.Caches;
using Npgsql;
using NpgsqlTypes;
using Orleans.Storage;

namespace IdeaVote.Cluster.Benchmarks.Baseline;

/// <summary>
/// Grain storage in PostgreSQL as lean as it can be: one table, one prepared statement for each write, the ETag checked in it, and no
/// transaction around it but its own.
/// </summary>
internal sealed class LeanStorage : IGrainStorage, IAsyncDisposable
{
    /// <summary>The name by which grains ask for it.</summary>
    public const string Name = "one-write-each";

    private const string Table = "CREATE TABLE state (grain text PRIMARY KEY, etag bigint NOT NULL, format integer NOT NULL, version bigint NOT NULL, state bytea NOT NULL)";

    private const string Read = "SELECT etag, format, version, state FROM state WHERE grain = $1";

    private const string Write = """
        INSERT INTO state VALUES ($1, $2 + 1, $3, $4, $5)
        ON CONFLICT (grain) DO UPDATE SET etag = excluded.etag, format = excluded.format, version = excluded.version, state = excluded.state
        WHERE state.etag = $2
        """;

    private const string Clear = "DELETE FROM state WHERE grain = $1 AND etag = $2";

    private readonly NpgsqlDataSource source;

    private LeanStorage(NpgsqlDataSource source) => this.source = source;

    /// <summary>Connects, and makes the table.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="connections">How many connections it may use at once: more let more writes share a sync of PostgreSQL's.</param>
    public static async Task<LeanStorage> OpenAsync(string connectionString, int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = connections,
            MaxAutoPrepare = 10,
            AutoPrepareMinUsages = 2,
            Enlist = false,
            // As the journal's own connections.
            Options = "-c synchronous_commit=on",
        };
        var source = NpgsqlDataSource.Create(settings);
        await using var command = source.CreateCommand(Table);
        await command.ExecuteNonQueryAsync();
        return new LeanStorage(source);
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await using var command = source.CreateCommand(Read);
        command.Parameters.Add(Of(grainId));
        await using var row = await command.ExecuteReaderAsync();
        if (!await row.ReadAsync())
            return;
        var stored = new StoredSnapshot { Format = row.GetInt32(1), Version = row.GetInt64(2), State = row.GetFieldValue<byte[]>(3) };
        (grainState.State, grainState.ETag, grainState.RecordExists) = ((T)(object)stored, row.GetInt64(0).ToString(CultureInfo.InvariantCulture), true);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (state, etag) = ((StoredSnapshot)(object)grainState.State!, ETagOf(grainState));
        await using var command = source.CreateCommand(Write);
        command.Parameters.Add(Of(grainId));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = etag });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = state.Format });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = state.Version });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = state.State, NpgsqlDbType = NpgsqlDbType.Bytea });
        if (await command.ExecuteNonQueryAsync() != 1)
            throw new InconsistentStateException($"{grainId} was written by another.");
        (grainState.ETag, grainState.RecordExists) = ((etag + 1).ToString(CultureInfo.InvariantCulture), true);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await using var command = source.CreateCommand(Clear);
        command.Parameters.Add(Of(grainId));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = ETagOf(grainState) });
        await command.ExecuteNonQueryAsync();
        (grainState.ETag, grainState.RecordExists) = (null, false);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static NpgsqlParameter<string> Of(GrainId grain) => new() { TypedValue = grain.ToString() };

    private static long ETagOf<T>(IGrainState<T> state) => state.ETag is { } etag ? long.Parse(etag, CultureInfo.InvariantCulture) : 0;
}
