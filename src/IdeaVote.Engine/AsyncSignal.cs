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

    /// <summary>Wakes everybody who waits now.</summary>
    public void Raise()
    {
        if (Volatile.Read(ref waiters) is not null)
            Interlocked.Exchange(ref waiters, null)?.TrySetResult();
    }
}
