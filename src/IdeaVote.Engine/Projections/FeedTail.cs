using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Projections;

/// <summary>
/// The newest events of a partition, in memory: a projection that keeps up need not read them back from the journal and parse
/// them. Safe for one writer and any number of readers.
/// </summary>
/// <param name="capacity">How many events it holds, 1 or more.</param>
public sealed class FeedTail(int capacity)
{
    private readonly Lock gate = new();
    private readonly RecordedEvent[] ring = new RecordedEvent[capacity];
    private long start;
    private long end;

    /// <summary>Empties it; the next event that is added has the position after <paramref name="position"/>.</summary>
    public void Begin(long position)
    {
        lock (gate)
            start = end = position;
    }

    /// <summary>Adds events that have become durable, in order.</summary>
    public void Add(IReadOnlyList<RecordedEvent> events)
    {
        lock (gate)
        {
            foreach (var recorded in events)
                ring[end++ % ring.Length] = recorded;
            start = Math.Max(start, end - ring.Length);
        }
    }

    /// <summary>The events after a position, as far as they are here.</summary>
    /// <param name="after">The position.</param>
    /// <param name="max">How many at most.</param>
    /// <returns>Empty if there are none yet; null if they have left, so that the journal must be read.</returns>
    public RecordedEvent[]? Read(long after, int max)
    {
        lock (gate)
        {
            if (after < start || after > end)
                return null;
            var events = new RecordedEvent[Math.Min(end - after, max)];
            for (var i = 0; i < events.Length; i++)
                events[i] = ring[(after + i) % ring.Length];
            return events;
        }
    }
}
