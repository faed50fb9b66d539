using Microsoft.Data.Sqlite;

namespace IdeaVote.Server.Tests.Support;

/// <summary>Looks into and damages the files of a server that does not run.</summary>
internal static class DataFile
{
    /// <summary>Runs a query for one number.</summary>
    public static long ReadNumber(string path, string sql)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar());
    }

    /// <summary>Runs statements.</summary>
    public static void Execute(string path, string sql)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Flips a bit in the middle of a blob of every row that a condition names.</summary>
    /// <returns>How many rows there were.</returns>
    public static int FlipBit(string path, string table, string column, string where)
    {
        using var connection = Open(path);
        connection.CreateFunction("flipped", (byte[] bytes) =>
        {
            bytes[bytes.Length / 2] ^= 1;
            return bytes;
        });
        using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE {table} SET {column} = flipped({column}) WHERE {where}";
        return command.ExecuteNonQuery();
    }

    /// <summary>Writes over the beginning of a file.</summary>
    public static void Overwrite(string path, int count, byte value)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        var bytes = new byte[count];
        Array.Fill(bytes, value);
        file.Write(bytes);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
