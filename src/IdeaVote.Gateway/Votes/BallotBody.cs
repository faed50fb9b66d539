using System.Text.Json.Serialization;
using IdeaVote.Domain.Voters;
using IdeaVote.Gateway.Campaigns;

namespace IdeaVote.Gateway.Votes;

/// <summary>A voter's whole ballot.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Version">The ballot's version, for If-Match.</param>
/// <param name="Approve">The ids of the ideas approved.</param>
/// <param name="Rate">The stars, by idea and criterion.</param>
/// <param name="Invest">The credits, by idea.</param>
/// <param name="Rank">The ids of the ideas in order, the best first.</param>
/// <param name="Duel">The duels decided, each the id of the better idea and that of the other.</param>
/// <param name="Left">What is left to give.</param>
internal sealed record BallotBody(
    string Campaign, long Version, IReadOnlyList<string> Approve,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Rate, IReadOnlyDictionary<string, int> Invest,
    IReadOnlyList<string> Rank, IReadOnlyList<IReadOnlyList<string>> Duel, BallotAllowance Left)
{
    /// <summary>Ideas that became part of another, by their ids, with the id of the idea that what was cast on them counts for now; absent for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Merged { get; init; }

    /// <summary>A voter's ballot as it is shown to them.</summary>
    public static BallotBody Of(CampaignView campaign, Voter voter)
    {
        var rules = campaign.State.Rules;
        var ballot = voter.Ballot;
        return new BallotBody(
            campaign.Key,
            voter.Version,
            [.. ballot.Approvals.Keys.Select(idea => idea.ToString())],
            ballot.Ratings.ToDictionary(
                entry => entry.Key.ToString(), IReadOnlyDictionary<string, int> (entry) => Stars(campaign, entry.Value.Scores), StringComparer.Ordinal),
            ballot.Investments.ToDictionary(entry => entry.Key.ToString(), entry => entry.Value.Credits, StringComparer.Ordinal),
            [.. ballot.Order.Ideas.Select(idea => idea.ToString())],
            [.. ballot.Duels.Select(duel => Words(duel.Key, duel.Value.Winner))],
            new BallotAllowance(voter.ApprovalsLeft(rules), voter.CreditsLeft(rules)))
        {
            Merged = voter.Merged.Links.IsEmpty
                ? null
                : voter.Merged.Links.ToDictionary(link => link.From.ToString(), link => voter.Merged.RootOf(link.From).ToString(), StringComparer.Ordinal),
        };
    }

    private static string[] Words(Pair pair, Winner winner) =>
        winner == Winner.One ? [pair.One.ToString(), pair.Other.ToString()] : [pair.Other.ToString(), pair.One.ToString()];

    private static Dictionary<string, int> Stars(CampaignView campaign, Scores scores)
    {
        var stars = new Dictionary<string, int>(scores.Length, StringComparer.Ordinal);
        // A view a moment older than the ballot may lack the newest criterion's key.
        for (var criterion = 0; criterion < scores.Length && criterion < campaign.Text.Criteria.Count; criterion++)
            if (scores[criterion] > 0)
                stars.Add(campaign.Text.Criteria[criterion], scores[criterion]);
        return stars;
    }
}

/// <summary>What a ballot can still give.</summary>
/// <param name="Approvals">How many more approvals; null for any number.</param>
/// <param name="Credits">How many more credits; null when investing is off.</param>
internal sealed record BallotAllowance(int? Approvals, int? Credits);

/// <summary>A whole ballot to cast. Ideas are named by their ids or as <c>ref:</c> and their reference.</summary>
/// <param name="Approve">The ideas to approve.</param>
/// <param name="Rate">The stars to give, by idea and criterion.</param>
/// <param name="Invest">The credits to invest, by idea.</param>
/// <param name="Rank">The ideas in order, the best first.</param>
/// <param name="Duel">The duels decided, each a list of two ideas: the better, then the other.</param>
internal sealed record BallotRequest(
    IReadOnlyList<string>? Approve = null,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>? Rate = null,
    IReadOnlyDictionary<string, int>? Invest = null,
    IReadOnlyList<string>? Rank = null,
    IReadOnlyList<IReadOnlyList<string>>? Duel = null);
