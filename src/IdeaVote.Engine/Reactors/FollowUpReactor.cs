using IdeaVote.Engine.Projections;

namespace IdeaVote.Engine.Reactors;

/// <summary>
/// Carries out what an idea's closing or merging owes to those who voted for it: refunds, and votes that follow. The
/// <see cref="IBackersIndex"/> says what is owed; where it stops it goes on: what is done twice changes nothing, and what was not answered is
/// done again.
/// </summary>
public sealed class FollowUpReactor : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly RefundWork refunds;
    private readonly MergeWork merges;
    private readonly AsyncSignal folded;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    /// <summary>Makes the reactor; call <see cref="Start"/>.</summary>
    /// <param name="engine">Where commands go.</param>
    /// <param name="backers">What is owed to whom.</param>
    /// <param name="folded">Raised when the index has folded something new.</param>
    /// <param name="time">For the pause after a failure.</param>
    public FollowUpReactor(IEngine engine, IBackersIndex backers, AsyncSignal folded, TimeProvider time)
    {
        refunds = new RefundWork(engine, backers);
        merges = new MergeWork(engine, backers);
        this.folded = folded;
        this.time = time;
    }

    /// <summary>Ends, with the exception, when the reactor can't go on.</summary>
    public Task Running => running;

    /// <summary>Begins to work.</summary>
    public void Start() => running = Task.Run(WorkAsync);

    /// <summary>Carries out everything that is owed now.</summary>
    /// <returns>False if an answer was missing: something is still owed.</returns>
    public async Task<bool> DrainAsync(CancellationToken cancellation = default) =>
        await refunds.DrainAsync(cancellation) && await merges.DrainAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
        stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var next = folded.NextAsync();
            if (await DrainAsync(stop.Token))
                await next.WaitAsync(stop.Token);
            else
                await Task.Delay(Pause, time, stop.Token);
        }
    }
}
