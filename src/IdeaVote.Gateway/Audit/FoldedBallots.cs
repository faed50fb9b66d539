using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Audit;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Gateway.Audit;

/// <summary>
/// A campaign's ballots as of one position of its feed. They are as the journal has them: whether its chain is whole is for the head to say.
/// Not safe for concurrent use.
/// </summary>
/// <param name="engine">Has the feed.</param>
/// <param name="campaign">The campaign.</param>
internal sealed class FoldedBallots(IEngine engine, CampaignId campaign)
{
    // An event leaves some 700 bytes of garbage. Left to itself the collector lets it grow to the size of the youngest generation, which is
    // more than all ballots of a million votes take and is not given back; early, a collection finds nothing alive and takes a millisecond.
    private const int EventsPerCollection = 16_384;

    private readonly FeedFold feed = new(engine, campaign);
    private long events;

    /// <summary>The campaign.</summary>
    public CampaignId Campaign { get; } = campaign;

    /// <summary>What is folded.</summary>
    public Position Position => feed.Position;

    /// <summary>The position of the last event of the campaign that is folded; the start if there is none.</summary>
    public Position Last => feed.Last;

    /// <summary>The ballots.</summary>
    public StandingBallots Ballots { get; } = new();

    /// <summary>Goes on to a position.</summary>
    /// <param name="upTo">The position, which includes where it is.</param>
    /// <param name="cancellation">Stops the folding; it can go on afterwards.</param>
    /// <exception cref="AuditException">An event does not fit the ones before; these ballots are of no use any more.</exception>
    public async Task FoldAsync(Position upTo, CancellationToken cancellation)
    {
        Ballots.Reserve(await engine.QueryAsync(Campaign, static (board, _) => board.Voters, cancellation));
        await feed.GoOnAsync(upTo, Apply, cancellation);
    }

    private void Apply(FeedEntry entry)
    {
        if (++events % EventsPerCollection == 0)
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        try
        {
            Ballots.Apply(EventReader.Read(entry.Body.Span));
        }
        catch (FormatException e)
        {
            throw new AuditException(e.Message);
        }
    }
}
