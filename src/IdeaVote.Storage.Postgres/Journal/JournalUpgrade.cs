using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Postgres.Connections;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Journal;

/// <summary>Makes batches of the rows of format 1, which had a row for each event.</summary>
internal static class JournalUpgrade
{
    private const int BatchRecords = 500;

    // Whoever still writes in the former format waits, and then finds its table gone.
    private const string Hold = "LOCK TABLE fence, journal IN ACCESS EXCLUSIVE MODE";

    private const string Partitions = "SELECT partition, name FROM fence ORDER BY partition";

    private const string Rows = """
        SELECT kind, campaign, key, version, body, hash FROM journal WHERE partition = $1 AND position > $2 ORDER BY position LIMIT $3
        """;

    private const string Insert = "INSERT INTO journal_batch VALUES ($1, $2 + 1, $3, $4, $5, $6, $7, $8)";

    private const string InsertCampaigns = """
        INSERT INTO journal_batch_campaign SELECT $1, told.campaign, $2 + 1, count(*) FROM unnest($3) AS told (campaign) GROUP BY told.campaign
        """;

    /// <summary>Does it, however long it takes.</summary>
    /// <param name="connection">A connection with the transaction in which it all happens or nothing.</param>
    /// <param name="tables">The statements that make the new tables.</param>
    /// <param name="cancellation">Ends it; then nothing has happened.</param>
    public static async Task RunAsync(NpgsqlConnection connection, string tables, CancellationToken cancellation)
    {
        await ExecuteAsync(connection.Command(Hold), cancellation);
        await ExecuteAsync(connection.Command(tables), cancellation);
        await using var command = connection.Command(Partitions);
        foreach (var (number, name) in await command.RowsAsync(static row => (row.GetInt32(0), row.GetString(1)), cancellation))
            await CopyAsync(connection, number, PartitionOwner.Of(name), cancellation);
        await ExecuteAsync(connection.Command("DROP TABLE journal"), cancellation);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, int partition, CampaignId? own, CancellationToken cancellation)
    {
        for (var after = 0L; ;)
        {
            await using var command = connection.Command(Rows).With(partition).With(after).With(BatchRecords);
            var records = await command.RowsAsync(ToRecord, cancellation);
            if (records.Count == 0)
                return;
            using var batch = RecordBatch.Write(records, own);
            var insert = connection.Command(Insert).With(partition).With(after);
            batch.AddTo(insert);
            await ExecuteAsync(insert, cancellation);
            if (batch.Campaigns is { } campaigns)
                await ExecuteAsync(connection.Command(InsertCampaigns).With(partition).With(after).With(campaigns), cancellation);
            after += records.Count;
        }
    }

    private static JournalRecord ToRecord(NpgsqlDataReader row) =>
        new(row.GetStreamId(0), row.GetInt64(3), row.GetFieldValue<byte[]>(4), row.GetFieldValue<byte[]>(5));

    private static async Task ExecuteAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using (command)
        {
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
