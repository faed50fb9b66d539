using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Engine.Partitions;

/// <summary>
/// One campaign's events out of all its partitions, page by page, in an order in which they can be folded: the other partitions'
/// votes are read first and given last, so that an idea they speak of, which lies in the first partition, is there by then.
/// </summary>
public sealed class CampaignFeed : IFeedSource
{
    private readonly IJournalStore store;
    private readonly string[] names;
    private readonly TimeProvider time;

    /// <summary>Makes a feed.</summary>
    /// <param name="store">The journal.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="partitions">How many partitions it has, 1 or more.</param>
    /// <param name="time">The clock.</param>
    public CampaignFeed(IJournalStore store, CampaignId campaign, int partitions, TimeProvider time)
    {
        (this.store, this.time) = (store, time);
        names = [.. Enumerable.Range(0, partitions).Select(number => PartitionMap.Name(campaign, number))];
    }

    /// <inheritdoc/>
    public AsyncSignal Grown { get; } = new();

    /// <summary>The names of the partitions, in the order of their numbers.</summary>
    public IReadOnlyList<string> Partitions => names;

    /// <summary>Reads the next page.</summary>
    /// <param name="after">Where to begin.</param>
    /// <param name="max">How many records at most of each partition.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="JournalException">The journal can't be read.</exception>
    public async ValueTask<FeedPage> ReadPageAsync(Position after, int max, CancellationToken cancellation = default)
    {
        var votes = new IReadOnlyList<StoredRecord>[names.Length];
        for (var number = 1; number < names.Length; number++)
            votes[number] = await ReadAsync(number, after, max, cancellation);
        var asOf = Instant.From(time.GetUtcNow());
        votes[0] = await ReadAsync(0, after, max, cancellation);
        // As long as the first partition has more, an idea may be missing; the votes are read again then.
        var isWhole = votes[0].Count < max;
        var read = isWhole ? names.Length : 1;
        var records = new List<PlacedRecord>();
        var offsets = new PartitionOffset[names.Length];
        for (var number = 0; number < names.Length; number++)
        {
            offsets[number] = new PartitionOffset(names[number], after.In(names[number]));
            if (number >= read || votes[number].Count == 0)
                continue;
            foreach (var record in votes[number])
                records.Add(new PlacedRecord(number, record));
            offsets[number] = new PartitionOffset(names[number], votes[number][^1].Position);
        }
        var more = !isWhole || votes.Skip(1).Any(page => page.Count == max);
        return new FeedPage(records, Position.Of(offsets), isWhole ? asOf : null, more);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The journal can't be read.</exception>
    public async ValueTask<FeedBatch> ReadAsync(Position after, int max, CancellationToken cancellation = default)
    {
        var page = await ReadPageAsync(after, max, cancellation);
        return new FeedBatch([.. page.Records.Select(placed => EventReader.Read(placed.Record.Body))], page.UpTo);
    }

    private ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(int number, Position after, int max, CancellationToken cancellation) =>
        store.ReadAsync(names[number], after.In(names[number]), null, max, cancellation);
}

/// <summary>A record and where it lies.</summary>
/// <param name="Partition">The number of its partition, from 0.</param>
/// <param name="Record">The record.</param>
public readonly record struct PlacedRecord(int Partition, StoredRecord Record);

/// <summary>A page of a campaign's events.</summary>
/// <param name="Records">The events, in the order in which to fold them.</param>
/// <param name="UpTo">How far the campaign's partitions are read with them.</param>
/// <param name="AsOf">The moment whose rules and ideas are all included with this page; null if there are more than fit.</param>
/// <param name="HasMore">Whether more is waiting.</param>
public sealed record FeedPage(IReadOnlyList<PlacedRecord> Records, Position UpTo, Instant? AsOf, bool HasMore);
