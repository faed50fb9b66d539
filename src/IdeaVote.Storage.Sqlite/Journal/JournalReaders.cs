using System.Collections.Concurrent;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Journal;

/// <summary>Reads the journal beside its writer, on connections of their own, each used by one caller at a time.</summary>
internal sealed class JournalReaders(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteConnection> idle = [];

    public IReadOnlyList<StoredRecord> Read(long after, CampaignId? campaign, int max)
    {
        var connection = Rent();
        try
        {
            var records = new List<StoredRecord>(Math.Min(max, 1_024));
            if (campaign is { } only)
                ReadCampaign(connection, only, after, max, records);
            else
                ReadAll(connection, after, max, records);
            return records;
        }
        finally
        {
            idle.Add(connection);
        }
    }

    public StoredRecord? LastOf(CampaignId campaign, long atOrBefore)
    {
        var connection = Rent();
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = """
                SELECT j.position, c.id, j.body, j.hash FROM campaign c
                JOIN block b ON b.campaign = c.number AND b.block <= $block
                JOIN journal j ON j.position BETWEEN (b.block << $bits) AND min(((b.block + 1) << $bits) - 1, $last) AND j.campaign = c.number
                WHERE c.id = $id
                ORDER BY b.block DESC, j.position DESC LIMIT 1
                """;
            command.Parameters.AddWithValue("$id", Bytes(campaign));
            command.Parameters.AddWithValue("$bits", JournalSchema.BlockBits);
            command.Parameters.AddWithValue("$block", atOrBefore >> JournalSchema.BlockBits);
            command.Parameters.AddWithValue("$last", atOrBefore);
            using var reader = command.ExecuteReader();
            return reader.Read() ? Record(reader) : null;
        }
        finally
        {
            idle.Add(connection);
        }
    }

    public long Head()
    {
        var connection = Rent();
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT coalesce(max(position), 0) FROM journal";
            return Convert.ToInt64(command.ExecuteScalar());
        }
        finally
        {
            idle.Add(connection);
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var connection))
            connection.Dispose();
    }

    private static void ReadAll(SqliteConnection connection, long after, int max, List<StoredRecord> records)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT j.position, c.id, j.body, j.hash FROM journal j JOIN campaign c ON c.number = j.campaign
            WHERE j.position > $after ORDER BY j.position LIMIT $max
            """;
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$max", max);
        ReadInto(command, records);
    }

    private static void ReadCampaign(SqliteConnection connection, CampaignId campaign, long after, int max, List<StoredRecord> records)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT j.position, c.id, j.body, j.hash FROM campaign c
            JOIN block b ON b.campaign = c.number AND b.block >= $block
            JOIN journal j ON j.position BETWEEN max(b.block << $bits, $after + 1) AND ((b.block + 1) << $bits) - 1 AND j.campaign = c.number
            WHERE c.id = $id
            ORDER BY b.block, j.position LIMIT $max
            """;
        command.Parameters.AddWithValue("$id", Bytes(campaign));
        command.Parameters.AddWithValue("$bits", JournalSchema.BlockBits);
        command.Parameters.AddWithValue("$block", after >> JournalSchema.BlockBits);
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$max", max);
        ReadInto(command, records);
    }

    private static void ReadInto(SqliteCommand command, List<StoredRecord> records)
    {
        using var reader = command.ExecuteReader();
        while (reader.Read())
            records.Add(Record(reader));
    }

    private static StoredRecord Record(SqliteDataReader reader) => new(
        reader.GetInt64(0), new CampaignId(Id.FromBytes(reader.GetFieldValue<byte[]>(1))), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3));

    private static byte[] Bytes(CampaignId campaign)
    {
        var bytes = new byte[Id.ByteLength];
        campaign.Value.WriteBytes(bytes);
        return bytes;
    }

    private SqliteConnection Rent() =>
        idle.TryTake(out var connection) ? connection : SqliteFile.Open(path, new SqliteFileOptions { ReadOnly = true });
}
