using IdeaVote.Storage.Postgres.Connections;

namespace IdeaVote.Storage.Postgres.Journal;

/// <summary>The tables of a journal and of its snapshots, and what is said to them.</summary>
internal static class JournalTables
{
    // The head stands beside the fence: one statement locks the row, compares both and moves the head, and the records go
    // with it or not at all. A second writer of the same position would meet the primary key besides. A stream's key is what tells
    // streams of a partition apart, so it comes before what most of them have in common: comparing is most of what an insert takes.
    public static readonly PostgresSchema Schema = new("journal", Version: 1, Tables: """
        CREATE TABLE identity (id uuid PRIMARY KEY);
        INSERT INTO identity VALUES (gen_random_uuid());
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
        CREATE TABLE checkpoint (id integer PRIMARY KEY CHECK (id = 1), position bigint NOT NULL, format integer NOT NULL)
        """);

    /// <summary>What is violated by a record of a stream's version that is there already.</summary>
    public const string VersionConstraint = "journal_version";

    public const string Identity = "SELECT id FROM identity";

    public const string Begin = """
        INSERT INTO fence (name, epoch, head) VALUES ($1, 1, 0)
        ON CONFLICT (name) DO UPDATE SET epoch = fence.epoch + 1 RETURNING head, epoch
        """;

    public const string Append = """
        WITH owned AS (
            UPDATE fence SET head = head + $4 WHERE name = $1 AND head = $2 AND epoch = $3 RETURNING partition)
        INSERT INTO journal (partition, position, version, kind, campaign, key, body, hash)
        SELECT owned.partition, $2 + record.number, record.version, record.kind, record.campaign, record.key, record.body, record.hash
        FROM owned, unnest($5::bigint[], $6::smallint[], $7::bytea[], $8::bytea[], $9::bytea[], $10::bytea[])
            WITH ORDINALITY AS record (version, kind, campaign, key, body, hash, number)
        """;

    /// <summary>Numbers are given in the order of first beginnings; an upsert skips some, which does not matter.</summary>
    public const string Partitions = "SELECT partition, name FROM fence WHERE partition > $1 ORDER BY partition LIMIT $2";

    public const string ReadFence = "SELECT head, epoch FROM fence WHERE name = $1";

    /// <summary>Keeps the fence from being raised until the transaction ends.</summary>
    public const string HoldFence = "SELECT 1 FROM fence WHERE name = $1 AND epoch = $2 FOR SHARE";

    private const string Records =
        "SELECT position, campaign, body, hash, version FROM journal WHERE partition = (SELECT partition FROM fence WHERE name = $1) AND ";

    public const string ReadAll = Records + "position > $2 ORDER BY position LIMIT $3";

    public const string ReadCampaign = Records + "position > $2 AND campaign = $4 ORDER BY position LIMIT $3";

    public const string ReadStream = Records + "kind = $2 AND campaign = $3 AND key = $4 AND version >= $5 ORDER BY version LIMIT $6";

    public const string LastOf = Records + "position <= $2 AND campaign = $3 ORDER BY position DESC LIMIT 1";

    public const string Version = """
        SELECT coalesce(max(version), 0) FROM journal
        WHERE partition = (SELECT partition FROM fence WHERE name = $1) AND kind = $2 AND campaign = $3 AND key = $4
        """;

    public const string Versions = """
        SELECT coalesce((SELECT max(version) FROM journal
            WHERE partition = (SELECT partition FROM fence WHERE name = $1) AND kind = asked.kind AND campaign = asked.campaign AND key = asked.key), 0)
        FROM unnest($2::smallint[], $3::bytea[], $4::bytea[]) WITH ORDINALITY AS asked (kind, campaign, key, number)
        ORDER BY asked.number
        """;

    /// <summary>
    /// Has the planner look at the table. Before it has, it takes a campaign's index for a stream's and reads all of the campaign for
    /// each voter; the database's own housekeeping looks a minute later, and a minute is a long time for a new campaign.
    /// </summary>
    public const string Analyze = "ANALYZE journal";

    public const string LoadSnapshot = "SELECT version, state FROM snapshot WHERE stream = $1";

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
