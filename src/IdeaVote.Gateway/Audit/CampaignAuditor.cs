using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Audit;
using IdeaVote.Engine.Projections;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Limits;

namespace IdeaVote.Gateway.Audit;

/// <summary>
/// Lives through a campaign from its first event up to a position, in the memory of its ballots and its board. Nothing that was counted
/// before is believed: what is signed is what the journal holds.
/// </summary>
/// <param name="engine">Has the feed.</param>
/// <param name="positions">Waits for positions.</param>
public sealed class CampaignAuditor(IEngine engine, Positions positions)
{
    /// <summary>The most callers that wait.</summary>
    public const int MaxWaiting = 8;

    // Each takes the memory of all ballots and a core: one after the other.
    private readonly WaitingRoom room = new(1, MaxWaiting, "Too many heads wait to be counted");

    /// <summary>Lives through a campaign.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="wanted">The position up to which; null for what there is now.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ApiException">
    /// 400 <c>invalid_position</c>: nothing of the campaign, or something that can't stand alone, is before it; 503 <c>not_yet</c>;
    /// or <c>overloaded</c>; 500 <c>feed_broken</c>: what the journal holds can't have happened.
    /// </exception>
    public async Task<AuditedCampaign> ReplayAsync(CampaignId campaign, Position? wanted, CancellationToken cancellation)
    {
        var upTo = await engine.UpToAsync(campaign, wanted, cancellation);
        using var place = await room.EnterAsync(cancellation);
        try
        {
            var replay = new CampaignReplay();
            var feed = new FeedFold(engine, campaign);
            await feed.GoOnAsync(upTo, entry => replay.Apply(entry.Partition, entry.Body.Span, entry.Prev.Span, entry.Hash.Span), cancellation);
            if (replay.Events == 0)
                throw AuditPositions.TooEarly();
            var ballots = replay.Ballots.Sha256();
            replay.Ballots.Recount(replay.Board);
            return new AuditedCampaign(replay, feed.Last, positions.WriteAlike(feed.Last), ballots);
        }
        catch (AuditException e)
        {
            throw AuditPositions.Broken(e, wanted);
        }
    }
}

/// <summary>A campaign, lived through up to a position.</summary>
/// <param name="Replay">What it came to.</param>
/// <param name="Last">The position of the last event included.</param>
/// <param name="Position">Its written form, the same as in the feed.</param>
/// <param name="BallotsSha256">The SHA-256 of the ballots' canonical form, 64 hexadecimal digits.</param>
public sealed record AuditedCampaign(CampaignReplay Replay, Position Last, string Position, string BallotsSha256);
