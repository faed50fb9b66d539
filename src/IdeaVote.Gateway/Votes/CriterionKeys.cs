using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using IdeaVote.Gateway.Campaigns;

namespace IdeaVote.Gateway.Votes;

/// <summary>The keys of a campaign's rating criteria, in the order of their numbers, ready to be compared as UTF-8.</summary>
internal sealed class CriterionKeys
{
    private static readonly ConditionalWeakTable<CampaignText, CriterionKeys> ByText = [];

    private readonly byte[][] utf8;

    /// <summary>Takes the keys in the order of their numbers.</summary>
    public CriterionKeys(IEnumerable<string> keys)
    {
        var all = keys.ToArray();
        utf8 = [.. all.Select(Encoding.UTF8.GetBytes)];
        Known = all.Length == 0 ? "none (rating is off)" : string.Join(", ", all);
    }

    /// <summary>The keys of a campaign's criteria; made once for each text of the campaign.</summary>
    public static CriterionKeys Of(CampaignView campaign) => ByText.GetValue(campaign.Text, static text => new CriterionKeys(text.Criteria));

    /// <summary>All keys, for a message.</summary>
    public string Known { get; }

    /// <summary>The number of the criterion whose key the reader stands on; -1 if there is none.</summary>
    public int Find(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < utf8.Length; i++)
            if (reader.ValueTextEquals(utf8[i]))
                return i;
        return -1;
    }
}
