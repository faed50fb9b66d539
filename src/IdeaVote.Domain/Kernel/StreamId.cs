namespace IdeaVote.Domain.Kernel;

/// <summary>What kind of aggregate a stream of events belongs to. The numbers are written to disk: never renumber.</summary>
public enum AggregateKind : byte
{
    /// <summary>A campaign: its rules and stages.</summary>
    Campaign = 1,

    /// <summary>An idea: its text's hashes, tags, cost and status.</summary>
    Idea = 2,

    /// <summary>A voter: one ballot in one campaign.</summary>
    Voter = 3,

    /// <summary>A thread of comments on an idea.</summary>
    Thread = 4,
}

/// <summary>Names one aggregate and its stream of events.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Campaign">The campaign it belongs to.</param>
/// <param name="Key">Which one within the campaign; for the campaign itself, the campaign's own id.</param>
public readonly record struct StreamId(AggregateKind Kind, CampaignId Campaign, Id Key)
{
    /// <summary>The stream of a campaign.</summary>
    public static StreamId Of(CampaignId campaign) => new(AggregateKind.Campaign, campaign, campaign.Value);

    /// <summary>The stream of an idea.</summary>
    public static StreamId Of(CampaignId campaign, IdeaId idea) => new(AggregateKind.Idea, campaign, idea.Value);

    /// <summary>The stream of a voter.</summary>
    public static StreamId Of(CampaignId campaign, VoterId voter) => new(AggregateKind.Voter, campaign, voter.Value);

    /// <summary>The stream of a thread.</summary>
    public static StreamId Of(CampaignId campaign, ThreadId thread) => new(AggregateKind.Thread, campaign, thread.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode() * 31 + Campaign.Value.GetHashCode() + (int)Kind;

    /// <inheritdoc/>
    public override string ToString() => $"{Campaign}/{Kind}/{Key}";
}
