namespace IdeaVote.Engine.Projections;

/// <summary>
/// Keeps one projection up with the journal: reads what is new, folds it in batches, waits for more. It follows on its own,
/// so that no commit ever waits for it.
/// </summary>
/// <param name="projection">What to keep up.</param>
/// <param name="source">Where its events come from.</param>
/// <param name="folded">Raised after each batch folded; null for a signal of its own.</param>
public sealed class ProjectionRunner(IProjection projection, IFeedSource source, AsyncSignal? folded = null) : IAsyncDisposable
{
    private const int BatchEvents = 10_000;

    private readonly AsyncSignal folded = folded ?? new AsyncSignal();
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private Position position;
    private Task running = Task.CompletedTask;

    /// <summary>The projection's name.</summary>
    public string Name => projection.Name;

    /// <summary>How far it is.</summary>
    public Position Position
    {
        get
        {
            lock (gate)
                return position;
        }
        private set
        {
            lock (gate)
                position = value;
        }
    }

    /// <summary>Raised after each batch folded.</summary>
    public AsyncSignal Folded => folded;

    /// <summary>Ends, with the exception, when the projection can't go on.</summary>
    public Task Running => running;

    /// <summary>Begins to follow from where the projection stopped.</summary>
    public async Task StartAsync()
    {
        Position = await projection.LoadPositionAsync(stop.Token);
        running = Task.Run(FollowAsync);
    }

    /// <summary>Waits until the projection includes <paramref name="wanted"/>.</summary>
    /// <returns>False if it took longer than <paramref name="patience"/>.</returns>
    public ValueTask<bool> WaitAsync(Position wanted, TimeSpan patience, CancellationToken cancellation = default) =>
        folded.UntilAsync(() => Position.Includes(wanted), patience, cancellation);

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
            var next = source.Grown.NextAsync();
            var (events, upTo) = await source.ReadAsync(Position, BatchEvents, stop.Token);
            if (events.Count == 0)
            {
                await next.WaitAsync(stop.Token);
                continue;
            }
            await projection.ApplyAsync(events, upTo, stop.Token);
            Position = upTo;
            folded.Raise();
        }
    }
}
