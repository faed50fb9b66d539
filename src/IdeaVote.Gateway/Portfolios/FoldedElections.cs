using IdeaVote.Domain.Allocation;
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
        var known = isPast ? null : kept.FirstOrDefault(each => each.Campaign == campaign && each.Election.From == from);
        // Somebody who came later may have been served earlier.
        var election = known is not null && upTo.Includes(known.Position) ? known : new FoldedElection(engine, campaign, from);
        if (!isPast)
            Keep(election);
        // What is given up half way goes on from there the next time: a large campaign is folded in the end.
        await election.FoldAsync(upTo, cancellation);
        return election;
    }

    private void Keep(FoldedElection election)
    {
        var known = kept.FirstOrDefault(each => each.Campaign == election.Campaign && each.Election.From == election.Election.From);
        if (known is not null)
            kept.Remove(known);
        kept.AddFirst(election);
        if (kept.Count > MaxKept)
            kept.RemoveLast();
    }
}
