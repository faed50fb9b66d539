using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Engine.Embedded;

/// <summary>
/// The aggregates in memory. One that leaves has its snapshot on disk; one that comes back is read from it. Belongs to the
/// commit loop alone.
/// </summary>
internal sealed class Slots(ISnapshotStore snapshots, IJournalStore journal, string partition, long cacheWeight)
{
    private const int MaxTries = 10_000;

    private readonly Dictionary<StreamId, Slot> slots = [];
    private readonly Queue<Slot> clock = new();
    private long weight;

    /// <summary>How many aggregates are in memory.</summary>
    public int Count => slots.Count;

    /// <summary>Those of them that differ from their snapshots.</summary>
    public DirtySlots Dirty { get; } = new();

    /// <summary>The state of an aggregate, read from its snapshot if it is not in memory.</summary>
    public Aggregate Get(StreamId stream) => GetSlot(stream).State;

    /// <summary>Replaces the state of an aggregate.</summary>
    /// <param name="stream">Which one.</param>
    /// <param name="state">The state after the events.</param>
    /// <param name="position">The position of the first of these events.</param>
    public void Set(StreamId stream, Aggregate state, long position)
    {
        var slot = GetSlot(stream);
        weight -= slot.Weight;
        slot.State = state;
        weight += slot.Weight;
        Dirty.Add(slot, position);
    }

    /// <summary>Lets saved aggregates go until the rest fits, those used least recently first.</summary>
    public void Evict()
    {
        // A bounded walk: while almost everything waits for its snapshot there is little to find, and the next commit looks again.
        for (var tries = Math.Min(clock.Count, MaxTries); weight > cacheWeight && tries > 0; tries--)
        {
            var slot = clock.Dequeue();
            if (slot is { Dirty: false, Used: false, Saving: 0 })
            {
                slots.Remove(slot.Stream);
                weight -= slot.Weight;
                continue;
            }
            slot.Used = false;
            clock.Enqueue(slot);
        }
    }

    private Slot GetSlot(StreamId stream)
    {
        if (slots.TryGetValue(stream, out var slot))
        {
            slot.Used = true;
            return slot;
        }
        slot = new Slot(stream, Load(stream));
        slots.Add(stream, slot);
        clock.Enqueue(slot);
        weight += slot.Weight;
        return slot;
    }

    private Aggregate Load(StreamId stream)
    {
        var loading = snapshots.LoadAsync(stream);
        var snapshot = loading.IsCompletedSuccessfully ? loading.Result : loading.AsTask().GetAwaiter().GetResult();
        if (snapshot is null)
            return Aggregate.Empty(stream.Kind);
        try
        {
            return AggregateSnapshots.Read(stream.Kind, snapshot.State.Span);
        }
        catch (FormatException)
        {
            // A damaged snapshot costs a scan of the journal, but never a vote.
            return RebuildAsync(stream).GetAwaiter().GetResult();
        }
    }

    private async Task<Aggregate> RebuildAsync(StreamId stream)
    {
        var state = Aggregate.Empty(stream.Kind);
        await foreach (var record in journal.ReadStreamAsync(partition, stream, 1))
            state = state.Apply(EventReader.Read(record.Body));
        return state;
    }
}
