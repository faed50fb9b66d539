using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;
using IdeaVote.Storage.Postgres.Journal;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Tests.Journal;

/// <summary>A journal of format 1, which had a row for each event, is taken over as it is.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class UpgradeTests(PostgresRun run)
{
    // As the first version made them, and never to change.
    private const string FormerTables = """
        CREATE SCHEMA {0};
        SET search_path TO {0};
        CREATE TABLE schema_version (part text PRIMARY KEY, version integer NOT NULL);
        INSERT INTO schema_version VALUES ('journal', 1);
        CREATE TABLE identity (id uuid PRIMARY KEY);
        INSERT INTO identity VALUES ('6d7a9f00-0000-4000-8000-000000000001');
        CREATE TABLE fence (
            partition integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, epoch bigint NOT NULL,
            head bigint NOT NULL) WITH (fillfactor = 50);
        CREATE TABLE journal (
            partition integer NOT NULL, position bigint NOT NULL, version bigint NOT NULL, kind smallint NOT NULL,
            campaign bytea NOT NULL, key bytea NOT NULL, body bytea NOT NULL, hash bytea NOT NULL,
            CONSTRAINT journal_position PRIMARY KEY (partition, position),
            CONSTRAINT journal_version UNIQUE (partition, key, kind, campaign, version));
        CREATE INDEX journal_campaign ON journal (partition, campaign, position);
        CREATE TABLE snapshot (stream bytea PRIMARY KEY, version bigint NOT NULL, state bytea NOT NULL);
        CREATE TABLE board (campaign bytea PRIMARY KEY, position bigint NOT NULL, state bytea NOT NULL);
        CREATE TABLE checkpoint (id integer PRIMARY KEY CHECK (id = 1), position bigint NOT NULL, format integer NOT NULL);
        """;

    [SuiteFact]
    public async Task Every_partition_is_there_with_its_streams_and_can_be_written_on()
    {
        var connection = run.Fresh(this);
        var (others, own) = (new Records(3), new Records(4));
        var (campaigns, mine) = (new[] { others.Campaign(), others.Campaign() }, own.Campaign());
        StreamId[] streams = [.. Enumerable.Range(0, 20).Select(i => others.Voter(campaigns[i % 2]))];
        for (var i = 0; i < 1_201; i++)
            others.Next(streams[i % 7 % 20]);
        own.Votes(mine, 501);
        var ownName = PartitionMap.Name(mine, 0);
        await MakeFormerAsync(connection, (PostgresJournal.Partition, others.All), (ownName, own.All), ("empty", []));

        await using var journal = await PostgresJournal.OpenAsync(connection);

        journal.Identity.ShouldBe(new Guid("6d7a9f00-0000-4000-8000-000000000001"));
        (await journal.PartitionsAsync().ToListAsync()).ShouldBe([PostgresJournal.Partition, ownName, "empty"]);
        (await journal.HeadAsync("empty")).ShouldBe(0);
        foreach (var (name, records) in new[] { (PostgresJournal.Partition, others), (ownName, own) })
        {
            (await journal.HeadAsync(name)).ShouldBe(records.All.Count);
            (await journal.ReadAsync(name, 0, null, int.MaxValue)).ShouldBeAt(1, records.All);
            foreach (var stream in records.All.GroupBy(record => record.Stream).Take(25))
            {
                (await journal.VersionAsync(name, stream.Key)).ShouldBe(stream.Count());
                var read = await journal.ReadStreamAsync(name, stream.Key, 1).ToListAsync();
                read.Count.ShouldBe(stream.Count());
                foreach (var (record, appended) in read.Zip(stream))
                    record.ShouldBeOf(appended);
            }
            var head = await journal.BeginAsync(name);
            await journal.AppendAsync(name, head.Position, head.Fence, [records.Next(records.All[0].Stream)]);
            (await journal.ReadAsync(name, 0, null, int.MaxValue)).ShouldBeChained();
        }
        (await journal.ReadAsync(PostgresJournal.Partition, 0, campaigns[1], int.MaxValue)).Count
            .ShouldBe(others.All.Count(record => record.Stream.Campaign == campaigns[1]));
    }

    private static async Task MakeFormerAsync(string connection, params (string Partition, List<JournalRecord> Records)[] partitions)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await ExecuteAsync(source, FormerTables.Replace("{0}", new NpgsqlConnectionStringBuilder(connection).SearchPath));
        for (var number = 1; number <= partitions.Length; number++)
        {
            var (name, records) = partitions[number - 1];
            await ExecuteAsync(source, "INSERT INTO fence (name, epoch, head) VALUES ($1, 7, $2)", name, (long)records.Count);
            for (var i = 0; i < records.Count; i++)
            {
                var record = records[i];
                await ExecuteAsync(
                    source, "INSERT INTO journal VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", number, i + 1L, record.Version, (short)record.Stream.Kind,
                    Bytes(record.Stream.Campaign.Value), Bytes(record.Stream.Key), record.Body.ToArray(), record.Hash.ToArray());
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }

    private static byte[] Bytes(Id id)
    {
        var bytes = new byte[Id.ByteLength];
        id.WriteBytes(bytes);
        return bytes;
    }
}
