using Azure.Data.Tables;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Journal;

/// <summary>Divides an append into what fits one transaction each, and makes the transactions.</summary>
internal static class Batches
{
    /// <summary>The most records of one transaction: Azure's 100 rows without the fence and the row of the feed.</summary>
    public const int MaxRecords = 98;

    /// <summary>The largest body of a record, in bytes: it must fit into one row of the feed.</summary>
    public const int MaxBodyBytes = Chunks.MaxBytes - 1_024;

    private const int MaxHashBytes = byte.MaxValue;

    /// <summary>The records of each transaction.</summary>
    /// <exception cref="ArgumentException">A record is too large.</exception>
    public static List<JournalRecord[]> Divide(IReadOnlyList<JournalRecord> records)
    {
        var (batches, batch, size) = (new List<JournalRecord[]>(), new List<JournalRecord>(), (long)PackedRecords.SizeOfNone);
        foreach (var record in records)
        {
            if (record.Body.Length > MaxBodyBytes || record.Hash.Length > MaxHashBytes)
                throw new ArgumentException($"A record's body has at most {MaxBodyBytes} bytes, its hash {MaxHashBytes}.", nameof(records));
            var more = PackedRecords.SizeOf(record);
            if (batch.Count == MaxRecords || size + more > Chunks.MaxBytes)
            {
                batches.Add([.. batch]);
                batch.Clear();
                size = PackedRecords.SizeOfNone;
            }
            batch.Add(record);
            size += more;
        }
        if (batch.Count > 0)
            batches.Add([.. batch]);
        return batches;
    }

    /// <summary>The transaction that adds records under a fence.</summary>
    /// <param name="partition">The partition's key.</param>
    /// <param name="now">The fence as it must be.</param>
    /// <param name="next">The fence as it becomes.</param>
    /// <param name="feed">The row of the feed.</param>
    /// <param name="records">Its records.</param>
    public static List<TableTransactionAction> Add(string partition, Fence now, Fence next, FeedRow feed, JournalRecord[] records)
    {
        // The fence comes first: of several conditions that fail, Azure reports the first.
        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.UpdateReplace, next.ToRow(partition), now.Version),
            new(TableTransactionActionType.Add, feed.ToRow(partition)),
        ];
        // Adding, not replacing: a second event with the same version of a stream is refused.
        for (var i = 0; i < records.Length; i++)
            actions.Add(new(TableTransactionActionType.Add, StreamRow.Write(partition, records[i], feed.First + i, feed)));
        return actions;
    }

    /// <summary>The transaction that takes a row of the feed back, with the rows of its streams.</summary>
    public static List<TableTransactionAction> Remove(string partition, Fence now, Fence next, FeedRow feed)
    {
        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.UpdateReplace, next.ToRow(partition), now.Version),
            new(TableTransactionActionType.Delete, new TableEntity(partition, JournalKeys.Feed(feed.Last))),
        ];
        foreach (var record in feed.Records())
            actions.Add(new(TableTransactionActionType.Delete, StreamRow.KeyOf(partition, record.Stream, record.Version)));
        return actions;
    }
}
