using IdeaVote.Domain.Reactors;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Engine.Reactors;

/// <summary>Gives investments back, page by page.</summary>
internal sealed class RefundWork(IEngine engine, IBackersIndex backers)
{
    private const int PageSize = 500;

    /// <summary>Carries out every refund that is owed now.</summary>
    /// <returns>False if an answer was missing: something is still owed.</returns>
    public async Task<bool> DrainAsync(CancellationToken cancellation)
    {
        while (await backers.NextRefundAsync(cancellation) is { } owed)
            if (!await RefundAsync(owed, cancellation))
                return false;
        while (await backers.LateRefundsAsync(PageSize, cancellation) is { Count: > 0 } late)
        {
            foreach (var refund in late)
                if (!await engine.TellAsync(refund.Campaign, refund.Voter, new ReturnInvestment(refund.Idea, refund.Version, refund.Cause), cancellation))
                    return false;
            await backers.FinishAsync(late, cancellation);
        }
        return true;
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
            if (!await engine.TellAsync(owed.Campaign, page, static backer => backer.Voter, backer => Refunds.GiveBack(owed.Idea, owed.Cause, backer), cancellation))
                return false;
            after = page[^1].Voter;
            await backers.AdvanceAsync(owed, after, cancellation);
        }
        await backers.AdvanceAsync(owed, null, cancellation);
        return true;
    }

    private async Task<bool> IsOwedAsync(OwedRefund owed, CancellationToken cancellation) =>
        await backers.NextRefundAsync(cancellation) is { } next && next.Campaign == owed.Campaign && next.Idea == owed.Idea && next.Cause == owed.Cause;
}
