using IdeaVote.Engine.Journal;

namespace IdeaVote.Server;

/// <summary>
/// Asks every few seconds whether the journal is still this server's. A server that only reads would otherwise go on showing
/// old counts after another one has taken the journal over: only a commit would tell it.
/// </summary>
internal sealed class OwnerWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task watching;

    private OwnerWatch(Func<CancellationToken, ValueTask<bool>> isOwner, TimeProvider time) => watching = WatchAsync(isOwner, time);

    /// <summary>Fails with a <see cref="StaleWriterException"/> once the journal is another server's; otherwise never ends.</summary>
    public Task Lost => lost.Task;

    /// <summary>Begins to ask.</summary>
    /// <param name="isOwner">Whether the journal is still this server's.</param>
    /// <param name="time">The clock.</param>
    public static OwnerWatch Start(Func<CancellationToken, ValueTask<bool>> isOwner, TimeProvider time) => new(isOwner, time);

    /// <summary>Stops asking.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task WatchAsync(Func<CancellationToken, ValueTask<bool>> isOwner, TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stop.Token))
        {
            try
            {
                if (await isOwner(stop.Token))
                    continue;
                lost.TrySetException(new StaleWriterException("Another server has taken the journal over; this one stops. Start it again only after stopping that one."));
                return;
            }
            catch (JournalException)
            {
                // It can't be asked now. If that lasts, the next commit ends the server with the reason.
            }
        }
    }
}
