namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>A clock that stands until it is moved. Its alarms can be late: <see cref="Pass"/> moves it and wakes nobody.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Alarm> alarms = [];
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    /// <summary>Moves the clock and wakes whoever is due.</summary>
    public void Move(TimeSpan by)
    {
        Pass(by);
        Ring();
    }

    /// <summary>Moves the clock and wakes nobody.</summary>
    public void Pass(TimeSpan by)
    {
        lock (gate)
            now += by;
    }

    /// <summary>Wakes whoever is due.</summary>
    public void Ring()
    {
        List<Alarm> due;
        lock (gate)
        {
            due = alarms.FindAll(alarm => alarm.Due <= now);
            due.ForEach(alarm => alarm.Due = null);
        }
        due.ForEach(alarm => alarm.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        lock (gate)
            alarms.Add(alarm);
        alarm.Change(dueTime, period);
        return alarm;
    }

    private sealed class Alarm(ManualTime clock, Action fire) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public Action Fire { get; } = fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime;
            return true;
        }

        public void Dispose()
        {
            lock (clock.gate)
                clock.alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
