using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Engine.Embedded;

/// <summary>
/// Snapshots on their way to the disk. States never change, so that they may be written and saved while the slots go on;
/// but a slot must not leave memory before its snapshot is saved, or it would come back older than it left.
/// </summary>
internal sealed class TakenSnapshots
{
    private readonly List<Slot> slots;
    private readonly List<Aggregate> states;
    private readonly List<BoardSnapshot> boards;
    private readonly long upTo;

    private TakenSnapshots(List<Slot> slots, List<BoardSnapshot> boards, long upTo)
    {
        this.slots = slots;
        this.boards = boards;
        this.upTo = upTo;
        states = slots.ConvertAll(slot => slot.State);
        foreach (var slot in slots)
            slot.Saving++;
    }

    /// <summary>Takes a bucket of slots, and the boards that are due.</summary>
    /// <param name="slots">The slots.</param>
    /// <param name="boards">The boards.</param>
    /// <param name="decided">The position up to which the slots go. These snapshots must not be saved before it is durable.</param>
    /// <param name="folded">The position up to which the boards go.</param>
    /// <param name="boardsBehind">A board is due when its snapshot is so many events behind.</param>
    public static TakenSnapshots Take(Slots slots, Boards boards, long decided, long folded, long boardsBehind)
    {
        var bucket = slots.Dirty.TakeBucket();
        var due = boards.TakeSnapshots(folded, boardsBehind);
        return new TakenSnapshots(bucket, due, Math.Min(slots.Dirty.SavedUpTo(decided), boards.SavedUpTo(folded)));
    }

    /// <summary>Writes and saves them. On any thread.</summary>
    public ValueTask SaveAsync(ISnapshotStore store)
    {
        var written = new Snapshot[slots.Count];
        for (var i = 0; i < written.Length; i++)
            written[i] = new Snapshot(slots[i].Stream, states[i].Version, AggregateSnapshots.Write(states[i]));
        return store.SaveAsync(written, boards, new Checkpoint(upTo, AggregateSnapshots.Format));
    }

    /// <summary>Lets the slots leave memory again. On the thread that owns them, once they are saved.</summary>
    public void Release()
    {
        foreach (var slot in slots)
            slot.Saving--;
    }
}
