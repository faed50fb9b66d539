using System.Runtime.CompilerServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Simulation.Machine;

/// <summary>A journal on a simulated disk: it keeps the contract, but late, and it fails in every way the contract allows.</summary>
public sealed class SimJournal(SimScheduler scheduler) : IJournalStore
{
    private readonly Dictionary<string, Partition> partitions = new(StringComparer.Ordinal);

    private sealed class Partition
    {
        public List<StoredRecord> Records { get; } = [];

        public List<RecordedEvent> Events { get; } = [];

        public List<long> Times { get; } = [];

        public Dictionary<StreamId, long> Versions { get; } = [];

        public long Fence { get; set; }
    }

    public Faults Faults { get; set; } = new();

    /// <summary>What a mutant of the store does differently.</summary>
    public StoreMutation Mutation { get; init; }

    /// <summary>What is durable now, in order.</summary>
    public IReadOnlyList<RecordedEvent> Durable(string partition) => Of(partition).Events;

    /// <summary>What is durable now, each with the virtual time since when it is.</summary>
    public IEnumerable<(RecordedEvent Event, long Durable)> DurableAt(string partition) => Of(partition).Events.Zip(Of(partition).Times);

    /// <summary>The virtual time 0 in the milliseconds of events.</summary>
    public long Beginning { get; } = scheduler.Time.GetUtcNow().ToUnixTimeMilliseconds() - scheduler.Now;

    /// <summary>What is durable now, as it is stored.</summary>
    public IReadOnlyList<StoredRecord> Stored(string partition) => Of(partition).Records;

    public async IAsyncEnumerable<string> PartitionsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await DiskAsync(write: false);
        foreach (var name in partitions.Keys)
            yield return name;
    }

    public async ValueTask<JournalHead> BeginAsync(string partition, CancellationToken cancellation = default)
    {
        await DiskAsync(write: true);
        var found = Of(partition);
        found.Fence++;
        await scheduler.DelayAsync(0, 5);
        return new JournalHead(found.Records.Count, found.Fence);
    }

    public async ValueTask AppendAsync(
        string partition, long expected, long fence, IReadOnlyList<JournalRecord> records, CancellationToken cancellation = default)
    {
        // The caller's memory is the caller's again after a failure, and this may land later.
        var copies = records.Select(r => r with { Body = r.Body.ToArray(), Hash = r.Hash.ToArray() }).ToList();
        if (scheduler.Chance(Faults.LandsLate))
        {
            scheduler.At(scheduler.Random.Next(10, 2_000), () => TryAppend(partition, expected, fence, copies));
            await scheduler.DelayAsync(5, 50);
            throw new JournalException("The connection was lost.");
        }
        await DiskAsync(write: true);
        if (!TryAppend(partition, expected, fence, copies))
            throw new StaleWriterException("Another writer owns the partition.");
        if (scheduler.Chance(Faults.FailsAfterWrite))
            throw new JournalException("The connection was lost.");
    }

    public async ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(
        string partition, long after, CampaignId? campaign, int max, CancellationToken cancellation = default)
    {
        await DiskAsync(write: false);
        return [.. Of(partition).Records.Skip((int)after).Where(r => campaign is null || r.Campaign == campaign).Take(max)];
    }

    public async IAsyncEnumerable<StoredRecord> ReadStreamAsync(
        string partition, StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await DiskAsync(write: false);
        var found = Of(partition);
        for (var i = 0; i < found.Events.Count; i++)
            if (found.Events[i].Stream == stream && found.Events[i].Version >= fromVersion)
                yield return found.Records[i];
    }

    public async ValueTask<long> VersionAsync(string partition, StreamId stream, CancellationToken cancellation = default)
    {
        await DiskAsync(write: false);
        return Of(partition).Versions.GetValueOrDefault(stream);
    }

    public async ValueTask<StoredRecord?> LastOfAsync(
        string partition, CampaignId campaign, long atOrBefore = long.MaxValue, CancellationToken cancellation = default)
    {
        await DiskAsync(write: false);
        return Of(partition).Records.LastOrDefault(r => r.Campaign == campaign && r.Position <= atOrBefore);
    }

    public async ValueTask<long> HeadAsync(string partition, CancellationToken cancellation = default)
    {
        await DiskAsync(write: false);
        return Of(partition).Records.Count;
    }

    private bool TryAppend(string partition, long expected, long fence, List<JournalRecord> records)
    {
        var found = Of(partition);
        if (Mutation != StoreMutation.NoFence && (found.Fence != fence || found.Records.Count != expected))
            return false;
        foreach (var record in records)
        {
            var recorded = EventReader.Read(record.Body.Span);
            found.Records.Add(new StoredRecord(found.Records.Count + 1, record.Stream.Campaign, record.Body.ToArray(), record.Hash.ToArray()));
            found.Events.Add(recorded);
            found.Times.Add(scheduler.Now);
            found.Versions[record.Stream] = record.Version;
            if (Mutation == StoreMutation.TearsBatches && records.Count > 1)
                break;
        }
        return true;
    }

    private async Task DiskAsync(bool write)
    {
        await scheduler.DelayAsync(1, write ? 12 : 4);
        if (scheduler.Chance(write ? Faults.FailsBeforeWrite : Faults.FailsRead))
            throw new JournalException("The disk did not answer.");
    }

    private Partition Of(string name)
    {
        if (!partitions.TryGetValue(name, out var partition))
            partitions.Add(name, partition = new Partition());
        return partition;
    }
}

/// <summary>What is wrong with a mutant of the store.</summary>
public enum StoreMutation
{
    None,
    NoFence,
    TearsBatches,
}
