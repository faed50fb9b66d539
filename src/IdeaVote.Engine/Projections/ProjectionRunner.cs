using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Projections;

/// <summary>
/// Keeps one projection up with the journal: reads what is new, folds it in batches, waits for more. It follows on its own,
/// so that no commit ever waits for it.
/// </summary>
public sealed class ProjectionRunner : IAsyncDisposable
{
    private const int BatchEvents = 10_000;

    private readonly IProjection projection;
    private readonly IJournalStore store;
    private readonly string partition;
    private readonly FeedTail tail;
    private readonly AsyncSignal committed;
    private readonly AsyncSignal folded = new();
    private readonly CancellationTokenSource stop = new();
    private long position;
    private Task running = Task.CompletedTask;

    /// <summary>Makes a runner; call <see cref="StartAsync"/>.</summary>
    /// <param name="projection">What to keep up.</param>
    /// <param name="store">Where the events lie.</param>
    /// <param name="partition">The partition to follow.</param>
    /// <param name="tail">The partition's newest events.</param>
    /// <param name="committed">Raised after each commit.</param>
    public ProjectionRunner(IProjection projection, IJournalStore store, string partition, FeedTail tail, AsyncSignal committed)
    {
        this.projection = projection;
        this.store = store;
        this.partition = partition;
        this.tail = tail;
        this.committed = committed;
    }

    /// <summary>The projection's name.</summary>
    public string Name => projection.Name;

    /// <summary>The last position folded.</summary>
    public Position Position => new(Volatile.Read(ref position));

    /// <summary>Raised after each batch folded.</summary>
    public AsyncSignal Folded => folded;

    /// <summary>Ends, with the exception, when the projection can't go on.</summary>
    public Task Running => running;

    /// <summary>Begins to follow from where the projection stopped.</summary>
    public async Task StartAsync()
    {
        position = await projection.LoadPositionAsync(stop.Token);
        running = Task.Run(FollowAsync);
    }

    /// <summary>Waits until the projection includes <paramref name="wanted"/>.</summary>
    /// <returns>False if it took longer than <paramref name="patience"/>.</returns>
    public async ValueTask<bool> WaitAsync(Position wanted, TimeSpan patience, CancellationToken cancellation = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            while (true)
            {
                var next = folded.NextAsync();
                if (Position >= wanted)
                    return true;
                await next.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
        stop.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var next = committed.NextAsync();
            var events = tail.Read(position, BatchEvents) ?? await ReadJournalAsync();
            if (events.Length == 0)
            {
                await next.WaitAsync(stop.Token);
                continue;
            }
            var upTo = position + events.Length;
            await projection.ApplyAsync(events, upTo, stop.Token);
            Volatile.Write(ref position, upTo);
            folded.Raise();
        }
    }

    private async ValueTask<RecordedEvent[]> ReadJournalAsync()
    {
        var records = await store.ReadAsync(partition, position, null, BatchEvents, stop.Token);
        var events = new RecordedEvent[records.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = EventReader.Read(records[i].Body);
        return events;
    }
}
