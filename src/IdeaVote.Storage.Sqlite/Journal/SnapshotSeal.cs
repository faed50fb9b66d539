using System.Buffers.Binary;
using System.Numerics;
using IdeaVote.Engine.Snapshots;
using IdeaVote.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Journal;

/// <summary>
/// Seals the snapshots of a file as a whole, by the sum of all rows' CRC-32Cs. Each snapshot has a checksum of its own, but one whose key is
/// damaged is found under no key at all, and its voter would be taken for one who never voted. Used by the writer, within its transaction.
/// </summary>
internal sealed class SnapshotSeal : IDisposable
{
    /// <summary>The table of aggregates' snapshots, and that of boards'.</summary>
    public const int Aggregates = 0, Boards = 1;

    private readonly SqliteStatement load;
    private readonly SqliteStatement save;
    private readonly SqliteStatement[] find;
    private readonly SqliteStatement[] all;
    private long sum;

    public SnapshotSeal(SqliteConnection connection)
    {
        load = new SqliteStatement(connection, "SELECT snapshots, checkpoint FROM seal");
        save = new SqliteStatement(connection, "INSERT OR REPLACE INTO seal VALUES (1, ?, ?)");
        find =
        [
            new SqliteStatement(connection, "SELECT version, state FROM snapshot WHERE stream = ?"),
            new SqliteStatement(connection, "SELECT position, state FROM board WHERE campaign = ?"),
        ];
        // A single bit makes a text of a key: its bytes are the same, and it is found no more. What is of another type is as good as gone.
        all =
        [
            new SqliteStatement(
                connection, "SELECT version, state, stream FROM snapshot WHERE typeof(version) = 'integer' AND typeof(state) = 'blob' AND typeof(stream) = 'blob'"),
            new SqliteStatement(
                connection, "SELECT position, state, campaign FROM board WHERE typeof(position) = 'integer' AND typeof(state) = 'blob' AND typeof(campaign) = 'blob'"),
        ];
    }

    /// <summary>Whether all rows, and how far they go, are what was sealed last; also if there is nothing at all. Reads all of it.</summary>
    public bool Fits(Checkpoint? checkpoint)
    {
        long rows = 0;
        for (var table = Aggregates; table <= Boards; table++)
        {
            try
            {
                while (all[table].Read())
                    rows = unchecked(rows + RowOf(table, all[table].Blob(2), all[table].Number(0), all[table].Blob(1)));
            }
            finally
            {
                all[table].Reset();
            }
        }
        if (checkpoint is null)
            return rows == 0;
        return load.Row() == (rows, Of(checkpoint, rows));
    }

    /// <summary>Begins to change rows.</summary>
    public void Begin() => sum = load.Row()?.First ?? 0;

    /// <summary>Notes that a row is about to be written, in place of the one with its key if there is one.</summary>
    public void Replace(int table, ReadOnlySpan<byte> key, long number, ReadOnlySpan<byte> state)
    {
        find[table].Bind(1, key);
        try
        {
            if (find[table].Read())
                sum = unchecked(sum - RowOf(table, key, find[table].Number(0), find[table].Blob(1)));
        }
        finally
        {
            find[table].Reset();
        }
        sum = unchecked(sum + RowOf(table, key, number, state));
    }

    /// <summary>Seals the rows that were changed since <see cref="Begin"/>, and how far they go.</summary>
    public void Set(Checkpoint checkpoint)
    {
        save.Bind(1, sum);
        save.Bind(2, Of(checkpoint, sum));
        save.Run();
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[load, save, .. find, .. all])
            statement.Dispose();
    }

    private static long RowOf(int table, ReadOnlySpan<byte> key, long number, ReadOnlySpan<byte> state)
    {
        var crc = Add(Add(BitOperations.Crc32C(uint.MaxValue, (ulong)number), key), state);
        // No row of nothing but zeros may pass for none.
        return ((long)(table + 1) << 32) + crc;
    }

    private static long Of(Checkpoint checkpoint, long rows) =>
        BitOperations.Crc32C(BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, (ulong)checkpoint.Position), (uint)checkpoint.Format), (ulong)rows);

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes)
            crc = BitOperations.Crc32C(crc, b);
        return crc;
    }
}
