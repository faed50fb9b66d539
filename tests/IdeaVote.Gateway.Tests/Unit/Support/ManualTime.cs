namespace IdeaVote.Gateway.Tests.Unit.Support;

/// <summary>A clock that a test moves. Only its timers are needed.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            var timer = new ManualTimer(callback, state, period);
            timers.Add(timer);
            return timer;
        }
    }

    /// <summary>Lets one period of every timer pass.</summary>
    /// <returns>The periods.</returns>
    public IReadOnlyList<TimeSpan> Tick()
    {
        ManualTimer[] due;
        lock (gate)
            due = [.. timers];
        foreach (var timer in due)
            timer.Fire();
        return [.. due.Select(timer => timer.Period)];
    }

    private sealed class ManualTimer(TimerCallback callback, object? state, TimeSpan period) : ITimer
    {
        public TimeSpan Period { get; private set; } = period;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Period = period;
            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
