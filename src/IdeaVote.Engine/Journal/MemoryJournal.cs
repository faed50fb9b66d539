using System.Runtime.CompilerServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;

namespace IdeaVote.Engine.Journal;

/// <summary>A journal in memory that keeps the contract to the letter and forgets everything with its process: for trials.</summary>
public class MemoryJournal : IJournalStore
{
    private readonly Lock gate = new();
    private readonly List<string> begun = [];
    private readonly Dictionary<string, Partition> partitions = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public virtual ValueTask<JournalHead> BeginAsync(string partition, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            var found = Find(partition);
            if (++found.Fence == 1)
                begun.Add(partition);
            return new ValueTask<JournalHead>(new JournalHead(found.Records.Count, found.Fence));
        }
    }

    /// <inheritdoc/>
    public virtual ValueTask AppendAsync(
        string partition, long expected, long fence, IReadOnlyList<JournalRecord> records, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            var found = Find(partition);
            if (fence != found.Fence || expected != found.Records.Count)
                throw new StaleWriterException("Another writer owns the partition.");
            foreach (var record in records)
                found.Add(record);
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(
        string partition, long after, CampaignId? campaign, int max, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            var rest = Find(partition).Records.Skip((int)Math.Min(after, int.MaxValue));
            return new ValueTask<IReadOnlyList<StoredRecord>>([.. rest.Where(record => campaign is null || record.Campaign == campaign).Take(max)]);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredRecord> ReadStreamAsync(
        string partition, StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        StoredRecord[] records;
        lock (gate)
            records = Find(partition).Streams.TryGetValue(stream, out var all) ? [.. all] : [];
        foreach (var record in records)
            if (EventReader.Read(record.Body).Version >= fromVersion)
                yield return record;
    }

    /// <inheritdoc/>
    public ValueTask<long> VersionAsync(string partition, StreamId stream, CancellationToken cancellation = default)
    {
        lock (gate)
            return new ValueTask<long>(Find(partition).Streams.TryGetValue(stream, out var all) ? EventReader.Read(all[^1].Body).Version : 0);
    }

    /// <inheritdoc/>
    public ValueTask<StoredRecord?> LastOfAsync(
        string partition, CampaignId campaign, long atOrBefore = long.MaxValue, CancellationToken cancellation = default)
    {
        lock (gate)
            return new ValueTask<StoredRecord?>(Find(partition).Records.FindLast(record => record.Campaign == campaign && record.Position <= atOrBefore));
    }

    /// <inheritdoc/>
    public ValueTask<long> HeadAsync(string partition, CancellationToken cancellation = default)
    {
        lock (gate)
            return new ValueTask<long>(Find(partition).Records.Count);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> PartitionsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        string[] names;
        lock (gate)
            names = [.. begun];
        foreach (var name in names)
            yield return name;
    }

    private Partition Find(string name)
    {
        if (!partitions.TryGetValue(name, out var partition))
            partitions.Add(name, partition = new Partition());
        return partition;
    }

    private sealed class Partition
    {
        public List<StoredRecord> Records { get; } = [];

        public Dictionary<StreamId, List<StoredRecord>> Streams { get; } = [];

        public long Fence { get; set; }

        public void Add(JournalRecord record)
        {
            var added = new StoredRecord(Records.Count + 1, record.Stream.Campaign, record.Body.ToArray(), record.Hash.ToArray());
            Records.Add(added);
            if (!Streams.TryGetValue(record.Stream, out var stream))
                Streams.Add(record.Stream, stream = []);
            stream.Add(added);
        }
    }
}
