using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IdeaVote.Storage.Sqlite.Files;

/// <summary>
/// A prepared statement whose values are bound without an object each, for what runs for every event. Bind every value
/// before every <see cref="Run"/>.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    public void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(statement, index, value));

    public void Bind(int index, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(statement, index, value));

    /// <summary>Runs a statement that returns no rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (result != raw.SQLITE_DONE)
            Check(result);
        return raw.sqlite3_changes(database);
    }

    /// <summary>Goes to the next row of a query; <see cref="Reset"/> it when done.</summary>
    /// <returns>False if there is none.</returns>
    public bool Read()
    {
        var result = raw.sqlite3_step(statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            Check(result);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>A number of the row read last.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    /// <summary>A blob of the row read last; valid until the next row.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>Ends a query, so that it holds no old state of the file.</summary>
    public void Reset() => raw.sqlite3_reset(statement);

    /// <summary>Runs a query for the two numbers in its first row.</summary>
    public (long First, long Second)? Row()
    {
        var result = raw.sqlite3_step(statement);
        (long, long)? row = result == raw.SQLITE_ROW
            ? (raw.sqlite3_column_int64(statement, 0), raw.sqlite3_column_int64(statement, 1))
            : null;
        raw.sqlite3_reset(statement);
        if (row is null && result != raw.SQLITE_DONE)
            Check(result);
        return row;
    }

    public void Dispose() => statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
