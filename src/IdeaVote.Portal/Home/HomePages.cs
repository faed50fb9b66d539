using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Layout;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Home;

/// <summary>The page at the root: the campaigns that are open, what they ask, and how far they are.</summary>
internal static class HomePages
{
    /// <summary>The most campaigns on the page.</summary>
    private const int MaxCampaigns = 60;

    /// <summary>Maps it.</summary>
    public static void MapHome(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var (pages, visits, catalog) = (services.GetRequiredService<Pages>(), services.GetRequiredService<Visits>(), services.GetRequiredService<CampaignCatalog>());
        var (engine, setup) = (services.GetRequiredService<IEngine>(), services.GetRequiredService<SetupLink>());
        routes.MapPage("/", async context =>
        {
            var visit = visits.Of(context);
            var cards = new List<CampaignCard>();
            // The newest are the ones that are asked for; the list ends somewhere.
            foreach (var campaign in (await catalog.ListAsync(context.RequestAborted)).Reverse().Take(MaxCampaigns))
                cards.Add(await CampaignCard.ReadAsync(engine, campaign, visit, context.RequestAborted));
            var model = new HomeModel(
                [.. cards.Where(card => card.IsOpen)], [.. cards.Where(card => !card.IsOpen)],
                cards.Count == 0 && await setup.PathAsync(context.RequestAborted) is not null);
            await pages.WriteAsync<HomePage, HomeModel>(context, new Frame(visit["home.title"]) { IsWide = true }, model);
        });
    }
}

/// <summary>What the home page shows.</summary>
/// <param name="Open">The campaigns in which something can be done.</param>
/// <param name="Closed">The others.</param>
/// <param name="AwaitsSetup">Whether the server has neither campaigns nor an administrator.</param>
public sealed record HomeModel(IReadOnlyList<CampaignCard> Open, IReadOnlyList<CampaignCard> Closed, bool AwaitsSetup);
