using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Journal;

/// <summary>
/// A journal that remembers the newest records which this process appended itself, so that who follows a partition need not fetch from the
/// store what was sent there a moment ago. A durable record never changes, so what is remembered stays true whoever writes the partition next;
/// what comes after it is always asked of the store.
/// </summary>
/// <param name="store">The journal.</param>
/// <param name="maxBytes">How much it remembers of all partitions together, in bytes of written forms.</param>
public sealed class RecentRecords(IJournalStore store, long maxBytes = RecentRecords.DefaultBytes) : IJournalStore
{
    /// <summary>How much is remembered unless another size is asked for: some 80,000 votes.</summary>
    public const long DefaultBytes = 16 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Tail> tails = new(StringComparer.Ordinal);
    private readonly Queue<Batch> batches = new();
    private long bytes;

    /// <inheritdoc/>
    public ValueTask<JournalHead> BeginAsync(string partition, CancellationToken cancellation = default) => store.BeginAsync(partition, cancellation);

    /// <inheritdoc/>
    public async ValueTask AppendAsync(
        string partition, long expected, long fence, IReadOnlyList<JournalRecord> records, CancellationToken cancellation = default)
    {
        await store.AppendAsync(partition, expected, fence, records, cancellation);
        if (records.Count > 0)
            Remember(partition, expected, records);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(
        string partition, long after, CampaignId? campaign, int max, CancellationToken cancellation = default)
    {
        if (campaign is not null || Recall(partition, after, max) is not { Count: > 0 } recent)
            return await store.ReadAsync(partition, after, campaign, max, cancellation);
        if (recent.Count < max)
            recent.AddRange(await store.ReadAsync(partition, recent[^1].Position, null, max - recent.Count, cancellation));
        return recent;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredRecord> ReadStreamAsync(string partition, StreamId stream, long fromVersion, CancellationToken cancellation = default) =>
        store.ReadStreamAsync(partition, stream, fromVersion, cancellation);

    /// <inheritdoc/>
    public ValueTask<long> VersionAsync(string partition, StreamId stream, CancellationToken cancellation = default) =>
        store.VersionAsync(partition, stream, cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<long>> VersionsAsync(string partition, IReadOnlyList<StreamId> streams, CancellationToken cancellation = default) =>
        store.VersionsAsync(partition, streams, cancellation);

    /// <inheritdoc/>
    public ValueTask<StoredRecord?> LastOfAsync(
        string partition, CampaignId campaign, long atOrBefore = long.MaxValue, CancellationToken cancellation = default) =>
        store.LastOfAsync(partition, campaign, atOrBefore, cancellation);

    /// <inheritdoc/>
    public ValueTask<long> HeadAsync(string partition, CancellationToken cancellation = default) => store.HeadAsync(partition, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> PartitionsAsync(CancellationToken cancellation = default) => store.PartitionsAsync(cancellation);

    private void Remember(string partition, long after, IReadOnlyList<JournalRecord> records)
    {
        var stored = new StoredRecord[records.Count];
        long size = 0;
        for (var i = 0; i < stored.Length; i++)
        {
            var record = records[i];
            stored[i] = new StoredRecord(after + 1 + i, record.Stream.Campaign, record.Body.ToArray(), record.Hash.ToArray());
            size += record.Body.Length + record.Hash.Length;
        }
        lock (gate)
        {
            if (!tails.TryGetValue(partition, out var tail) || tail.End != after)
                // Somebody else wrote in between: what is remembered from before ends there.
                tails[partition] = tail = new Tail(partition, after);
            var batch = new Batch(tail, stored, size);
            tail.Add(batch);
            batches.Enqueue(batch);
            bytes += size;
            while (bytes > maxBytes)
                Forget(batches.Dequeue());
        }
    }

    private void Forget(Batch batch)
    {
        bytes -= batch.Bytes;
        if (batch.Tail.RemoveFirst() && tails.TryGetValue(batch.Tail.Partition, out var tail) && tail == batch.Tail)
            tails.Remove(tail.Partition);
    }

    private List<StoredRecord>? Recall(string partition, long after, int max)
    {
        lock (gate)
            return tails.TryGetValue(partition, out var tail) ? tail.Read(after, max) : null;
    }

    /// <summary>Records that were appended together.</summary>
    private sealed record Batch(Tail Tail, StoredRecord[] Records, long Bytes);

    /// <summary>The newest records of one partition, without a gap.</summary>
    private sealed class Tail(string partition, long after)
    {
        private readonly Queue<Batch> batches = new();
        private long start = after;

        public string Partition => partition;

        public long End { get; private set; } = after;

        public void Add(Batch batch)
        {
            batches.Enqueue(batch);
            End += batch.Records.Length;
        }

        /// <summary>Forgets the oldest batch.</summary>
        /// <returns>Whether nothing is left.</returns>
        public bool RemoveFirst()
        {
            start += batches.Dequeue().Records.Length;
            return batches.Count == 0;
        }

        public List<StoredRecord>? Read(long after, int max)
        {
            if (after < start || after >= End)
                return null;
            var records = new List<StoredRecord>((int)Math.Min(max, End - after));
            var at = start;
            foreach (var batch in batches)
            {
                var skip = Math.Max(0, after - at);
                at += batch.Records.Length;
                if (skip < batch.Records.Length)
                    records.AddRange(batch.Records.AsSpan((int)skip, (int)Math.Min(batch.Records.Length - skip, max - records.Count)));
                if (records.Count == max)
                    break;
            }
            return records;
        }
    }
}
