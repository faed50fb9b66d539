using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Journal;

/// <summary>Reads the journal on a connection of its own, for one caller at a time.</summary>
internal sealed class JournalReader : IDisposable
{
    private readonly SqliteSession session;
    private readonly Dictionary<long, CampaignId> campaigns = [];

    public JournalReader(string path) =>
        session = new SqliteSession(SqliteFile.Open(path, new SqliteFileOptions { ReadOnly = true }));

    /// <summary>The records after a position, in order.</summary>
    public List<StoredRecord> ReadAll(long after, int max)
    {
        var query = session.Statement("SELECT position, campaign, body, hash FROM journal WHERE position > ? ORDER BY position LIMIT ?");
        query.Bind(1, after);
        query.Bind(2, max);
        return Records(query, max);
    }

    /// <summary>The records of one campaign after a position, in order.</summary>
    public List<StoredRecord> ReadCampaign(CampaignId campaign, long after, int max)
    {
        var query = session.Statement("""
            SELECT j.position, j.campaign, j.body, j.hash FROM campaign c
            JOIN block b ON b.campaign = c.number AND b.block >= ?3
            JOIN journal j ON j.position BETWEEN max(b.block << ?4, ?1 + 1) AND ((b.block + 1) << ?4) - 1 AND j.campaign = c.number
            WHERE c.id = ?5
            ORDER BY b.block, j.position LIMIT ?2
            """);
        query.Bind(1, after);
        query.Bind(2, max);
        query.Bind(3, after >> JournalSchema.BlockBits);
        query.Bind(4, JournalSchema.BlockBits);
        query.Bind(5, campaign.Value.ToBytes());
        return Records(query, max);
    }

    /// <summary>The last record of a campaign at or before a position.</summary>
    public StoredRecord? LastOf(CampaignId campaign, long atOrBefore)
    {
        var query = session.Statement("""
            SELECT j.position, j.campaign, j.body, j.hash FROM campaign c
            JOIN block b ON b.campaign = c.number AND b.block <= ?2
            JOIN journal j ON j.position BETWEEN (b.block << ?3) AND min(((b.block + 1) << ?3) - 1, ?1) AND j.campaign = c.number
            WHERE c.id = ?4
            ORDER BY b.block DESC, j.position DESC LIMIT 1
            """);
        query.Bind(1, atOrBefore);
        query.Bind(2, atOrBefore >> JournalSchema.BlockBits);
        query.Bind(3, JournalSchema.BlockBits);
        query.Bind(4, campaign.Value.ToBytes());
        return Records(query, 1) is [var last] ? last : null;
    }

    /// <summary>The position of the last record; 0 if there is none.</summary>
    public long Head() => (long)session.Scalar("SELECT coalesce(max(position), 0) FROM journal")!;

    /// <summary>Whether anybody has ever begun to write a partition.</summary>
    public bool IsBegun(string partition) => session.Scalar("SELECT 1 FROM fence WHERE partition = ?1", partition) is not null;

    public void Dispose() => session.Dispose();

    private List<StoredRecord> Records(SqliteStatement query, int max)
    {
        var records = new List<StoredRecord>(Math.Min(max, 1_024));
        try
        {
            while (query.Read())
                records.Add(new StoredRecord(query.Number(0), CampaignOf(query.Number(1)), query.Blob(2).ToArray(), query.Blob(3).ToArray()));
        }
        finally
        {
            query.Reset();
        }
        return records;
    }

    // A campaign keeps its number for ever, and joining it to every row would double the cost of reading.
    private CampaignId CampaignOf(long number)
    {
        if (!campaigns.TryGetValue(number, out var campaign))
            campaigns.Add(number, campaign = new CampaignId(Id.FromBytes((byte[])session.Scalar("SELECT id FROM campaign WHERE number = ?1", number)!)));
        return campaign;
    }
}
