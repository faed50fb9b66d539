using System.Runtime.CompilerServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Postgres.Connections;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Journal;

/// <summary>Reads batches, and takes out of them what was asked for.</summary>
/// <param name="database">The database.</param>
internal sealed class JournalReader(PostgresDatabase database)
{
    // Of a stream, at a time: so that a slow caller keeps no connection, and an old voter's batches do not come all at once.
    private const int StreamBatches = 500;

    /// <inheritdoc cref="IJournalStore.ReadAsync"/>
    public async ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(
        string partition, long after, CampaignId? campaign, int max, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        after = Math.Min(after, long.MaxValue - max);
        if (campaign is { } only && only != PartitionOwner.Of(partition))
            return await ReadOtherAsync(partition, after, only, max, cancellation);
        var records = new List<StoredRecord>();
        while (true)
        {
            // Positions have no gaps: what is asked for is between two of them, unless somebody else's lie among them.
            var to = after + max - records.Count;
            var batches = await BatchesAsync(partition, JournalTables.ReadAll, c => c.With(after + 1).With(to), cancellation);
            foreach (var batch in batches)
                records.AddRange(batch.Records(after + 1, to, campaign));
            if (campaign is null || records.Count == max || batches is not [.., var last] || last.Last < to)
                return records;
            after = to;
        }
    }

    /// <summary>Reads a campaign in a partition that is not its own.</summary>
    private async ValueTask<IReadOnlyList<StoredRecord>> ReadOtherAsync(
        string partition, long after, CampaignId campaign, int max, CancellationToken cancellation)
    {
        var records = new List<StoredRecord>();
        for (var from = 0L; records.Count < max;)
        {
            var batches = await BatchesAsync(
                partition, JournalTables.ReadCampaign, c => c.With(after + 1).With(max).With(campaign.Value).With(from), cancellation);
            if (batches is not [.., var last])
                break;
            foreach (var batch in batches)
                records.AddRange(batch.Records(after + 1, long.MaxValue, campaign).Take(max - records.Count));
            from = last.First + 1;
        }
        return records;
    }

    /// <inheritdoc cref="IJournalStore.ReadStreamAsync"/>
    public async IAsyncEnumerable<StoredRecord> ReadStreamAsync(
        string partition, StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = 0L;
        if (fromVersion > 1)
        {
            // A batch that holds any of a stream holds one version at least: what is asked for is in the newest ones.
            var wanted = (await VersionsAsync(partition, [stream], cancellation))[0] - fromVersion + 1;
            if (wanted <= 0)
                yield break;
            after = await StartAsync(partition, stream, wanted, cancellation) - 1;
        }
        while (await PageAsync(partition, stream, after, cancellation) is { Count: > 0 } page)
        {
            foreach (var (first, version, record) in page)
            {
                after = first;
                if (version >= fromVersion)
                    yield return record;
            }
        }
    }

    /// <inheritdoc cref="IJournalStore.VersionsAsync"/>
    public ValueTask<IReadOnlyList<long>> VersionsAsync(string partition, IReadOnlyList<StreamId> streams, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<long>>(
            async (connection, stop) =>
            {
                var own = PartitionOwner.Of(partition);
                await using var command = connection.Command(JournalTables.Versions).With(partition)
                    .With([.. streams.Select(stream => StreamNumber.Of(stream, own))]);
                return await command.RowsAsync(static row => row.GetInt64(0), stop);
            },
            cancellation);

    /// <inheritdoc cref="IJournalStore.LastOfAsync"/>
    public async ValueTask<StoredRecord?> LastOfAsync(string partition, CampaignId campaign, long atOrBefore, CancellationToken cancellation)
    {
        var isOwn = campaign == PartitionOwner.Of(partition);
        for (var from = atOrBefore; ;)
        {
            var batches = isOwn
                ? await BatchesAsync(partition, JournalTables.Last, c => c.With(from), cancellation)
                : await BatchesAsync(partition, JournalTables.LastOfCampaign, c => c.With(from).With(campaign.Value), cancellation);
            if (batches is not [var batch])
                return null;
            if (batch.LastOf(campaign, atOrBefore) is { } found)
                return found;
            from = batch.First - 1;
        }
    }

    private ValueTask<List<RecordBatch.Stored>> BatchesAsync(
        string partition, string sql, Action<NpgsqlCommand> fill, CancellationToken cancellation) => database.ReadAsync(
        async (connection, stop) =>
        {
            var own = PartitionOwner.Of(partition);
            await using var command = connection.Command(sql).With(partition);
            fill(command);
            return await command.RowsAsync(row => RecordBatch.Read(row, own), stop);
        },
        cancellation);

    private ValueTask<long> StartAsync(string partition, StreamId stream, long batches, CancellationToken cancellation) => database.ReadAsync(
        async (connection, stop) =>
        {
            await using var command = connection.Command(JournalTables.StreamStart).With(partition)
                .With(StreamNumber.Of(stream, PartitionOwner.Of(partition))).With(batches);
            return (long)(await command.ExecuteScalarAsync(stop))!;
        },
        cancellation);

    private ValueTask<List<(long First, long Version, StoredRecord Record)>> PageAsync(
        string partition, StreamId stream, long after, CancellationToken cancellation) => database.ReadAsync(
        async (connection, stop) =>
        {
            await using var command = connection.Command(JournalTables.ReadStream).With(partition)
                .With(StreamNumber.Of(stream, PartitionOwner.Of(partition))).With(after).With(StreamBatches);
            return await command.RowsAsync(row => (row.GetInt64(0), row.GetInt64(2), ToRecord(row, stream.Campaign)), stop);
        },
        cancellation);

    private static StoredRecord ToRecord(NpgsqlDataReader row, CampaignId campaign) =>
        new(row.GetInt64(0) + row.GetInt32(1) - 1, campaign, row.GetFieldValue<byte[]>(3), row.GetFieldValue<byte[]>(4));
}
