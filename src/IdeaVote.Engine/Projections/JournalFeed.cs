using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Projections;

/// <summary>All events of one partition that is written in this process: the newest from memory, older ones from the journal.</summary>
/// <param name="store">The journal.</param>
/// <param name="partition">The partition.</param>
/// <param name="tail">The partition's newest events.</param>
/// <param name="committed">Raised after each commit.</param>
public sealed class JournalFeed(IJournalStore store, string partition, FeedTail tail, AsyncSignal committed) : IFeedSource
{
    /// <inheritdoc/>
    public AsyncSignal Grown => committed;

    /// <inheritdoc/>
    public async ValueTask<FeedBatch> ReadAsync(Position after, int max, CancellationToken cancellation = default)
    {
        var offset = after.In(partition);
        var events = tail.Read(offset, max) ?? await ReadJournalAsync(offset, max, cancellation);
        return new FeedBatch(events, Position.Of(partition, offset + events.Length));
    }

    private async ValueTask<RecordedEvent[]> ReadJournalAsync(long offset, int max, CancellationToken cancellation)
    {
        var records = await store.ReadAsync(partition, offset, null, max, cancellation);
        var events = new RecordedEvent[records.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = EventReader.Read(records[i].Body);
        return events;
    }
}
