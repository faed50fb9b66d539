using IdeaVote.Domain.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace IdeaVote.Storage.Postgres.Connections;

/// <summary>Puts values into statements, in the order of $1, $2, …, and takes them out of rows. Types are named, so that a null has one too.</summary>
internal static class PostgresValues
{
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql) => new(sql, connection);

    public static NpgsqlCommand With(this NpgsqlCommand command, long? value) => command.Add(NpgsqlDbType.Bigint, value);

    public static NpgsqlCommand With(this NpgsqlCommand command, string? value) => command.Add(NpgsqlDbType.Text, value);

    public static NpgsqlCommand With(this NpgsqlCommand command, Id value) => command.Add(NpgsqlDbType.Bytea, value.ToBytes());

    public static NpgsqlCommand With(this NpgsqlCommand command, Id? value) => command.Add(NpgsqlDbType.Bytea, value?.ToBytes());

    public static NpgsqlCommand With(this NpgsqlCommand command, ReadOnlyMemory<byte> value)
    {
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea });
        return command;
    }

    public static NpgsqlCommand With(this NpgsqlCommand command, Guid value) => command.Add(NpgsqlDbType.Uuid, value);

    public static NpgsqlCommand With(this NpgsqlCommand command, Guid[] values) => command.Add(NpgsqlDbType.Array | NpgsqlDbType.Uuid, values);

    public static NpgsqlCommand With(this NpgsqlCommand command, long[] values) => command.Add(NpgsqlDbType.Array | NpgsqlDbType.Bigint, values);

    public static NpgsqlCommand With(this NpgsqlCommand command, int[] values) => command.Add(NpgsqlDbType.Array | NpgsqlDbType.Integer, values);

    public static NpgsqlCommand With(this NpgsqlCommand command, byte[]?[]? values) => command.Add(NpgsqlDbType.Array | NpgsqlDbType.Bytea, values);

    public static NpgsqlCommand With(this NpgsqlCommand command, ReadOnlyMemory<byte>[] values)
    {
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        return command;
    }

    /// <summary>The stream's kind, campaign and key, as three values.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, StreamId stream) =>
        command.Add(NpgsqlDbType.Smallint, (short)stream.Kind).With(stream.Campaign.Value).With(stream.Key);

    public static byte[] ToBytes(this Id id)
    {
        var bytes = new byte[Id.ByteLength];
        id.WriteBytes(bytes);
        return bytes;
    }

    public static Id GetId(this NpgsqlDataReader row, int column) => Id.FromBytes(row.GetFieldValue<byte[]>(column));

    public static Id? GetIdOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetId(column);

    /// <summary>The stream in three columns: kind, campaign and key.</summary>
    public static StreamId GetStreamId(this NpgsqlDataReader row, int column) =>
        new((AggregateKind)row.GetInt16(column), new CampaignId(row.GetId(column + 1)), row.GetId(column + 2));

    /// <summary>Runs the statement and makes something of each row.</summary>
    public static async Task<List<T>> RowsAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> make, CancellationToken cancellation)
    {
        var all = new List<T>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            all.Add(make(rows));
        return all;
    }

    private static NpgsqlCommand Add(this NpgsqlCommand command, NpgsqlDbType type, object? value)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }
}
