using System.Runtime.CompilerServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Journal;

/// <summary>
/// The journal in the tables of an Azure storage account: any number of partitions, each with one writer at a time, and any number of
/// readers. A partition is a partition of the table <c>{prefix}journal</c>, so that an append is one transaction of it: the fence's
/// row, one packed row with the records, and a row for each record by its stream. It returns when Azure has it stored.
/// </summary>
/// <remarks>
/// <para>
/// Azure takes 100 rows and 4 MB a transaction, so up to 98 records that together have less than 896 KiB are one request. A larger
/// append is still all or none: the rows of all its transactions but the last lie beyond the head, where no reader looks, and the last
/// one moves the head over them. If the writer ends before, the next append or <see cref="BeginAsync"/> takes them back first.
/// </para>
/// <para>
/// An append is never repeated. If its answer is lost, the fence's row is read back: it names the append that moved the head last. If
/// that is another one, the row is changed before failure is reported, so that a request still under way can't be carried out later:
/// after "was not stored" it was not and will not be. Only if Azure can't be asked either, the outcome stays unknown.
/// </para>
/// <para>
/// Limits: a record's body has at most 916,480 bytes, its hash 255; a partition's name has 1 to 400 characters, of which each that is
/// no lower-case letter, digit or <c>-</c> counts as 3 or more. Azure carries out about 2,000 rows a second in one partition, of which
/// each record is one: what needs more is spread over partitions.
/// </para>
/// </remarks>
public sealed class AzureJournal : IJournalStore
{
    private const string TableName = "journal";

    private readonly JournalWriter writer;
    private readonly JournalReader reader;
    private readonly PartitionIndex index;

    internal AzureJournal(Table table, TimeProvider time)
    {
        index = new PartitionIndex(table, time);
        writer = new JournalWriter(table, index);
        reader = new JournalReader(table);
    }

    /// <summary>Connects, and makes the table if there is none.</summary>
    /// <param name="tables">The account and how to get in.</param>
    /// <param name="time">The time by which partitions are put in order; null for this machine's.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="JournalException">The account can't be used; the message says why and what to do.</exception>
    public static async Task<AzureJournal> OpenAsync(AzureTables tables, TimeProvider? time = null, CancellationToken cancellation = default) =>
        new(await tables.OpenAsync(TableName, cancellation), time ?? TimeProvider.System);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The partition's name is empty or too long.</exception>
    public async ValueTask<JournalHead> BeginAsync(string partition, CancellationToken cancellation = default) =>
        await writer.BeginAsync(partition, cancellation);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A record is too large, or the partition's name is empty or too long; nothing was appended.</exception>
    public async ValueTask AppendAsync(
        string partition, long expected, long fence, IReadOnlyList<JournalRecord> records, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        await writer.AppendAsync(partition, expected, fence, records, cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>With a campaign, records of others are read and passed over: cheap where a partition belongs to one campaign.</remarks>
    public async ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(
        string partition, long after, CampaignId? campaign, int max, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        var found = new List<StoredRecord>();
        await foreach (var row in reader.FeedAsync(Keys.Name(partition), after, max, cancellation))
        {
            foreach (var record in row.Stored())
            {
                if (record.Position <= after || (campaign is { } only && record.Campaign != only))
                    continue;
                found.Add(record);
                if (found.Count == max)
                    return found;
            }
        }
        return found;
    }

    /// <inheritdoc/>
    /// <remarks>One request for up to 1,000 small events; one more for each event of more than 8 KiB.</remarks>
    public async IAsyncEnumerable<StoredRecord> ReadStreamAsync(
        string partition, StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var key = Keys.Name(partition);
        FeedRow? feed = null;
        await foreach (var row in reader.StreamAsync(key, stream, fromVersion, null, cancellation))
        {
            if (row is { Body: { } body, Hash: { } hash })
            {
                yield return new StoredRecord(row.Position, stream.Campaign, body, hash);
                continue;
            }
            if (feed?.Last != row.FeedRow)
                feed = await reader.HoldingAsync(key, row.Position, cancellation);
            yield return feed.Stored().First(record => record.Position == row.Position);
        }
    }

    /// <inheritdoc/>
    /// <remarks>One request for each 1,000 events of the stream, which reads their keys only.</remarks>
    public async ValueTask<long> VersionAsync(string partition, StreamId stream, CancellationToken cancellation = default)
    {
        var version = 0L;
        await foreach (var row in reader.StreamAsync(Keys.Name(partition), stream, 0, StreamRow.Keys, cancellation))
            version = row.Version;
        return version;
    }

    /// <inheritdoc/>
    /// <remarks>Two requests where the partition belongs to one campaign; a scan back to the campaign's last record otherwise.</remarks>
    public async ValueTask<StoredRecord?> LastOfAsync(
        string partition, CampaignId campaign, long atOrBefore = long.MaxValue, CancellationToken cancellation = default)
    {
        var key = Keys.Name(partition);
        var position = Math.Min(await reader.HeadAsync(key, cancellation), atOrBefore);
        while (position > 0)
        {
            var row = await reader.HoldingAsync(key, position, cancellation);
            if (row.Stored().LastOrDefault(record => record.Position <= position && record.Campaign == campaign) is { } last)
                return last;
            position = row.First - 1;
        }
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask<long> HeadAsync(string partition, CancellationToken cancellation = default) =>
        await reader.HeadAsync(Keys.Name(partition), cancellation);

    /// <inheritdoc/>
    /// <remarks>The order goes by the clocks of the processes that began them. A partition whose first beginning failed may be among them; it is empty.</remarks>
    public IAsyncEnumerable<string> PartitionsAsync(CancellationToken cancellation = default) => index.ReadAsync(cancellation);
}
