using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Partitions;
using IdeaVote.Storage.Postgres.Journal;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Tests.Journal;

/// <summary>What one append wrote is one row, and each of its events is found in it.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class BatchTests(PostgresRun run)
{
    [SuiteFact]
    public async Task In_a_partition_of_its_own_a_campaign_is_not_named()
    {
        var connection = run.Fresh(this);
        await using var journal = await PostgresJournal.OpenAsync(connection);
        var records = new Records();
        var campaign = records.Campaign();
        await AppendAsync(journal, PartitionMap.Name(campaign, 3), records, campaign);

        (await CountAsync(connection, "journal_batch WHERE campaigns IS NOT NULL")).ShouldBe(0);
        (await CountAsync(connection, "journal_batch_campaign")).ShouldBe(0);
    }

    [SuiteFact]
    public async Task Elsewhere_it_is()
    {
        var connection = run.Fresh(this);
        await using var journal = await PostgresJournal.OpenAsync(connection);
        var records = new Records();
        await AppendAsync(journal, "anyone's", records, records.Campaign());

        (await CountAsync(connection, "journal_batch WHERE campaigns IS NULL")).ShouldBe(0);
        (await CountAsync(connection, "journal_batch_campaign")).ShouldBe(5);
    }

    [SuiteFact]
    public async Task Every_stream_is_found_by_its_index()
    {
        var connection = run.Fresh(this);
        await using var journal = await PostgresJournal.OpenAsync(connection);
        var records = new Records();
        var campaign = records.Campaign();
        await AppendAsync(journal, PartitionMap.Name(campaign, 0), records, campaign);

        // The planner would rather read so small a table whole, were it not told otherwise, as the journal's sessions are.
        await using var source = NpgsqlDataSource.Create($"{connection};Options={JournalTables.Schema.SessionOptions}");
        foreach (var sql in new[] { JournalTables.ReadStream, JournalTables.Versions })
        {
            var asked = sql.Replace("$1", "'x'").Replace("ARRAY[$2]", $"ARRAY['{Guid.Empty}']").Replace("$2::uuid[]", $"ARRAY['{Guid.Empty}']::uuid[]")
                .Replace("$2", $"'{Guid.Empty}'").Replace("$3", "0").Replace("$4", "500");
            await using var explain = source.CreateCommand($"EXPLAIN {asked}");
            await using var rows = await explain.ExecuteReaderAsync();
            var plan = "";
            while (await rows.ReadAsync())
                plan += rows.GetString(0) + "\n";
            plan.ShouldContain("journal_batch_stream");
        }
    }

    /// <summary>
    /// Four batches in which three streams grow, one of them by several events at once, and a batch of one event; each stream must be found
    /// whole and in part.
    /// </summary>
    private static async Task AppendAsync(PostgresJournal journal, string partition, Records records, CampaignId campaign)
    {
        StreamId[] streams = [records.Voter(campaign), records.Voter(campaign), StreamId.Of(campaign)];
        var head = await journal.BeginAsync(partition);
        for (var batch = 0; batch < 4; batch++)
        {
            var next = Enumerable.Range(0, 7).Select(i => records.Next(streams[i < 4 ? 0 : (i + batch) % 3])).ToArray();
            await journal.AppendAsync(partition, batch * 7, head.Fence, next);
        }
        await journal.AppendAsync(partition, 28, head.Fence, [records.Next(streams[1])]);

        (await journal.ReadAsync(partition, 0, null, 100)).ShouldBeAt(1, records.All);
        (await journal.ReadAsync(partition, 0, campaign, 100)).ShouldBeAt(1, records.All);
        (await journal.LastOfAsync(partition, campaign, 9))!.ShouldBeOf(records.All[8]);
        foreach (var stream in streams)
        {
            var all = records.All.FindAll(record => record.Stream == stream);
            (await journal.VersionAsync(partition, stream)).ShouldBe(all.Count);
            for (var from = 0; from <= all.Count + 1; from++)
            {
                var read = await journal.ReadStreamAsync(partition, stream, from).ToListAsync();
                read.Count.ShouldBe(all.Count - Math.Max(0, from - 1));
                foreach (var (record, appended) in read.Zip(all.Skip(from - 1)))
                    record.ShouldBeOf(appended);
            }
        }
    }

    private static async Task<long> CountAsync(string connection, string what)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand($"SELECT count(*) FROM {what}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
