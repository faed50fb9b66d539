using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>
/// The elections folded last, which go on from where they were when they are asked for again: folding begins at a campaign's first event.
/// Only for use by one at a time, as at the <see cref="PortfolioDesk"/>.
/// </summary>
/// <param name="engine">Has the feed.</param>
internal sealed class FoldedElections(IEngine engine)
{
    /// <summary>The most elections kept.</summary>
    public const int MaxKept = 2;

    private readonly LinkedList<FoldedElection> kept = [];

    /// <summary>An election as of exactly a position. It changes with the next call.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="from">Which votes make the ballots.</param>
    /// <param name="upTo">The position.</param>
    /// <param name="isPast">Whether it was asked for by name, rather than being the newest; such are not kept.</param>
    /// <param name="cancellation">Stops the folding.</param>
    public async Task<FoldedElection> GetAsync(CampaignId campaign, CountFrom from, Position upTo, bool isPast, CancellationToken cancellation)
    {
        var known = isPast ? null : kept.FirstOrDefault(each => each.Campaign == campaign && each.From == from);
        // Somebody who came later may have been served earlier.
        var election = known is not null && upTo.Includes(known.Position) ? known : new FoldedElection(campaign, from);
        // Out of the list while it changes: what an exception leaves half folded is not used again.
        if (known is not null)
            kept.Remove(known);
        await election.FoldAsync(engine, upTo, cancellation);
        if (isPast)
            return election;
        kept.AddFirst(election);
        if (kept.Count > MaxKept)
            kept.RemoveLast();
        return election;
    }
}
