using IdeaVote.Storage.Postgres.Connections;

namespace IdeaVote.Storage.Postgres.Journal;

/// <summary>The tables of a journal and of its snapshots, and what is said to them.</summary>
internal static class JournalTables
{
    // The head stands beside the fence: one statement locks the row, compares both and moves the head, and the batch goes with it or not
    // at all. A second writer of the same position would meet the primary key besides. A batch is one row: a row and three index entries
    // for each event took the server twice as long in all. What lies beside the rows is kept as it is: compressing it would be on a vote's way.
    private const string Batches = """
        CREATE TABLE journal_batch (
            partition integer NOT NULL, first bigint NOT NULL, streams uuid[] NOT NULL, versions bigint[] NOT NULL, ends integer[] NOT NULL,
            campaigns bytea[], bodies bytea NOT NULL, hashes bytea NOT NULL, PRIMARY KEY (partition, first));
        ALTER TABLE journal_batch
            ALTER streams SET STORAGE EXTERNAL, ALTER versions SET STORAGE EXTERNAL, ALTER ends SET STORAGE EXTERNAL,
            ALTER bodies SET STORAGE EXTERNAL, ALTER hashes SET STORAGE EXTERNAL,
            ALTER streams SET STATISTICS 0, ALTER versions SET STATISTICS 0, ALTER ends SET STATISTICS 0,
            ALTER campaigns SET STATISTICS 0, ALTER bodies SET STATISTICS 0, ALTER hashes SET STATISTICS 0;
        CREATE INDEX journal_batch_stream ON journal_batch USING gin (streams) WITH (fastupdate = off);
        CREATE TABLE journal_batch_campaign (
            partition integer NOT NULL, campaign bytea NOT NULL, first bigint NOT NULL, records integer NOT NULL,
            PRIMARY KEY (partition, campaign, first))
        """;

    public static readonly PostgresSchema Schema = new("journal", Version: 2, Tables: $"""
        CREATE TABLE identity (id uuid PRIMARY KEY);
        INSERT INTO identity VALUES (gen_random_uuid());
        CREATE TABLE fence (
            partition integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, epoch bigint NOT NULL,
            head bigint NOT NULL) WITH (fillfactor = 50);
        {Batches};
        CREATE TABLE snapshot (stream bytea PRIMARY KEY, version bigint NOT NULL, state bytea NOT NULL);
        CREATE TABLE board (campaign bytea PRIMARY KEY, position bigint NOT NULL, state bytea NOT NULL);
        CREATE TABLE checkpoint (id integer PRIMARY KEY CHECK (id = 1), position bigint NOT NULL, format integer NOT NULL)
        """)
    {
        Upgrade = new PostgresUpgrade(FromVersion: 1, (connection, cancellation) => JournalUpgrade.RunAsync(connection, Batches, cancellation)),
        // Everything is asked by an index. The planner would rather read a small table whole, and does not know that its arrays lie beside it.
        SessionOptions = "-c enable_seqscan=off -c jit=off",
    };

    public const string Identity = "SELECT id FROM identity";

    public const string Begin = """
        INSERT INTO fence (name, epoch, head) VALUES ($1, 1, 0)
        ON CONFLICT (name) DO UPDATE SET epoch = fence.epoch + 1 RETURNING head, epoch
        """;

    private const string Owned = "WITH owned AS (UPDATE fence SET head = head + $4 WHERE name = $1 AND head = $2 AND epoch = $3 RETURNING partition)";

    private const string InsertOwned =
        "INSERT INTO journal_batch (partition, first, streams, versions, ends, campaigns, bodies, hashes) SELECT partition, $2 + 1, $5, $6, $7, $8, $9, $10 FROM owned";

    /// <summary>Appends a batch all of which is the partition's own.</summary>
    public const string Append = $"{Owned} {InsertOwned}";

    /// <summary>Appends a batch of other campaigns, and says to each where it is.</summary>
    public const string AppendOfOthers = $"""
        {Owned}, batch AS ({InsertOwned} RETURNING partition, first)
        INSERT INTO journal_batch_campaign (partition, campaign, first, records)
        SELECT batch.partition, told.campaign, batch.first, count(*) FROM batch, unnest($8) AS told (campaign) GROUP BY 1, 2, 3
        """;

    /// <summary>Numbers are given in the order of first beginnings; an upsert skips some, which does not matter.</summary>
    public const string Partitions = "SELECT partition, name FROM fence WHERE partition > $1 ORDER BY partition LIMIT $2";

    public const string ReadFence = "SELECT head, epoch FROM fence WHERE name = $1";

    /// <summary>Keeps the fence from being raised until the transaction ends.</summary>
    public const string HoldFence = "SELECT 1 FROM fence WHERE name = $1 AND epoch = $2 FOR SHARE";

    private const string Number = "(SELECT partition FROM fence WHERE name = $1)";

    private const string Read = "SELECT j.first, j.ends, j.campaigns, j.bodies, j.hashes FROM journal_batch j";

    /// <summary>The batches that hold any of the positions from $2 to $3.</summary>
    public const string ReadAll = $"""
        {Read} WHERE j.partition = {Number} AND j.first <= $3
        AND j.first >= coalesce((SELECT max(first) FROM journal_batch WHERE partition = {Number} AND first <= $2), 0) ORDER BY j.first
        """;

    /// <summary>The next batches of a campaign, from the one that may hold $2 and not before $5, until there are $3 of its records.</summary>
    public const string ReadCampaign = $"""
        {Read} JOIN (
            SELECT first, sum(records) OVER (ORDER BY first) - records AS before FROM journal_batch_campaign
            WHERE partition = {Number} AND campaign = $4
            AND first >= greatest($5, (SELECT max(first) FROM journal_batch_campaign WHERE partition = {Number} AND campaign = $4 AND first <= $2))
            ORDER BY first LIMIT $3) c ON j.partition = {Number} AND j.first = c.first AND c.before < $3 ORDER BY j.first
        """;

    /// <summary>The last batch that begins at or before $2.</summary>
    public const string Last = $"{Read} WHERE j.partition = {Number} AND j.first <= $2 ORDER BY j.first DESC LIMIT 1";

    /// <summary>The last batch of a campaign that begins at or before $2.</summary>
    public const string LastOfCampaign = $"""
        {Read} WHERE j.partition = {Number}
        AND j.first = (SELECT max(first) FROM journal_batch_campaign WHERE partition = {Number} AND campaign = $3 AND first <= $2)
        """;

    // Not by the partition's index, which would look through all of its batches.
    private const string OfStream = $"FROM journal_batch WHERE partition + 0 = {Number} AND streams @> ARRAY[$2]::uuid[]";

    /// <summary>The first of the $3 newest batches of a stream.</summary>
    public const string StreamStart = $"SELECT min(first) FROM (SELECT first {OfStream} ORDER BY first DESC LIMIT $3) AS newest";

    /// <summary>The records of a stream in its next batches after $3, $4 of them.</summary>
    public const string ReadStream = $"""
        SELECT batch.first, record.number::integer, record.version,
            substring(batch.bodies FROM record.start + 1 FOR record.stop - record.start), substring(batch.hashes FROM record.number::integer * 32 - 31 FOR 32)
        FROM (SELECT * {OfStream} AND first > $3 ORDER BY first LIMIT $4) AS batch,
            unnest(batch.streams, batch.versions, array_prepend(0, batch.ends[:cardinality(batch.ends) - 1]), batch.ends)
                WITH ORDINALITY AS record (stream, version, start, stop, number)
        WHERE record.stream = $2 ORDER BY record.version
        """;

    /// <summary>The versions of streams: the newest batch of each says it.</summary>
    public const string Versions = $"""
        SELECT coalesce((SELECT max(record.version) FROM unnest(newest.streams, newest.versions) AS record (stream, version) WHERE record.stream = asked.stream), 0)
        FROM unnest($2::uuid[]) WITH ORDINALITY AS asked (stream, number) LEFT JOIN LATERAL (
            SELECT streams, versions FROM journal_batch WHERE partition + 0 = {Number} AND streams @> ARRAY[asked.stream] ORDER BY first DESC LIMIT 1) AS newest ON true
        ORDER BY asked.number
        """;

    public const string LoadSnapshot = "SELECT version, state FROM snapshot WHERE stream = $1";

    /// <summary>Lets a transaction read tables as a whole.</summary>
    public const string ScanTables = "SET LOCAL enable_seqscan = on";

    public const string ReadSnapshotKeys = "SELECT stream FROM snapshot";

    public const string SaveSnapshots = """
        INSERT INTO snapshot SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[])
        ON CONFLICT (stream) DO UPDATE SET version = excluded.version, state = excluded.state
        """;

    public const string LoadBoards = "SELECT campaign, position, state FROM board";

    public const string SaveBoards = """
        INSERT INTO board SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[])
        ON CONFLICT (campaign) DO UPDATE SET position = excluded.position, state = excluded.state
        """;

    public const string LoadCheckpoint = "SELECT position, format FROM checkpoint";

    public const string SaveCheckpoint = """
        INSERT INTO checkpoint VALUES (1, $1, $2)
        ON CONFLICT (id) DO UPDATE SET position = excluded.position, format = excluded.format
        """;

    public const string Clear = "TRUNCATE checkpoint, snapshot, board";
}
