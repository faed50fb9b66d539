using IdeaVote.Domain.Projections;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Portal.Http;

namespace IdeaVote.Portal.Invitations;

/// <summary>People whom somebody has brought into a campaign.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Title">The campaign's title.</param>
/// <param name="Brought">How many people.</param>
/// <param name="ShowsVoted">Whether to say how many of them have voted.</param>
public sealed record BroughtInto(string Campaign, string Title, Brought Brought, bool ShowsVoted);

/// <summary>Reads how many people somebody has brought into each campaign.</summary>
/// <param name="catalog">Has the campaigns.</param>
/// <param name="invitations">Counts the people.</param>
internal sealed class BroughtReader(CampaignCatalog catalog, InvitationDesk invitations)
{
    /// <summary>The most campaigns that are looked at, the newest.</summary>
    private const int MaxCampaigns = 500;

    /// <summary>The campaigns that the visitor has brought somebody into.</summary>
    public async ValueTask<IReadOnlyList<BroughtInto>> ReadAsync(Visit visit, CancellationToken cancellation)
    {
        var all = new List<BroughtInto>();
        foreach (var campaign in (await catalog.ListAsync(cancellation)).TakeLast(MaxCampaigns))
        {
            if (await invitations.BroughtAsync(campaign.Id, visit.Caller, cancellation) is { People: > 0 } brought)
                all.Add(new BroughtInto(campaign.Key, campaign.Text.Title, brought, visit.Exports || campaign.ScoresVisible(visit.Now)));
        }
        return all;
    }
}
