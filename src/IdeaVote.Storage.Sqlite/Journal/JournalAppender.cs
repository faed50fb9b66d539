using System.Diagnostics;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Telemetry;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IdeaVote.Storage.Sqlite.Journal;

/// <summary>
/// Appends to the journal's tables on the writer's connection. The one statement that runs for every event binds its values
/// through the library's raw interface: parameters as objects would cost more than the insert.
/// </summary>
internal sealed class JournalAppender : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly sqlite3_stmt insert;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand rollback;
    private readonly SqliteCommand readHead;
    private readonly SqliteCommand readFence;
    private readonly SqliteParameter fencePartition;
    private readonly Dictionary<CampaignId, CampaignNumber> campaigns = [];

    private sealed class CampaignNumber(long number)
    {
        public long Number { get; } = number;

        public long LastBlock { get; set; } = -1;
    }

    public JournalAppender(SqliteConnection connection)
    {
        this.connection = connection;
        Throw(raw.sqlite3_prepare_v2(connection.Handle, "INSERT INTO journal (position, campaign, body, hash) VALUES (?, ?, ?, ?)", out insert));
        begin = Command("BEGIN IMMEDIATE");
        commit = Command("COMMIT");
        rollback = Command("ROLLBACK");
        readHead = Command("SELECT coalesce(max(position), 0) FROM journal");
        readFence = Command("SELECT epoch FROM fence WHERE partition = $partition");
        fencePartition = readFence.Parameters.Add("$partition", SqliteType.Text);
    }

    public JournalHead Begin(string partition)
    {
        using var command = Command("INSERT INTO fence VALUES ($partition, 1) ON CONFLICT DO UPDATE SET epoch = epoch + 1 RETURNING epoch");
        command.Parameters.AddWithValue("$partition", partition);
        var fence = Convert.ToInt64(command.ExecuteScalar());
        return new JournalHead(Convert.ToInt64(readHead.ExecuteScalar()), fence);
    }

    public void Append(string partition, long expected, long fence, IReadOnlyList<JournalRecord> records)
    {
        begin.ExecuteNonQuery();
        try
        {
            fencePartition.Value = partition;
            if (Convert.ToInt64(readFence.ExecuteScalar()) != fence)
                throw new StaleWriterException("Another process has taken this journal over; this one stops.");
            if (Convert.ToInt64(readHead.ExecuteScalar()) is var head && head != expected)
                throw new StaleWriterException($"The journal ends at {head}, not at {expected}: somebody else wrote to it; this process stops.");
            var position = expected;
            foreach (var record in records)
                Insert(++position, record);
            var started = Stopwatch.GetTimestamp();
            commit.ExecuteNonQuery();
            StoreTelemetry.Synced("sqlite", started);
        }
        catch
        {
            TryRollBack();
            throw;
        }
    }

    private void Insert(long position, in JournalRecord record)
    {
        var campaign = Number(record.Stream.Campaign);
        var block = position >> JournalSchema.BlockBits;
        if (campaign.LastBlock != block)
            MarkBlock(campaign, block);
        Throw(raw.sqlite3_bind_int64(insert, 1, position));
        Throw(raw.sqlite3_bind_int64(insert, 2, campaign.Number));
        Throw(raw.sqlite3_bind_blob(insert, 3, record.Body.Span));
        Throw(raw.sqlite3_bind_blob(insert, 4, record.Hash.Span));
        var result = raw.sqlite3_step(insert);
        raw.sqlite3_reset(insert);
        if (result != raw.SQLITE_DONE)
            Throw(result);
    }

    private CampaignNumber Number(CampaignId campaign)
    {
        if (campaigns.TryGetValue(campaign, out var known))
            return known;
        var id = new byte[Id.ByteLength];
        campaign.Value.WriteBytes(id);
        // The update changes nothing; it makes the statement return the number of a campaign that is there already.
        using var command = Command("INSERT INTO campaign (id) VALUES ($id) ON CONFLICT DO UPDATE SET id = id RETURNING number");
        command.Parameters.AddWithValue("$id", id);
        var number = new CampaignNumber(Convert.ToInt64(command.ExecuteScalar()));
        campaigns.Add(campaign, number);
        return number;
    }

    private void MarkBlock(CampaignNumber campaign, long block)
    {
        using var command = Command("INSERT OR IGNORE INTO block VALUES ($campaign, $block)");
        command.Parameters.AddWithValue("$campaign", campaign.Number);
        command.Parameters.AddWithValue("$block", block);
        command.ExecuteNonQuery();
        campaign.LastBlock = block;
    }

    private void TryRollBack()
    {
        // What was numbered or marked in the lost transaction is not there any more.
        campaigns.Clear();
        try
        {
            rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // The commit's own failure is what the caller must hear; SQLite may have rolled back by itself.
        }
    }

    private SqliteCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private void Throw(int result) => SqliteException.ThrowExceptionForRC(result, connection.Handle);

    public void Dispose()
    {
        insert.Dispose();
        begin.Dispose();
        commit.Dispose();
        rollback.Dispose();
        readHead.Dispose();
        readFence.Dispose();
    }
}
