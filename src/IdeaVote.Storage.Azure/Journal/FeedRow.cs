using Azure.Data.Tables;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Journal;

/// <summary>The records of one transaction, packed into one row.</summary>
/// <param name="First">The position of the first record.</param>
/// <param name="Last">The position of the last one.</param>
/// <param name="Batch">The id of the append they came with.</param>
/// <param name="IsStaged">
/// Whether the head moved in a later transaction than this row's. Such a row counts only once the head has reached it; any other
/// counts from the moment it is there.
/// </param>
/// <param name="Bytes">The records.</param>
internal sealed record FeedRow(long First, long Last, string Batch, bool IsStaged, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The property that says that a row is staged; rows that are not lack it.</summary>
    public const string Staged = "Staged";

    /// <summary>Reads the row.</summary>
    public static FeedRow Of(TableEntity row) => new(
        row.Number(nameof(First)), row.Number(nameof(Last)), row.Text(nameof(Batch)), row.GetBoolean(Staged) == true, Chunks.Get(row));

    /// <summary>Writes the row.</summary>
    public TableEntity ToRow(string partition)
    {
        var row = new TableEntity(partition, JournalKeys.Feed(Last))
        {
            [nameof(First)] = First,
            [nameof(Last)] = Last,
            [nameof(Batch)] = Batch,
        };
        if (IsStaged)
            row[Staged] = true;
        Chunks.Put(row, Bytes.Span);
        return row;
    }

    /// <summary>The records.</summary>
    public List<JournalRecord> Records() => PackedRecords.Read(Bytes);

    /// <summary>The records with their positions, as they are read.</summary>
    public IEnumerable<StoredRecord> Stored()
    {
        var position = First;
        foreach (var record in Records())
            yield return new StoredRecord(position++, record.Stream.Campaign, record.Body.ToArray(), record.Hash.ToArray());
    }
}
