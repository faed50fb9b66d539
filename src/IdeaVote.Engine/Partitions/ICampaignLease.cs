namespace IdeaVote.Engine.Partitions;

/// <summary>A campaign as those see it who decide by its rules far from where they are kept.</summary>
public interface ICampaignLease
{
    /// <summary>The copy of the campaign.</summary>
    CampaignFollower Follower { get; }

    /// <summary>Whether turns may decide by the copy now.</summary>
    bool IsFresh { get; }

    /// <summary>Brings the copy up to what is durable at the moment of the call, if the journal can be read.</summary>
    ValueTask RefreshAsync(CancellationToken cancellation = default);
}
