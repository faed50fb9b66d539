using System.Globalization;
using Azure.Data.Tables;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Journal;

/// <summary>
/// One event in its stream. It carries the event if that is small, so that an aggregate loads with one request; otherwise it says in
/// which row of the feed the event is.
/// </summary>
/// <param name="Version">The event's version.</param>
/// <param name="Position">Its place in the feed.</param>
/// <param name="FeedRow">The last position of the row of the feed that holds it.</param>
/// <param name="IsStaged">As <see cref="Journal.FeedRow.IsStaged"/>.</param>
/// <param name="Body">The event; null if it is large.</param>
/// <param name="Hash">Its hash; null if it is large.</param>
internal sealed record StreamRow(long Version, long Position, long FeedRow, bool IsStaged, byte[]? Body, byte[]? Hash)
{
    /// <summary>The largest body that is carried, in bytes. All those of a transaction together with its feed row stay below Azure's 4 MB.</summary>
    public const int MaxCarriedBytes = 8 * 1024;

    /// <summary>The properties to read if only versions are asked for.</summary>
    public static string[] Keys { get; } = ["PartitionKey", "RowKey", nameof(Position), nameof(FeedRow), Journal.FeedRow.Staged];

    /// <summary>Reads the row.</summary>
    public static StreamRow Of(TableEntity row) => new(
        long.Parse(row.RowKey.AsSpan(row.RowKey.Length - Connections.Keys.Number(0).Length), NumberStyles.None, CultureInfo.InvariantCulture),
        row.Number(nameof(Position)), row.Number(nameof(FeedRow)), row.GetBoolean(Journal.FeedRow.Staged) == true,
        row.GetBinary(nameof(Body)), row.GetBinary(nameof(Hash)));

    /// <summary>Writes the row of a record.</summary>
    /// <param name="partition">The partition's key.</param>
    /// <param name="record">The record.</param>
    /// <param name="position">Its place.</param>
    /// <param name="feed">The row of the feed that holds it.</param>
    public static TableEntity Write(string partition, in JournalRecord record, long position, FeedRow feed)
    {
        var row = new TableEntity(partition, JournalKeys.Stream(record.Stream, record.Version))
        {
            [nameof(Position)] = position,
            [nameof(FeedRow)] = feed.Last,
        };
        if (feed.IsStaged)
            row[Journal.FeedRow.Staged] = true;
        if (record.Body.Length <= MaxCarriedBytes)
        {
            row[nameof(Body)] = record.Body.ToArray();
            row[nameof(Hash)] = record.Hash.ToArray();
        }
        return row;
    }

    /// <summary>Names the row of a record, to delete it.</summary>
    public static TableEntity KeyOf(string partition, StreamId stream, long version) => new(partition, JournalKeys.Stream(stream, version));
}
