namespace IdeaVote.Simulation.Machine;

/// <summary>Somebody waits for ever.</summary>
public sealed class StuckException(string message) : Exception(message);

/// <summary>
/// One thread, one virtual clock: everything that waits goes on in an order that the seed alone decides. What is ready runs first
/// come, first served; when nothing is, the clock jumps to the next alarm.
/// </summary>
public sealed class SimScheduler(int seed) : SynchronizationContext
{
    private const int MaxSteps = 400_000;

    private readonly Queue<(SendOrPostCallback Callback, object? State)> ready = new();
    private readonly PriorityQueue<Action, (long At, long Order)> alarms = new();
    private long order;

    /// <summary>The one source of chance.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>Virtual milliseconds since the beginning.</summary>
    public long Now { get; private set; }

    /// <summary>The virtual clock for code that takes a <see cref="TimeProvider"/>.</summary>
    public TimeProvider Time => field ??= new SimTime(this);

    public override void Post(SendOrPostCallback d, object? state) => ready.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("One thread can't wait for itself.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Ends after so many virtual milliseconds.</summary>
    public Task DelayAsync(long milliseconds)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        At(milliseconds, () => done.TrySetResult());
        return done.Task;
    }

    /// <summary>Ends after a random time between the two.</summary>
    public Task DelayAsync(int least, int most) => DelayAsync(Random.Next(least, most + 1));

    /// <summary>Does something after so many virtual milliseconds.</summary>
    public void At(long milliseconds, Action action) => alarms.Enqueue(action, (Now + milliseconds, order++));

    /// <summary>Whether something happens that does so once in <paramref name="percent"/> of a hundred times.</summary>
    public bool Chance(double percent) => Random.NextDouble() * 100 < percent;

    /// <summary>Runs until a task has ended.</summary>
    /// <exception cref="StuckException">Nothing is left to happen, or too much happens: somebody waits for ever.</exception>
    public void Run(Func<Task> main)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            var task = main();
            for (var steps = 0; !task.IsCompleted; steps++)
            {
                if (steps > MaxSteps)
                    throw new StuckException("It never ends.");
                Step();
            }
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private void Step()
    {
        if (ready.TryDequeue(out var next))
            next.Callback(next.State);
        else if (alarms.TryDequeue(out var alarm, out var when))
        {
            Now = when.At;
            alarm();
        }
        else
            throw new StuckException("Everybody waits and nothing will ever happen.");
    }

    private sealed class SimTime(SimScheduler scheduler) : TimeProvider
    {
        private static readonly DateTimeOffset Beginning = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Beginning.AddMilliseconds(scheduler.Now);
    }
}
