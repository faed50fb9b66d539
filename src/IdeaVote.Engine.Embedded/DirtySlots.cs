namespace IdeaVote.Engine.Embedded;

/// <summary>
/// The slots that differ from their snapshots, in buckets by the beginning of their keys. A bucket is saved as a whole: its
/// snapshots lie side by side on disk, so that one written page takes many of them, where the same number in the order
/// of their changes would touch a page each.
/// </summary>
internal sealed class DirtySlots
{
    private const int BucketBits = 6;

    private readonly Bucket[] buckets = [.. Enumerable.Range(0, 1 << BucketBits).Select(_ => new Bucket())];
    private int next;

    private sealed class Bucket
    {
        public List<Slot> Slots { get; } = [];

        /// <summary>The position of the first event that a snapshot of this bucket lacks.</summary>
        public long Since { get; set; }
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Their weight when they were added.</summary>
    public long Weight { get; private set; }

    /// <summary>Notes that a slot changed; if it had before, nothing.</summary>
    /// <param name="slot">The slot, after the change.</param>
    /// <param name="position">The position of the first event of the change.</param>
    public void Add(Slot slot, long position)
    {
        if (slot.Dirty)
            return;
        slot.Dirty = true;
        var bucket = buckets[slot.Stream.Key.Prefix(BucketBits)];
        if (bucket.Slots.Count == 0)
            bucket.Since = position;
        bucket.Slots.Add(slot);
        Count++;
        Weight += slot.Weight;
    }

    /// <summary>The slots of the next bucket that holds any; they count as saved from now on.</summary>
    public List<Slot> TakeBucket()
    {
        var taken = new List<Slot>();
        for (var tries = 0; tries < buckets.Length && taken.Count == 0; tries++)
        {
            var bucket = buckets[next++ % buckets.Length];
            foreach (var slot in bucket.Slots)
            {
                slot.Dirty = false;
                taken.Add(slot);
            }
            bucket.Slots.Clear();
        }
        Count -= taken.Count;
        // Slots grow while they wait, so the weight is exact again only when all are gone.
        Weight = Count == 0 ? 0 : Weight - Weight * taken.Count / (Count + taken.Count);
        return taken;
    }

    /// <summary>The position up to which every slot's snapshot is complete, given that the journal ends at <paramref name="head"/>.</summary>
    public long SavedUpTo(long head)
    {
        foreach (var bucket in buckets)
            if (bucket.Slots.Count > 0 && bucket.Since <= head)
                head = bucket.Since - 1;
        return head;
    }
}
