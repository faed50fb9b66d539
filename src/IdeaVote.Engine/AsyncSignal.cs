namespace IdeaVote.Engine;

/// <summary>Wakes everybody who waits, and costs nothing while nobody does.</summary>
public sealed class AsyncSignal
{
    private TaskCompletionSource? waiters;

    /// <summary>A task that ends at the next <see cref="Raise"/>. Take it before looking at what is waited for, so that no news is missed.</summary>
    public Task NextAsync()
    {
        while (true)
        {
            var current = Volatile.Read(ref waiters);
            if (current is not null)
                return current.Task;
            var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Interlocked.CompareExchange(ref waiters, fresh, null) is null)
                return fresh.Task;
        }
    }

    /// <summary>Waits until a condition holds, looking again whenever the signal is raised.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>False if it took longer.</returns>
    public ValueTask<bool> UntilAsync(Func<bool> condition, TimeSpan patience, CancellationToken cancellation = default) =>
        condition() ? ValueTask.FromResult(true) : WaitAsync(condition, patience, cancellation);

    /// <summary>Wakes everybody who waits now.</summary>
    public void Raise()
    {
        if (Volatile.Read(ref waiters) is not null)
            Interlocked.Exchange(ref waiters, null)?.TrySetResult();
    }

    private async ValueTask<bool> WaitAsync(Func<bool> condition, TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        while (true)
        {
            var next = NextAsync();
            if (condition())
                return true;
            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return false;
            }
        }
    }
}
