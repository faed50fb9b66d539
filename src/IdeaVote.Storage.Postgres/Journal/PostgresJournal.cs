using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Telemetry;
using IdeaVote.Storage.Postgres.Connections;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Journal;

/// <summary>
/// The journal in a PostgreSQL database: any number of partitions, each with one writer at a time, and any number of readers.
/// An append is one statement and one round trip; it returns when the server has the records on disk (<c>synchronous_commit = on</c>)
/// and is never repeated.
/// </summary>
public sealed class PostgresJournal : IJournalStore, IAsyncDisposable
{
    /// <summary>The name of the partition that the embedded engine writes; <see cref="Snapshots"/> belong to it.</summary>
    public const string Partition = "0";

    private readonly PostgresDatabase database;
    private readonly JournalReader reader;
    private readonly ConcurrentDictionary<string, long> fences = new(StringComparer.Ordinal);

    private PostgresJournal(PostgresDatabase database, Guid identity)
    {
        this.database = database;
        reader = new JournalReader(database);
        Identity = identity;
        Snapshots = new PostgresSnapshots(database, Partition, () => fences.TryGetValue(Partition, out var fence) ? fence : null);
    }

    /// <summary>Connects, and makes the tables where there are none.</summary>
    /// <param name="connectionString">
    /// As Npgsql takes it, such as <c>Host=localhost;Database=ideavote;Username=ideavote</c>. The tables are in the schema
    /// <c>ideavote</c>, or in the one named as <c>Search Path</c>.
    /// </param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="JournalException">The database can't be used; the message says why and what to do.</exception>
    public static async Task<PostgresJournal> OpenAsync(string connectionString, CancellationToken cancellation = default)
    {
        var database = await PostgresDatabase.OpenAsync(connectionString, JournalTables.Schema, cancellation);
        try
        {
            return new PostgresJournal(database, await database.ReadAsync(ReadIdentityAsync, cancellation));
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Made with the tables and never changed: what was derived from this journal and from no other can say so.</summary>
    public Guid Identity { get; }

    /// <summary>Where the journal is, for people to read: database, machine and port.</summary>
    public string Location => database.Location;

    /// <summary>The snapshots of the embedded engine, in the same database. Once a later writer has taken the partition, saving fails.</summary>
    public PostgresSnapshots Snapshots { get; }

    /// <inheritdoc/>
    public async ValueTask<JournalHead> BeginAsync(string partition, CancellationToken cancellation = default)
    {
        if (partition == Partition)
            Snapshots.BeforeTaking(again: fences.ContainsKey(Partition));
        var head = await database.WriteAsync(
            async connection =>
            {
                await using var command = connection.Command(JournalTables.Begin).With(partition);
                return (await command.RowsAsync(ToHead, CancellationToken.None))[0];
            },
            cancellation);
        fences[partition] = head.Fence;
        return head;
    }

    /// <summary>Whether nobody has taken a partition over since this object began to write it.</summary>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public async ValueTask<bool> OwnsAsync(string partition, CancellationToken cancellation = default) =>
        !fences.TryGetValue(partition, out var mine) || (await ReadFenceAsync(partition, cancellation)).Fence == mine;

    /// <inheritdoc/>
    public async ValueTask AppendAsync(
        string partition, long expected, long fence, IReadOnlyList<JournalRecord> records, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var started = Stopwatch.GetTimestamp();
        if (records.Count > 0 && await TryAppendAsync(partition, expected, fence, records, cancellation))
        {
            StoreTelemetry.Synced("postgresql", started);
            return;
        }
        await CheckAsync(partition, expected, fence);
        if (records.Count > 0)
            throw new StaleWriterException("Another process had this journal while this one wrote to it; this one stops.");
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(
        string partition, long after, CampaignId? campaign, int max, CancellationToken cancellation = default) =>
        reader.ReadAsync(partition, after, campaign, max, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredRecord> ReadStreamAsync(string partition, StreamId stream, long fromVersion, CancellationToken cancellation = default) =>
        reader.ReadStreamAsync(partition, stream, fromVersion, cancellation);

    /// <inheritdoc/>
    public async ValueTask<long> VersionAsync(string partition, StreamId stream, CancellationToken cancellation = default) =>
        (await VersionsAsync(partition, [stream], cancellation))[0];

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<long>> VersionsAsync(string partition, IReadOnlyList<StreamId> streams, CancellationToken cancellation = default) =>
        reader.VersionsAsync(partition, streams, cancellation);

    /// <inheritdoc/>
    public ValueTask<StoredRecord?> LastOfAsync(
        string partition, CampaignId campaign, long atOrBefore = long.MaxValue, CancellationToken cancellation = default) =>
        reader.LastOfAsync(partition, campaign, atOrBefore, cancellation);

    /// <inheritdoc/>
    public async ValueTask<long> HeadAsync(string partition, CancellationToken cancellation = default) =>
        (await ReadFenceAsync(partition, cancellation)).Position;

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> PartitionsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        const int Page = 1_000;
        var last = 0;
        List<(int Number, string Name)> page;
        do
        {
            page = await database.ReadAsync(
                async (connection, stop) =>
                {
                    await using var command = connection.Command(JournalTables.Partitions).With(last).With(Page);
                    return await command.RowsAsync(static row => (Number: row.GetInt32(0), Name: row.GetString(1)), stop);
                },
                cancellation);
            foreach (var (number, name) in page)
            {
                last = number;
                yield return name;
            }
        }
        while (page.Count == Page);
    }

    /// <summary>The value of a setting of the connections, as PostgreSQL itself reports it.</summary>
    /// <param name="name">The setting's name, such as <c>synchronous_commit</c>.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public ValueTask<string> ReadBackSettingAsync(string name, CancellationToken cancellation = default) => database.ReadSettingAsync(name, cancellation);

    /// <summary>Closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await Snapshots.DisposeAsync();
        await database.DisposeAsync();
    }

    private async ValueTask<bool> TryAppendAsync(
        string partition, long expected, long fence, IReadOnlyList<JournalRecord> records, CancellationToken cancellation)
    {
        try
        {
            return await database.WriteAsync(
                async connection =>
                {
                    using var batch = RecordBatch.Write(records, PartitionOwner.Of(partition));
                    await using var command = connection.Command(batch.Campaigns is null ? JournalTables.Append : JournalTables.AppendOfOthers)
                        .With(partition).With(expected).With(fence).With(records.Count);
                    batch.AddTo(command);
                    return await command.ExecuteNonQueryAsync(CancellationToken.None) > 0;
                },
                cancellation);
        }
        catch (JournalException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } conflict)
        {
            throw new StaleWriterException("The journal holds other events at these positions: somebody else wrote to it; this process stops.", conflict);
        }
    }

    /// <summary>Says in which way a writer is stale, if it is.</summary>
    private async ValueTask CheckAsync(string partition, long expected, long fence)
    {
        var now = await ReadFenceAsync(partition, CancellationToken.None);
        if (now.Fence != fence)
            throw new StaleWriterException("Another process has taken this journal over; this one stops.");
        if (now.Position != expected)
            throw new StaleWriterException($"The journal ends at {now.Position}, not at {expected}: somebody else wrote to it; this process stops.");
    }

    private ValueTask<JournalHead> ReadFenceAsync(string partition, CancellationToken cancellation) => database.ReadAsync(
        async (connection, stop) =>
        {
            await using var command = connection.Command(JournalTables.ReadFence).With(partition);
            return (await command.RowsAsync(ToHead, stop)).SingleOrDefault();
        },
        cancellation);

    private static async Task<Guid> ReadIdentityAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.Command(JournalTables.Identity);
        return (Guid)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static JournalHead ToHead(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt64(1));
}
