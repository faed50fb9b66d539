using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Voters;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Portal.Http;

namespace IdeaVote.Portal.Discover;

/// <summary>What a campaign asks of its visitor, and what they have left to give.</summary>
/// <param name="Submit">Whether they can submit ideas now.</param>
/// <param name="Vote">Whether voting is open.</param>
/// <param name="ApprovalsLeft">How many approvals they have left; null for any number or none to give.</param>
/// <param name="ApprovalsMax">How many they have in all.</param>
/// <param name="CreditsLeft">The credits they have left; null if there are none to give.</param>
/// <param name="Budget">The credits they have in all.</param>
/// <param name="Methods">The ways to vote, as keys of texts.</param>
/// <param name="Fund">The team's money for winning ideas, with its unit; null for none.</param>
/// <param name="IsHidden">Whether scores are hidden until voting has closed.</param>
public sealed record CampaignAsk(
    bool Submit, bool Vote, int? ApprovalsLeft, int? ApprovalsMax, int? CreditsLeft, int? Budget, IReadOnlyList<string> Methods, string? Fund, bool IsHidden)
{
    /// <summary>Whether everybody can read the ballots, under pseudonyms, once voting has closed.</summary>
    public bool PublishesBallots { get; init; }

    /// <summary>What is asked of a visitor with this ballot.</summary>
    internal static CampaignAsk Of(CampaignView campaign, Voter voter, Visit visit)
    {
        var rules = campaign.State.Rules;
        var methods = new List<string>();
        if (rules.Approve is not null)
            methods.Add("method.approve");
        if (rules.Rate is not null)
            methods.Add("method.rate");
        if (rules.Invest is { } invest)
            methods.Add(invest.IsQuadratic ? "method.quadratic" : "method.invest");
        if (rules.Rank is not null)
            methods.Add("method.rank");
        if (rules.Duel is not null)
            methods.Add("method.duel");
        return new CampaignAsk(
            campaign.State.AllowsAt(visit.Now, Allows.Submit), campaign.State.AllowsAt(visit.Now, Allows.Vote),
            visit.IsSignedIn ? voter.ApprovalsLeft(rules) : null, rules.Approve?.Max,
            visit.IsSignedIn ? voter.CreditsLeft(rules) : null, rules.Invest?.BudgetCredits,
            methods, Ideas.IdeaReader.Cost(rules.Fund, campaign.Text.Unit, visit), !campaign.ScoresVisible(visit.Now))
        {
            PublishesBallots = rules.Publication is not null,
        };
    }
}
