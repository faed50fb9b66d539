using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Partitions;

/// <summary>What a turn may know, read from a follower that is fresh enough.</summary>
/// <param name="follower">The follower.</param>
/// <param name="now">The moment of the turn.</param>
public sealed class LeasedContext(CampaignFollower follower, Instant now) : TurnContext
{
    /// <summary>
    /// Whether the turn asked for something the follower does not have. It may have come to be since: refresh it and run the
    /// turn again before believing a refusal.
    /// </summary>
    public bool Missed { get; private set; }

    /// <inheritdoc/>
    public override Instant Now => now;

    /// <inheritdoc/>
    public override Campaign Campaign
    {
        get
        {
            var campaign = follower.Read(static (board, _) => board.Campaign);
            Missed |= !campaign.Exists;
            return campaign;
        }
    }

    /// <inheritdoc/>
    public override IdeaStatus? StatusOf(IdeaId idea)
    {
        var status = follower.Read((board, _) => board.Find(idea)?.Status);
        Missed |= status is null;
        return status;
    }
}
