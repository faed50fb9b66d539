using IdeaVote.Domain.Allocation;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>A campaign's election as of one position of its feed. Brought to a later position, it goes on from where it was.</summary>
/// <param name="engine">Has the feed.</param>
/// <param name="campaign">The campaign.</param>
/// <param name="from">Which votes make the ballots.</param>
internal sealed class FoldedElection(IEngine engine, CampaignId campaign, CountFrom from)
{
    private readonly FeedFold feed = new(engine, campaign);

    /// <summary>The campaign.</summary>
    public CampaignId Campaign { get; } = campaign;

    /// <summary>Its ideas and votes.</summary>
    public CampaignElection Election { get; } = new(from);

    /// <summary>What is folded.</summary>
    public Position Position => feed.Position;

    /// <summary>Goes on to a position, which must include where it is.</summary>
    /// <param name="upTo">The position.</param>
    /// <param name="cancellation">Stops the folding; it can go on afterwards.</param>
    public Task FoldAsync(Position upTo, CancellationToken cancellation) =>
        feed.GoOnAsync(upTo, entry => Election.Apply(EventReader.Read(entry.Body.Span)), cancellation);
}
