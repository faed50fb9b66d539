using System.Globalization;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Texts;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Home;

/// <summary>The page at the root: what the visitor could vote on, the campaigns that are open, and what came of the others.</summary>
internal static class HomePages
{
    /// <summary>The most open campaigns on the page.</summary>
    private const int MaxOpen = 60;

    private const int ClosedPerPage = 12;

    /// <summary>Maps it.</summary>
    public static void MapHome(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(
            services, ActivatorUtilities.CreateInstance<CampaignShelf>(services), ActivatorUtilities.CreateInstance<Suggestions>(services));
        routes.MapPage("/", handlers.ShowAsync);
    }

    private sealed class Handlers(Pages pages, Visits visits, CampaignShelf shelf, Suggestions suggestions, TextDocuments documents, SetupLink setup)
    {
        public async Task ShowAsync(HttpContext context)
        {
            var (visit, cancellation) = (visits.Of(context), context.RequestAborted);
            // The newest first; of the open ones, those before all others that end soonest.
            var campaigns = (await shelf.ListAsync(cancellation)).Reverse().ToArray();
            var open = campaigns.Where(campaign => IsOpen(campaign, visit)).OrderBy(campaign => campaign.State.NextStartAfter(visit.Now)?.UnixMilliseconds ?? long.MaxValue).ToArray();
            var closed = campaigns.Where(campaign => !IsOpen(campaign, visit)).ToArray();
            var page = int.TryParse(context.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) && wanted > 1 ? wanted : 1;
            page = Math.Min(page, Math.Max(1, (closed.Length + ClosedPerPage - 1) / ClosedPerPage));
            var model = new HomeModel(
                visit.IsSignedIn && page == 1 ? await suggestions.ReadAsync(open, visit, cancellation) : null,
                page == 1 ? await CardsAsync(open.Take(MaxOpen), visit, cancellation) : [],
                await CardsAsync(closed.Skip((page - 1) * ClosedPerPage).Take(ClosedPerPage), visit, cancellation),
                page > 1 ? page - 1 : null, page * ClosedPerPage < closed.Length ? page + 1 : null,
                campaigns.Length == 0 && await setup.PathAsync(cancellation) is not null);
            await pages.WriteAsync<HomePage, HomeModel>(context, new Frame(visit["home.title"]) { IsWide = true }, model);
        }

        private static bool IsOpen(CampaignView campaign, Visit visit) => campaign.State.Stages[campaign.State.StageAt(visit.Now)].Allows != Allows.None;

        private async ValueTask<IReadOnlyList<CampaignCard>> CardsAsync(IEnumerable<CampaignView> campaigns, Visit visit, CancellationToken cancellation)
        {
            var cards = new List<CampaignCard>();
            foreach (var campaign in campaigns)
            {
                var figures = await shelf.FiguresAsync(campaign, campaign.ScoresVisible(visit.Now), cancellation);
                // What won is told where it is over: while it goes on, it would only draw more votes to what is ahead.
                var winners = IsOpen(campaign, visit) ? [] : figures.Winners;
                var texts = await documents.ReadManyAsync([.. winners.Select(winner => winner.Text)], IdeaTextJson.Default.IdeaText, cancellation);
                cards.Add(CampaignCard.Of(campaign, figures.Ideas, figures.Voters, visit) with
                {
                    Shipped = figures.Shipped,
                    Winners = [.. winners.Where(winner => texts.ContainsKey(winner.Text.Id)).Select(winner => (winner.Id.ToString(), texts[winner.Text.Id].Title))],
                });
            }
            return cards;
        }
    }
}

/// <summary>What the home page shows.</summary>
/// <param name="Suggestions">What the visitor could vote on; null for a stranger.</param>
/// <param name="Open">The campaigns in which something can be done, those first that end soonest.</param>
/// <param name="Closed">A page of the others, the newest first.</param>
/// <param name="Previous">The number of the page before; null for none.</param>
/// <param name="Next">The number of the page after; null for none.</param>
/// <param name="AwaitsSetup">Whether the server has neither campaigns nor an administrator.</param>
public sealed record HomeModel(
    SuggestionModel? Suggestions, IReadOnlyList<CampaignCard> Open, IReadOnlyList<CampaignCard> Closed, int? Previous, int? Next, bool AwaitsSetup);
