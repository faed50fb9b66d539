using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Snapshots;
using IdeaVote.Storage.Postgres.Connections;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Journal;

/// <summary>
/// Snapshots in the journal's database. They may be saved by one thread while another loads. A process that lost the journal to
/// another one can save nothing more: its older states would take the place of newer ones.
/// </summary>
public sealed class PostgresSnapshots : ISnapshotStore, IAsyncDisposable
{
    private const int KeyLength = 1 + 2 * Id.ByteLength;

    // A statement's message is held in memory whole, here and by the server.
    private const int StatementRows = 5_000;

    private readonly PostgresDatabase database;
    private readonly string partition;
    private readonly Func<long?> fence;
    private readonly SnapshotKeys keys = new();
    private readonly CancellationTokenSource stop = new();
    private int isReadingKeys;

    internal PostgresSnapshots(PostgresDatabase database, string partition, Func<long?> fence)
    {
        this.database = database;
        this.partition = partition;
        this.fence = fence;
    }

    /// <summary>Ends when it is known which aggregates have a snapshot; for tests.</summary>
    internal Task KeysRead { get; private set; } = Task.CompletedTask;

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public ValueTask<Snapshot?> LoadAsync(StreamId stream, CancellationToken cancellation = default)
    {
        // Only once the journal is this process's: until then another one may save any.
        if (fence() is not null && Interlocked.Exchange(ref isReadingKeys, 1) == 0)
            KeysRead = Task.Run(ReadKeysAsync, CancellationToken.None);
        return keys.MayHave(stream) ? LoadFromDatabaseAsync(stream, cancellation) : default;
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyList<BoardSnapshot>> LoadBoardsAsync(CancellationToken cancellation = default) => await database.ReadAsync(
        async (connection, stop) =>
        {
            await using var command = connection.Command(JournalTables.LoadBoards);
            return await command.RowsAsync(
                row => new BoardSnapshot(new CampaignId(row.GetId(0)), row.GetInt64(1), row.GetFieldValue<byte[]>(2)), stop);
        },
        cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public ValueTask<Checkpoint?> LoadCheckpointAsync(CancellationToken cancellation = default) => database.ReadAsync(
        async (connection, stop) =>
        {
            await using var command = connection.Command(JournalTables.LoadCheckpoint);
            return (await command.RowsAsync(row => new Checkpoint(row.GetInt64(0), row.GetInt32(1)), stop)).SingleOrDefault();
        },
        cancellation);

    /// <inheritdoc/>
    /// <exception cref="StaleWriterException">Another process has taken the journal over; nothing was saved.</exception>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask SaveAsync(
        IReadOnlyList<Snapshot> aggregates, IReadOnlyList<BoardSnapshot> boards, Checkpoint checkpoint, CancellationToken cancellation = default) =>
        await database.TransactAsync(
            async connection =>
            {
                await HoldFenceAsync(connection);
                foreach (var snapshot in aggregates)
                    keys.Add(snapshot.Stream);
                // In the order of the keys, so that neighbours in the index are written together.
                var rows = aggregates.Select(snapshot => (Key: KeyOf(snapshot.Stream), snapshot.Version, snapshot.State)).ToArray();
                Array.Sort(rows, static (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
                foreach (var some in rows.Chunk(StatementRows))
                    await SaveRowsAsync(connection, JournalTables.SaveSnapshots, some);
                var boardRows = boards.Select(board => (board.Campaign.Value.ToBytes(), board.Position, board.State)).ToArray();
                if (boardRows.Length > 0)
                    await SaveRowsAsync(connection, JournalTables.SaveBoards, boardRows);
                await using var command = connection.Command(JournalTables.SaveCheckpoint).With(checkpoint.Position).With(checkpoint.Format);
                return await command.ExecuteNonQueryAsync(CancellationToken.None);
            },
            cancellation);

    /// <inheritdoc/>
    /// <exception cref="StaleWriterException">Another process has taken the journal over; nothing was changed.</exception>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask ClearAsync(CancellationToken cancellation = default) => await database.TransactAsync(
        async connection =>
        {
            await HoldFenceAsync(connection);
            await using var command = connection.Command(JournalTables.Clear);
            return await command.ExecuteNonQueryAsync(CancellationToken.None);
        },
        cancellation);

    /// <summary>Ends what goes on in the background; the journal does so when it is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested)
            return;
        await stop.CancelAsync();
        await KeysRead;
        stop.Dispose();
    }

    /// <summary>Called before the journal is taken, with whether this process had it before: another may have had it in between.</summary>
    internal void BeforeTaking(bool again)
    {
        if (again)
            keys.Disable();
    }

    private ValueTask<Snapshot?> LoadFromDatabaseAsync(StreamId stream, CancellationToken cancellation) => database.ReadAsync(
        async (connection, stop) =>
        {
            await using var command = connection.Command(JournalTables.LoadSnapshot).With(KeyOf(stream).AsMemory());
            return (await command.RowsAsync(row => new Snapshot(stream, row.GetInt64(0), row.GetFieldValue<byte[]>(1)), stop)).SingleOrDefault();
        },
        cancellation);

    private async Task ReadKeysAsync()
    {
        try
        {
            await database.ReadAsync(
                async (connection, stop) =>
                {
                    // All of them, so in the order in which they lie: for this once not by an index.
                    await using var transaction = await connection.BeginTransactionAsync(stop);
                    await using (var scan = connection.Command(JournalTables.ScanTables))
                        await scan.ExecuteNonQueryAsync(stop);
                    await using var command = connection.Command(JournalTables.ReadSnapshotKeys);
                    command.CommandTimeout = 0;
                    await using var rows = await command.ExecuteReaderAsync(stop);
                    while (await rows.ReadAsync(stop))
                        keys.Add(StreamOf(rows.GetFieldValue<byte[]>(0)));
                    return true;
                },
                stop.Token);
            keys.Complete();
        }
        catch (Exception e) when (e is JournalException or OperationCanceledException or ObjectDisposedException)
        {
            // Then each question goes to the database, which answers it as well.
        }
    }

    private static StreamId StreamOf(ReadOnlySpan<byte> key) => new(
        (AggregateKind)key[0], new CampaignId(Id.FromBytes(key[1..])), Id.FromBytes(key[(1 + Id.ByteLength)..]));

    private async Task HoldFenceAsync(NpgsqlConnection connection)
    {
        // Whoever has not begun to write, such as a tool, has nothing to lose.
        if (fence() is not { } mine)
            return;
        await using var command = connection.Command(JournalTables.HoldFence).With(partition).With(mine);
        if (await command.ExecuteScalarAsync(CancellationToken.None) is null)
            throw new StaleWriterException("Another process has taken this journal over; this one stops.");
    }

    private static async Task SaveRowsAsync(NpgsqlConnection connection, string sql, (byte[] Key, long Number, ReadOnlyMemory<byte> State)[] rows)
    {
        await using var command = connection.Command(sql)
            .With(Array.ConvertAll(rows, row => (byte[]?)row.Key))
            .With(Array.ConvertAll(rows, row => row.Number))
            .With(Array.ConvertAll(rows, row => row.State));
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static byte[] KeyOf(StreamId stream)
    {
        var key = new byte[KeyLength];
        key[0] = (byte)stream.Kind;
        stream.Campaign.Value.WriteBytes(key.AsSpan(1));
        stream.Key.WriteBytes(key.AsSpan(1 + Id.ByteLength));
        return key;
    }
}
