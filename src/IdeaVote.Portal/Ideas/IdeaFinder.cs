using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Portal.Ideas;

/// <summary>Finds the campaign and the idea that an address names.</summary>
/// <param name="engine">Has the ideas.</param>
/// <param name="catalog">Has the campaigns.</param>
/// <param name="pseudonyms">Turns names into ids.</param>
internal sealed class IdeaFinder(IEngine engine, CampaignCatalog catalog, Pseudonyms pseudonyms)
{
    /// <summary>The campaign of the address.</summary>
    /// <exception cref="ApiException">404.</exception>
    public ValueTask<CampaignView> CampaignAsync(HttpContext context) =>
        catalog.GetAsync(context.Request.RouteValues["c"] as string ?? "", context.RequestAborted);

    /// <summary>The campaign and the idea of the address, if the visitor may know of it.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async ValueTask<(CampaignView Campaign, IdeaId Id, Idea Idea)> FindAsync(HttpContext context)
    {
        var campaign = await CampaignAsync(context);
        if (!IdeaNames.TryResolve(context, campaign.Id, pseudonyms, out var id))
            throw CommonProblems.NoSuchIdea();
        return (campaign, id, await ReadAsync(campaign, id, context.Caller(), context.RequestAborted) ?? throw CommonProblems.NoSuchIdea());
    }

    /// <summary>An idea, if the visitor may know of it; else null.</summary>
    public async ValueTask<Idea?> ReadAsync(CampaignView campaign, IdeaId id, Caller caller, CancellationToken cancellation)
    {
        // The board knows every idea: a name that leads nowhere wakes nobody.
        if (!await engine.QueryAsync(campaign.Id, (board, _) => board.Find(id) is not null, cancellation))
            return null;
        return (await engine.ReadAsync(StreamId.Of(campaign.Id, id), cancellation)).State is Idea { Exists: true } idea
            && Viewer.Of(caller, campaign.Id, pseudonyms).Sees(idea)
            ? idea
            : null;
    }
}
