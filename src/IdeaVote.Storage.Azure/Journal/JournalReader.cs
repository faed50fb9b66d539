using System.Runtime.CompilerServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Journal;

/// <summary>
/// Reads partitions. A row that came in the same transaction as the move of the head counts from the moment it is seen, so most
/// readings need one request. At the first row that was staged, or that does not follow on the one before, the reader asks for the
/// head and reads again from there, up to that head: what lies at or before a head is complete and never changes.
/// </summary>
internal sealed class JournalReader(Table table)
{
    private const int MaxPage = 1_000;

    /// <summary>The position of the last record that counts; 0 if there is none.</summary>
    public async Task<long> HeadAsync(string partition, CancellationToken cancellation) =>
        (await table.FindFenceAsync(partition, cancellation))?.Head ?? 0;

    /// <summary>The rows of the feed from the one on that holds the record after a position.</summary>
    /// <param name="partition">The partition's key.</param>
    /// <param name="after">The position.</param>
    /// <param name="max">About how many records are wanted, so that not many more are fetched.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async IAsyncEnumerable<FeedRow> FeedAsync(
        string partition, long after, int max, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Full rows need few requests with few rows; rows of single records make the pages grow.
        var page = Math.Clamp(max / Batches.MaxRecords + 1, 1, MaxPage);
        var (position, head) = (Math.Max(after, 0), (long?)null);
        while (true)
        {
            var (taken, isUnsettled) = (0, false);
            var beyond = Keys.After(partition, JournalKeys.Feed(position), JournalKeys.FeedEnd);
            await foreach (var entity in table.QueryAsync(beyond, page, cancellation: cancellation))
            {
                var row = FeedRow.Of(entity);
                if (head < row.Last)
                    yield break;
                isUnsettled = head is null && (row.IsStaged || row.First > position + 1);
                if (isUnsettled)
                    break;
                if (row.First > position + 1)
                    throw new JournalException($"The journal lacks the record at {position + 1}. Somebody else wrote to this table; restore it from a backup.");
                yield return row;
                position = row.Last;
                if (++taken == page)
                    break;
            }
            if (isUnsettled)
                head = await HeadAsync(partition, cancellation);
            else if (taken < page)
                yield break;
            else
                page = Math.Min(4 * page, MaxPage);
        }
    }

    /// <summary>The row of the feed that holds a position at or before the head.</summary>
    public async Task<FeedRow> HoldingAsync(string partition, long position, CancellationToken cancellation)
    {
        var from = Keys.Range(partition, JournalKeys.Feed(position), JournalKeys.FeedEnd);
        await foreach (var row in table.QueryAsync(from, page: 1, cancellation: cancellation))
            return FeedRow.Of(row);
        throw new JournalException($"The journal lacks the record at {position}. Somebody else wrote to this table; restore it from a backup.");
    }

    /// <summary>The rows of a stream from a version on.</summary>
    /// <param name="partition">The partition's key.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="fromVersion">The version to begin with.</param>
    /// <param name="select">The properties to read; null for all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async IAsyncEnumerable<StreamRow> StreamAsync(
        string partition, StreamId stream, long fromVersion, string[]? select, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (version, head) = (Math.Max(fromVersion, 0), (long?)null);
        while (true)
        {
            var isUnsettled = false;
            var range = Keys.Range(partition, JournalKeys.Stream(stream, version), JournalKeys.Stream(stream, long.MaxValue));
            await foreach (var entity in table.QueryAsync(range, MaxPage, select, cancellation))
            {
                var row = StreamRow.Of(entity);
                if (head < row.Position)
                    yield break;
                isUnsettled = head is null && row.IsStaged;
                if (isUnsettled)
                    break;
                yield return row;
                version = row.Version + 1;
            }
            if (!isUnsettled)
                yield break;
            head = await HeadAsync(partition, cancellation);
        }
    }
}
