namespace IdeaVote.Simulation.Machine;

/// <summary>Carries calls between nodes: late, lost, doubled, out of order.</summary>
public sealed class SimNetwork(SimScheduler scheduler)
{
    private const int PatienceMilliseconds = 1_500;

    public Faults Faults { get; set; } = new();

    /// <summary>Calls something that runs elsewhere.</summary>
    /// <param name="isUp">Whether the callee is alive; asked when the call arrives and when its answer leaves.</param>
    /// <param name="handle">What the callee does; it may run twice, or after the caller has given up.</param>
    /// <exception cref="TimeoutException">No answer came in time: it may have run or not, or may run yet.</exception>
    public async Task<T> CallAsync<T>(Func<bool> isUp, Func<Task<T>> handle)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        scheduler.At(PatienceMilliseconds, () => answer.TrySetException(new TimeoutException()));
        Send(isUp, handle, answer);
        if (scheduler.Chance(Faults.DoublesMessage))
            Send(isUp, handle, answer);
        return await answer.Task;
    }

    private void Send<T>(Func<bool> isUp, Func<Task<T>> handle, TaskCompletionSource<T> answer)
    {
        if (scheduler.Chance(Faults.DropsMessage))
            return;
        scheduler.At(Latency(), () =>
        {
            if (isUp())
                _ = RunAsync(isUp, handle, answer);
        });
    }

    private async Task RunAsync<T>(Func<bool> isUp, Func<Task<T>> handle, TaskCompletionSource<T> answer)
    {
        try
        {
            var result = await handle();
            if (!isUp() || scheduler.Chance(Faults.DropsMessage))
                return;
            scheduler.At(Latency(), () => answer.TrySetResult(result));
        }
        catch (TimeoutException)
        {
            // The callee waited in vain for somebody else; the caller waits in vain for the callee.
        }
    }

    private int Latency() => scheduler.Chance(Faults.DelaysMessage) ? scheduler.Random.Next(100, 4_000) : scheduler.Random.Next(0, 6);
}
