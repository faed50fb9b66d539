using IdeaVote.Domain.Allocation;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>A campaign's election as of one position of its feed. Brought to a later position, it goes on from where it was.</summary>
/// <param name="campaign">The campaign.</param>
/// <param name="from">Which votes make the ballots.</param>
internal sealed class FoldedElection(CampaignId campaign, CountFrom from)
{
    /// <summary>The campaign.</summary>
    public CampaignId Campaign { get; } = campaign;

    /// <summary>Its ideas and votes.</summary>
    public CampaignElection Election { get; } = new(from);

    /// <summary>What is folded.</summary>
    public Position Position { get; private set; }

    /// <summary>Goes on to a position, which must include where it is.</summary>
    /// <param name="engine">Has the feed.</param>
    /// <param name="upTo">The position.</param>
    /// <param name="cancellation">Stops the folding; it can go on afterwards.</param>
    public async Task FoldAsync(IEngine engine, Position upTo, CancellationToken cancellation)
    {
        if (Position == upTo)
            return;
        var at = Position;
        await foreach (var entry in engine.FeedAsync(Campaign, Position, follow: false, cancellation))
        {
            var place = PositionSteps.Between(at, entry.Position);
            at = entry.Position;
            // Partitions are read side by side; one may be further than the position while another is behind it.
            if (upTo.In(place.Partition) < place.Offset)
                continue;
            Election.Apply(EventReader.Read(entry.Body.Span));
            Position = Position.Join(Position.Of(place.Partition, place.Offset));
            if (Position.Includes(upTo))
                break;
        }
        Position = Position.Join(upTo);
    }
}
