using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;
using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Engine.Partitions;

/// <summary>
/// A campaign that this process follows: keeps the copy of its board up to date, and the projections behind it. It reads when it
/// is woken, when somebody needs what is newest, and now and then by itself.
/// </summary>
public sealed class FollowedCampaign : ICampaignLease, IAsyncDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RefreshPatience = TimeSpan.FromSeconds(5);

    private readonly CampaignFeed feed;
    private readonly PartitionedOptions options;
    private readonly IBoardCache? boards;
    private readonly TimeProvider time;
    private readonly List<ProjectionRunner> runners = [];
    private readonly CancellationTokenSource stop = new();
    private readonly AsyncSignal asked = new();
    private readonly AsyncSignal refreshed = new();
    private long saved;
    private long begun;
    private long done;
    private long lastUse;
    private int holders;
    private Task running = Task.CompletedTask;

    internal FollowedCampaign(CampaignId campaign, CampaignFeed feed, PartitionedOptions options, IBoardCache? boards, TimeProvider time)
    {
        (Campaign, this.feed, this.options, this.boards, this.time) = (campaign, feed, options, boards, time);
        Follower = new CampaignFollower(feed, time);
        Touch();
    }

    /// <summary>Which one.</summary>
    public CampaignId Campaign { get; }

    /// <inheritdoc/>
    public CampaignFollower Follower { get; }

    /// <inheritdoc/>
    public bool IsFresh => Follower.IsFresh;

    /// <summary>The campaign's events.</summary>
    public CampaignFeed Feed => feed;

    /// <summary>Raised when the copy has been brought up to date.</summary>
    public AsyncSignal Refreshed => refreshed;

    /// <summary>The projections behind it.</summary>
    public IReadOnlyList<ProjectionRunner> Runners => runners;

    /// <summary>Why the journal could not be read at the last try; null if it could.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How long nobody has used it; zero while somebody holds it.</summary>
    public TimeSpan Unused => Volatile.Read(ref holders) > 0 ? TimeSpan.Zero : time.GetElapsedTime(Volatile.Read(ref lastUse));

    /// <summary>Keeps it followed until <see cref="Release"/>.</summary>
    public void Hold() => Interlocked.Increment(ref holders);

    /// <summary>Ends a <see cref="Hold"/>.</summary>
    public void Release()
    {
        Touch();
        Interlocked.Decrement(ref holders);
    }

    /// <summary>Says that there may be news.</summary>
    public void Wake() => asked.Raise();

    /// <summary>Says that it is in use.</summary>
    public void Touch() => Volatile.Write(ref lastUse, time.GetTimestamp());

    /// <inheritdoc/>
    public async ValueTask RefreshAsync(CancellationToken cancellation = default)
    {
        // What is being read now may have been begun before the caller's news was there: the next one counts.
        var wanted = Volatile.Read(ref begun) + 1;
        Wake();
        await refreshed.UntilAsync(() => Volatile.Read(ref done) >= wanted, RefreshPatience, cancellation);
    }

    /// <summary>Waits until the copy includes a position.</summary>
    /// <returns>False if it took longer.</returns>
    public ValueTask<bool> WaitAsync(Position position, TimeSpan patience, CancellationToken cancellation = default)
    {
        if (!Follower.Position.Includes(position))
            Wake();
        return refreshed.UntilAsync(() => Follower.Position.Includes(position), patience, cancellation);
    }

    /// <summary>Waits until the copy has been up to date once.</summary>
    /// <exception cref="JournalException">The journal can't be read.</exception>
    public async ValueTask LoadedAsync(CancellationToken cancellation = default)
    {
        while (!Follower.IsLoaded)
        {
            await refreshed.UntilAsync(() => Follower.IsLoaded || Failure is not null, Timeout.InfiniteTimeSpan, cancellation);
            if (!Follower.IsLoaded && Failure is { } failure)
                throw new JournalException($"Campaign {Campaign} can't be read: {failure.Message}", failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var runner in runners)
            await runner.DisposeAsync();
        stop.Dispose();
    }

    /// <summary>Takes a board that was kept, if there is one, and begins to follow.</summary>
    internal async Task StartAsync(IReadOnlyList<IProjection> projections, CancellationToken cancellation)
    {
        if (boards is not null && await boards.LoadAsync(Campaign, cancellation) is { } kept)
            Restore(kept);
        running = Task.Run(FollowAsync, CancellationToken.None);
        foreach (var projection in projections)
        {
            var runner = new ProjectionRunner(projection, feed);
            await runner.StartAsync();
            runners.Add(runner);
        }
    }

    private void Restore(CachedBoard kept)
    {
        try
        {
            Follower.Restore(BoardSnapshots.Read(kept.State), kept.Position);
            saved = Events(kept.Position);
        }
        catch (FormatException)
        {
            // A cache that can't be read is made again from the truth.
        }
    }

    private async Task FollowAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var next = asked.NextAsync();
            var turn = Interlocked.Increment(ref begun);
            try
            {
                await CatchUpAsync();
                Failure = null;
                Volatile.Write(ref done, turn);
                refreshed.Raise();
                await SaveAsync();
                await WaitAsync(next, options.Poll);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Also what this version can't understand: it stays as it is and grows old, and turns are refused meanwhile.
                Failure = e;
                refreshed.Raise();
                await WaitAsync(next, RetryPause);
            }
        }
    }

    private async Task CatchUpAsync()
    {
        bool more;
        do
        {
            var before = Follower.Position;
            more = await Follower.RefreshAsync(stop.Token);
            if (before != Follower.Position)
            {
                feed.Grown.Raise();
                // Who waits for less than all of it goes on.
                refreshed.Raise();
            }
        }
        while (more);
    }

    private async Task SaveAsync()
    {
        if (boards is null || Events(Follower.Position) - saved < options.BoardSnapshotEvents)
            return;
        var kept = Follower.Read(static (board, position) => new CachedBoard(position, BoardSnapshots.Write(board)));
        saved = Events(kept.Position);
        await boards.SaveAsync(Campaign, kept, stop.Token);
    }

    private async Task WaitAsync(Task next, TimeSpan longest)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        await Task.WhenAny(next, Task.Delay(longest, time, limit.Token));
        await limit.CancelAsync();
    }

    private static long Events(Position position)
    {
        long events = 0;
        foreach (var part in position.Partitions)
            events += part.Offset;
        return events;
    }
}
