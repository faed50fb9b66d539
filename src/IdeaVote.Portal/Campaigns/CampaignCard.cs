using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.Markdown;

namespace IdeaVote.Portal.Campaigns;

/// <summary>A campaign as lists show it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Title">Its title.</param>
/// <param name="Brief">How its brief begins.</param>
/// <param name="Stage">The stage in force.</param>
/// <param name="Allows">What may be done in that.</param>
/// <param name="Until">When the next stage begins by itself; null for never.</param>
/// <param name="Ideas">How many ideas everybody sees.</param>
/// <param name="Voters">How many have voted; null while that is hidden.</param>
public sealed record CampaignCard(string Key, string Title, string Brief, string Stage, Allows Allows, Instant? Until, int Ideas, int? Voters)
{
    private const int BriefChars = 160;

    /// <summary>Whether anything can be done in it now.</summary>
    public bool IsOpen => Allows != Allows.None;

    /// <summary>How many of its ideas have been shipped.</summary>
    public int Shipped { get; init; }

    /// <summary>The ideas that did best, with their ids and titles; empty while it is open or scores are hidden.</summary>
    public IReadOnlyList<(string Id, string Title)> Winners { get; init; } = [];

    /// <summary>A campaign with its counts.</summary>
    internal static CampaignCard Of(CampaignView campaign, int ideas, int voters, Visit visit)
    {
        var state = campaign.State;
        return new CampaignCard(
            campaign.Key, campaign.Text.Title, SafeMarkdown.Excerpt(campaign.Text.Brief, BriefChars), campaign.StageName(visit.Now),
            state.Stages[state.StageAt(visit.Now)].Allows, state.NextStartAfter(visit.Now), ideas,
            state.ScoresVisibleAt(visit.Now) || visit.Exports ? voters : null);
    }

    /// <summary>The campaign as the navigation shows it.</summary>
    internal static CampaignFrame Frame(CampaignView campaign, Visit visit)
    {
        var rules = campaign.State.Rules;
        return new CampaignFrame(
            campaign.Key, campaign.Text.Title, rules.Duel is not null,
            rules.Approve is not null || rules.Rate is not null || rules.Invest is not null || rules.Rank is not null || rules.Duel is not null,
            rules.Fund is not null, visit.Exports || campaign.ScoresVisible(visit.Now), campaign.State.Results is not null);
    }
}
