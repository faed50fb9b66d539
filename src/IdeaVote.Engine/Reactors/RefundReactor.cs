using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Engine.Reactors;

/// <summary>
/// Carries out the refunds that the <see cref="IBackersIndex"/> says are owed, page by page. Where it stops it goes on:
/// what is done twice changes nothing, and what was not answered is done again.
/// </summary>
public sealed class RefundReactor : IAsyncDisposable
{
    private const int PageSize = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IEngine engine;
    private readonly IBackersIndex backers;
    private readonly AsyncSignal folded;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    /// <summary>Makes the reactor; call <see cref="Start"/>.</summary>
    /// <param name="engine">Where commands go.</param>
    /// <param name="backers">What is owed to whom.</param>
    /// <param name="folded">Raised when the index has folded something new.</param>
    /// <param name="time">For the pause after a failure.</param>
    public RefundReactor(IEngine engine, IBackersIndex backers, AsyncSignal folded, TimeProvider time)
    {
        this.engine = engine;
        this.backers = backers;
        this.folded = folded;
        this.time = time;
    }

    /// <summary>Ends, with the exception, when the reactor can't go on.</summary>
    public Task Running => running;

    /// <summary>Begins to work.</summary>
    public void Start() => running = Task.Run(WorkAsync);

    /// <summary>Carries out everything that is owed now.</summary>
    /// <returns>False if an answer was missing: something is still owed.</returns>
    public async Task<bool> DrainAsync(CancellationToken cancellation = default)
    {
        while (await backers.NextRefundAsync(cancellation) is { } owed)
            if (!await RefundAsync(owed, cancellation))
                return false;
        while (await backers.LateRefundsAsync(PageSize, cancellation) is { Count: > 0 } late)
        {
            foreach (var refund in late)
                if (!await SendAsync(refund.Campaign, refund.Voter, new ReturnInvestment(refund.Idea, refund.Version, refund.Cause), cancellation))
                    return false;
            await backers.FinishAsync(late, cancellation);
        }
        return true;
    }

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

    private async Task<bool> RefundAsync(OwedRefund owed, CancellationToken cancellation)
    {
        var after = owed.After;
        while (await backers.InvestorsAsync(owed.Campaign, owed.Idea, after, PageSize, cancellation) is { Count: > 0 } page)
        {
            // Asked after the page was read: if the idea was opened again before, the page may hold investments newer than its closing.
            if (!await IsOwedAsync(owed, cancellation))
                return true;
            // All of a page wait for their commit together; one by one each would wait for its own.
            var answers = new Task<bool>[page.Count];
            for (var i = 0; i < answers.Length; i++)
                answers[i] = SendAsync(owed.Campaign, page[i].Voter, Refunds.GiveBack(owed.Idea, owed.Cause, page[i]), cancellation);
            if ((await Task.WhenAll(answers)).Contains(false))
                return false;
            after = page[^1].Voter;
            await backers.AdvanceAsync(owed, after, cancellation);
        }
        await backers.AdvanceAsync(owed, null, cancellation);
        return true;
    }

    private async Task<bool> IsOwedAsync(OwedRefund owed, CancellationToken cancellation) =>
        await backers.NextRefundAsync(cancellation) is { } next && next.Campaign == owed.Campaign && next.Idea == owed.Idea && next.Cause == owed.Cause;

    private async Task<bool> SendAsync(CampaignId campaign, VoterId voter, ReturnInvestment command, CancellationToken cancellation)
    {
        var reply = await engine.SendWhenRoomAsync(StreamId.Of(campaign, voter), command, cancellation);
        return reply.Kind is ReplyKind.Accepted or ReplyKind.Refused;
    }
}
