namespace IdeaVote.Simulation.Machine;

/// <summary>Lets one at a time in, in the order they came: a grain that is not reentrant.</summary>
public sealed class SimMutex
{
    private Task last = Task.CompletedTask;

    public async Task<T> RunAsync<T>(Func<Task<T>> act)
    {
        var before = last;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        last = done.Task;
        await before;
        try
        {
            return await act();
        }
        finally
        {
            done.SetResult();
        }
    }
}
