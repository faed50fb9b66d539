using System.Runtime.CompilerServices;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Tests.Support;

/// <summary>A journal in memory that keeps the contract to the letter, and fails when told to.</summary>
public sealed class MemoryJournal : IJournalStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Partition, StreamId Stream), List<StoredRecord>> streams = [];
    private readonly List<string> begun = [];
    private Held? held;
    private readonly Dictionary<string, (List<StoredRecord> Records, long Fence)> partitions = new(StringComparer.Ordinal);

    /// <summary>What the next append fails with.</summary>
    public Exception? NextAppendFails { get; set; }

    /// <summary>What the next append fails with once it has written.</summary>
    public Exception? NextAppendFailsAfterwards { get; set; }

    /// <summary>What the next read fails with.</summary>
    public Exception? NextReadFails { get; set; }

    /// <summary>The most records one read answers, however many are asked for.</summary>
    public int PageLimit { get; set; } = int.MaxValue;

    /// <summary>Lets no append through until it is disposed.</summary>
    public IDisposable Hold() => held = new Held();

    /// <summary>How many appends there were.</summary>
    public int Appends { get; private set; }

    public IReadOnlyList<StoredRecord> All(string partition)
    {
        lock (gate)
            return [.. Partition(partition).Records];
    }

    public ValueTask<JournalHead> BeginAsync(string partition, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            var (records, fence) = Partition(partition);
            partitions[partition] = (records, fence + 1);
            if (fence == 0)
                begun.Add(partition);
            return new ValueTask<JournalHead>(new JournalHead(records.Count, fence + 1));
        }
    }

    public async ValueTask AppendAsync(
        string partition, long expected, long fence, IReadOnlyList<JournalRecord> records, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (held is { } waiting)
            await waiting.Released;
        lock (gate)
        {
            var (stored, current) = Partition(partition);
            if (fence != current || expected != stored.Count)
                throw new StaleWriterException("Another writer owns the partition.");
            if (NextAppendFails is { } failure)
            {
                NextAppendFails = null;
                throw failure;
            }
            foreach (var record in records)
            {
                var added = new StoredRecord(stored.Count + 1, record.Stream.Campaign, record.Body.ToArray(), record.Hash.ToArray());
                stored.Add(added);
                if (!streams.TryGetValue((partition, record.Stream), out var stream))
                    streams.Add((partition, record.Stream), stream = []);
                stream.Add(added);
            }
            Appends++;
            if (NextAppendFailsAfterwards is { } late)
            {
                NextAppendFailsAfterwards = null;
                throw late;
            }
        }
    }

    public ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(
        string partition, long after, CampaignId? campaign, int max, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            if (NextReadFails is { } failure)
            {
                NextReadFails = null;
                throw failure;
            }
            return new ValueTask<IReadOnlyList<StoredRecord>>(
            [
                .. Partition(partition).Records.Skip((int)Math.Min(after, int.MaxValue)).Where(record => (campaign is null || record.Campaign == campaign)).Take(Math.Min(max, PageLimit)),
            ]);
        }
    }

    public async IAsyncEnumerable<StoredRecord> ReadStreamAsync(
        string partition, StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        StoredRecord[] records;
        lock (gate)
            records = streams.TryGetValue((partition, stream), out var all) ? [.. all] : [];
        foreach (var record in records)
            if (EventReader.Read(record.Body).Version >= fromVersion)
                yield return record;
    }

    public async ValueTask<long> VersionAsync(string partition, StreamId stream, CancellationToken cancellation = default)
    {
        long version = 0;
        await foreach (var record in ReadStreamAsync(partition, stream, 1, cancellation))
            version = EventReader.Read(record.Body).Version;
        return version;
    }

    public ValueTask<StoredRecord?> LastOfAsync(
        string partition, CampaignId campaign, long atOrBefore = long.MaxValue, CancellationToken cancellation = default)
    {
        lock (gate)
            return new ValueTask<StoredRecord?>(
                Partition(partition).Records.LastOrDefault(record => record.Campaign == campaign && record.Position <= atOrBefore));
    }

    public ValueTask<long> HeadAsync(string partition, CancellationToken cancellation = default)
    {
        lock (gate)
            return new ValueTask<long>(Partition(partition).Records.Count);
    }

    public async IAsyncEnumerable<string> PartitionsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        string[] names;
        lock (gate)
            names = [.. begun];
        foreach (var name in names)
            yield return name;
    }

    private (List<StoredRecord> Records, long Fence) Partition(string name)
    {
        if (!partitions.TryGetValue(name, out var partition))
            partitions.Add(name, partition = ([], 0));
        return partition;
    }

    private sealed class Held : IDisposable
    {
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Released => released.Task;

        public void Dispose() => released.TrySetResult();
    }
}
