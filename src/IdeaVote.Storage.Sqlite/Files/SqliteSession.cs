using IdeaVote.Domain.Kernel;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Files;

/// <summary>
/// One connection with its prepared statements, for one caller at a time. Values are given in order and named
/// <c>?1</c>, <c>?2</c>, … in the statement.
/// </summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteStatement> statements = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>Runs a query for one value.</summary>
    /// <returns>The first column of the first row; null if there is no row or the value is null.</returns>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values) =>
        Prepare(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>Runs a query for its first row.</summary>
    public T? Row<T>(Func<SqliteDataReader, T> read, string sql, params ReadOnlySpan<object?> values) where T : class
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    /// <summary>Runs a query for all its rows.</summary>
    public List<T> Rows<T>(Func<SqliteDataReader, T> read, string sql, params ReadOnlySpan<object?> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>A statement for what runs for every event; it is kept prepared.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
            statements.Add(sql, statement = new SqliteStatement(connection, sql));
        return statement;
    }

    /// <summary>Runs a statement that is not worth keeping prepared.</summary>
    public void RunOnce(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values)
            command.Dispose();
        foreach (var statement in statements.Values)
            statement.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
            prepared.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].ResetSqliteType();
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
        return command;
    }
}

/// <summary>Ids as the files hold them: 13 bytes that sort as ids do.</summary>
internal static class SqliteIds
{
    public static byte[] ToBytes(this Id id)
    {
        var bytes = new byte[Id.ByteLength];
        id.WriteBytes(bytes);
        return bytes;
    }

    public static Id GetId(this SqliteDataReader reader, int column) => Id.FromBytes(reader.GetFieldValue<byte[]>(column));

    public static Id? GetIdOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetId(column);
}
