namespace IdeaVote.Engine.Tests;

public sealed class AsyncSignalTests
{
    private readonly AsyncSignal signal = new();

    [Fact]
    public async Task It_wakes_everybody_who_waits()
    {
        var first = signal.NextAsync();
        var second = signal.NextAsync();
        first.IsCompleted.ShouldBeFalse();

        signal.Raise();

        await Task.WhenAll(first, second).Ended();
    }

    [Fact]
    public void It_does_not_wake_who_comes_later()
    {
        signal.Raise();
        var late = signal.NextAsync();
        late.IsCompleted.ShouldBeFalse();

        var before = signal.NextAsync();
        signal.Raise();
        before.IsCompleted.ShouldBeTrue();
        signal.NextAsync().IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_is_woken_does_not_hold_up_who_wakes()
    {
        var (raising, raiser) = (true, Environment.CurrentManagedThreadId);
        var heldUp = signal.NextAsync().ContinueWith(
            _ => Volatile.Read(ref raising) && Environment.CurrentManagedThreadId == raiser,
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        signal.Raise();
        Volatile.Write(ref raising, false);

        (await heldUp).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_takes_the_signal_before_looking_misses_no_news()
    {
        const int News = 20_000;
        var published = 0;
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => signal.UntilAsync(() => Volatile.Read(ref published) == News))).ToArray();

        for (var i = 0; i < News; i++)
        {
            Interlocked.Increment(ref published);
            signal.Raise();
        }

        await Task.WhenAll(readers).Ended();
    }
}
