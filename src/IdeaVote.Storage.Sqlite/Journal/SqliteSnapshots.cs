using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Snapshots;
using IdeaVote.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Journal;

/// <summary>
/// Snapshots in the journal's file. They are saved on the writer's connection, so between commits and by the same thread: a
/// second writing connection would have to wait for the first one's lock. They are loaded on a connection of their own, by one
/// caller at a time, beside commits and savings.
/// </summary>
public sealed class SqliteSnapshots : ISnapshotStore, IDisposable
{
    private const int KeyLength = 1 + 2 * Id.ByteLength;

    private readonly string path;
    private readonly SqliteConnection connection;
    private readonly SqliteConnection reader;
    private readonly SqliteStatement load;
    private readonly SqliteStatement save;
    private readonly SnapshotSeal seal;

    internal SqliteSnapshots(string path, SqliteConnection connection)
    {
        this.path = path;
        this.connection = connection;
        save = new SqliteStatement(connection, "INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?)");
        seal = new SnapshotSeal(connection);
        reader = SqliteFile.Open(path, new SqliteFileOptions { ReadOnly = true });
        // Asked once for every aggregate that comes into memory, mostly in vain: bound without objects, as the journal's insert is.
        load = new SqliteStatement(reader, "SELECT version, state FROM snapshot WHERE stream = ?");
    }

    /// <inheritdoc/>
    public ValueTask<Snapshot?> LoadAsync(StreamId stream, CancellationToken cancellation = default)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        WriteKey(stream, key);
        try
        {
            load.Bind(1, key);
            return load.Read() ? new ValueTask<Snapshot?>(new Snapshot(stream, load.Number(0), load.Blob(1).ToArray())) : default;
        }
        catch (SqliteException e)
        {
            throw SqliteFile.Explain(e, path);
        }
        finally
        {
            load.Reset();
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BoardSnapshot>> LoadBoardsAsync(CancellationToken cancellation = default) => new(Explained(() =>
    {
        using var command = Command("SELECT campaign, position, state FROM board");
        using var reader = command.ExecuteReader();
        var boards = new List<BoardSnapshot>();
        while (reader.Read())
            boards.Add(new BoardSnapshot(
                new CampaignId(Id.FromBytes(reader.GetFieldValue<byte[]>(0))), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
        return (IReadOnlyList<BoardSnapshot>)boards;
    }));

    /// <inheritdoc/>
    /// <remarks>Reads all snapshots, and forgets them if they are not what was saved.</remarks>
    public ValueTask<Checkpoint?> LoadCheckpointAsync(CancellationToken cancellation = default) => new(Explained(() =>
    {
        var checkpoint = ReadCheckpoint();
        if (seal.Fits(checkpoint))
            return checkpoint;
        Clear();
        return null;
    }));

    /// <inheritdoc/>
    public ValueTask SaveAsync(
        IReadOnlyList<Snapshot> aggregates, IReadOnlyList<BoardSnapshot> boards, Checkpoint checkpoint, CancellationToken cancellation = default)
    {
        Explained(() =>
        {
            using var transaction = connection.BeginTransaction();
            seal.Begin();
            SaveAggregates(aggregates);
            SaveBoards(boards, transaction);
            seal.Set(checkpoint);
            using var command = Command("INSERT OR REPLACE INTO checkpoint VALUES (1, $position, $format)", transaction);
            command.Parameters.AddWithValue("$position", checkpoint.Position);
            command.Parameters.AddWithValue("$format", checkpoint.Format);
            command.ExecuteNonQuery();
            transaction.Commit();
            return 0;
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ClearAsync(CancellationToken cancellation = default)
    {
        Explained(Clear);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        load.Dispose();
        save.Dispose();
        seal.Dispose();
        reader.Dispose();
    }

    private Checkpoint? ReadCheckpoint()
    {
        // One without its numbers is none, whatever damaged it.
        using var command = Command("SELECT position, format FROM checkpoint WHERE typeof(position) = 'integer' AND typeof(format) = 'integer'");
        using var reader = command.ExecuteReader();
        return reader.Read() ? new Checkpoint(reader.GetInt64(0), reader.GetInt32(1)) : null;
    }

    private int Clear()
    {
        using var command = Command("BEGIN IMMEDIATE; DELETE FROM checkpoint; DELETE FROM seal; DELETE FROM snapshot; DELETE FROM board; COMMIT;");
        return command.ExecuteNonQuery();
    }

    private void SaveAggregates(IReadOnlyList<Snapshot> aggregates)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        // In the order of the keys the tree is walked once instead of searched for each.
        foreach (var snapshot in aggregates.OrderBy(s => s.Stream, KeyOrder))
        {
            WriteKey(snapshot.Stream, key);
            seal.Replace(SnapshotSeal.Aggregates, key, snapshot.Version, snapshot.State.Span);
            save.Bind(1, key);
            save.Bind(2, snapshot.Version);
            save.Bind(3, snapshot.State.Span);
            save.Run();
        }
    }

    private void SaveBoards(IReadOnlyList<BoardSnapshot> boards, SqliteTransaction transaction)
    {
        using var command = Command("INSERT OR REPLACE INTO board VALUES ($campaign, $position, $state)", transaction);
        var campaign = command.Parameters.Add("$campaign", SqliteType.Blob);
        var position = command.Parameters.Add("$position", SqliteType.Integer);
        var state = command.Parameters.Add("$state", SqliteType.Blob);
        foreach (var board in boards)
        {
            var id = new byte[Id.ByteLength];
            board.Campaign.Value.WriteBytes(id);
            seal.Replace(SnapshotSeal.Boards, id, board.Position, board.State.Span);
            campaign.Value = id;
            position.Value = board.Position;
            state.Value = board.State.ToArray();
            command.ExecuteNonQuery();
        }
    }

    private static readonly Comparer<StreamId> KeyOrder = Comparer<StreamId>.Create(static (a, b) =>
    {
        if (a.Kind != b.Kind)
            return a.Kind.CompareTo(b.Kind);
        var byCampaign = a.Campaign.Value.CompareTo(b.Campaign.Value);
        return byCampaign != 0 ? byCampaign : a.Key.CompareTo(b.Key);
    });

    private static void WriteKey(StreamId stream, Span<byte> key)
    {
        key[0] = (byte)stream.Kind;
        stream.Campaign.Value.WriteBytes(key[1..]);
        stream.Key.WriteBytes(key[(1 + Id.ByteLength)..]);
    }

    private SqliteCommand Command(string sql, SqliteTransaction? transaction = null)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command;
    }

    private T Explained<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (SqliteException e)
        {
            throw SqliteFile.Explain(e, path);
        }
    }
}
