using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Partitions;

namespace IdeaVote.Storage.Postgres.Journal;

/// <summary>Whose partition it is: in the cluster a campaign has its own, and what goes without saying there is not stored.</summary>
internal static class PartitionOwner
{
    /// <summary>The campaign whose partition it is; null if it is nobody's own.</summary>
    public static CampaignId? Of(string partition) => PartitionMap.TryParse(partition, out var campaign, out _) ? campaign : null;
}
