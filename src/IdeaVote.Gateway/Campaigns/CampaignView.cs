using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Gateway.Campaigns;

/// <summary>A campaign as the gateway works with it: its newest state and its text.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text.</param>
/// <param name="State">Its newest state.</param>
public sealed record CampaignView(CampaignId Id, CampaignText Text, Campaign State)
{
    /// <summary>Its slug.</summary>
    public string Key => Text.Key;

    /// <summary>The number of a criterion; -1 if the campaign has none of this key.</summary>
    public int CriterionIndex(string key)
    {
        for (var i = 0; i < Text.Criteria.Count; i++)
            if (string.Equals(Text.Criteria[i], key, StringComparison.Ordinal))
                return i;
        return -1;
    }

    /// <summary>Whether everybody may see tallies at <paramref name="now"/>.</summary>
    public bool ScoresVisible(Instant now) => State.ScoresVisibleAt(now);

    /// <summary>The name of the stage in force at <paramref name="now"/>.</summary>
    public string StageName(Instant now) => Text.Stages[State.StageAt(now)];
}
