namespace IdeaVote.Gateway.Tests.EndToEnd.Support;

/// <summary>A clock that stands still until a test moves it, with or without ringing what was due.</summary>
public sealed class TestClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Alarm> alarms = [];
    private DateTimeOffset now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The time, as the API writes it.</summary>
    public string Text => After(TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    /// <summary>A time to come, as the API writes it.</summary>
    public string After(TimeSpan wait) => GetUtcNow().Add(wait).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'");

    /// <summary>Moves the clock and rings everything that is due.</summary>
    public void Advance(TimeSpan by)
    {
        Jump(by);
        Ring();
    }

    /// <summary>Moves the clock, and nobody notices.</summary>
    public void Jump(TimeSpan by)
    {
        lock (gate)
            now += by;
    }

    /// <summary>Rings everything that is due.</summary>
    public void Ring()
    {
        Alarm[] due;
        lock (gate)
        {
            due = [.. alarms.Where(alarm => alarm.Due <= now)];
            foreach (var alarm in due)
                alarm.Repeat(now);
            alarms.RemoveAll(alarm => alarm.Due is null);
        }
        foreach (var alarm in due)
            alarm.Ring();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    private sealed class Alarm(TestClock clock, Action ring) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? Due { get; private set; }

        public Action Ring => ring;

        public void Repeat(DateTimeOffset now) => Due = period > TimeSpan.Zero ? now + period : null;

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (clock.gate)
            {
                clock.alarms.Remove(this);
                period = newPeriod;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime;
                if (Due is not null)
                    clock.alarms.Add(this);
            }
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
