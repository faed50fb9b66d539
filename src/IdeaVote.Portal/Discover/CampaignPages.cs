using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Votes;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Invitations;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.Live;
using IdeaVote.Portal.Markdown;
using IdeaVote.Portal.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Discover;

/// <summary>The page of a campaign: what it asks, and its ideas as cards.</summary>
internal static class CampaignPages
{
    private const int DescriptionChars = 200;
    private const int PageSize = 20;

    // The counts on the cards are the newest in any case; in which order they stand is worked out once a second, however many votes come.
    private static readonly TimeSpan OrderShared = TimeSpan.FromSeconds(1);

    /// <summary>Maps it.</summary>
    public static void MapCampaign(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var orders = new FrozenOrders(services.GetRequiredKeyedService<TimeProvider>(VoteClock.Key), OrderShared);
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(services, ActivatorUtilities.CreateInstance<IdeaList>(services, orders));
        routes.MapPage("/c/{c}", handlers.ShowAsync);
    }

    private sealed class Handlers(
        Pages pages, CampaignTemplates templates, Visits visits, IEngine engine, IdeaFinder finder, IdeaList list, IdeaCards cards, ForYouReader forYou, TagBook tags, VoteDesk desk, InvitationDesk invitations, Pseudonyms pseudonyms)
    {
        public async Task ShowAsync(HttpContext context)
        {
            var visit = visits.Of(context);
            var campaign = await finder.CampaignAsync(context);
            if (await invitations.TakeAsync(context, campaign, null))
                return;
            var live = await LivePages.UrlAsync(engine, campaign, visit, context.RequestAborted);
            var filter = ListFilter.Of(context.Request.Query, campaign, visit);
            var voter = await desk.ReadAsync(campaign, visit.Caller, context.RequestAborted);
            var canVote = await desk.WhyNotAsync(campaign, visit.Caller, null, visit.Now, context.RequestAborted) is null;
            var (ideas, next) = await ReadAsync(context, campaign, filter, visit, context.Request.Query["cursor"]);
            var models = await cards.OfAsync(campaign, ideas, voter, canVote, visit, context.RequestAborted);
            var rest = next is null ? null : filter.Url(campaign.Key, next);
            var listed = new IdeaListModel(models.Count == 0, "", rest, filter.IsNarrowed);
            var items = new Template[models.Count];
            for (var i = 0; i < items.Length; i++)
                items[i] = await templates.CardAsync(visit, models[i]);
            var share = invitations.ShareOf(context, campaign, null);
            var filling = new Filling(visit) { Items = items, Live = live, Next = rest, Share = share.Url };
            if (Pages.WantsFragment(context))
            {
                await Pages.WriteAsync(context, await templates.ListAsync(visit, listed), filling);
                return;
            }
            var state = campaign.State;
            var stage = state.StageAt(visit.Now);
            var model = new CampaignModel(
                campaign.Key, campaign.Text.Title, campaign.Text.Brief, campaign.StageName(visit.Now), state.Stages[stage].Allows, state.NextStartAfter(visit.Now),
                CampaignAsk.Of(campaign, voter, visit), filter, await tags.OfAsync(campaign, context.RequestAborted), listed, state.Results?.First, share);
            Frame Frame() => new(campaign.Text.Title, CampaignCard.Frame(campaign, visit), "ideas")
            {
                Description = SafeMarkdown.Excerpt(campaign.Text.Brief, DescriptionChars),
                IsWide = true,
                Live = live,
                Modules = ["share.js"],
            };
            await pages.CountNewsAsync(visit, context.RequestAborted);
            // What is told once belongs to one visit only.
            await (visit.Notice is null
                ? Pages.WriteAsync(context, await templates.PageAsync(visit, (campaign.Id, state.Version), live is not null, Frame, model), filling)
                : pages.WriteAsync<CampaignPage, CampaignModel>(context, Frame(), model with { Ideas = listed with { Items = Template.Join(items, filling) } }));
        }

        private async ValueTask<(IReadOnlyList<IdeaCard> Cards, string? Next)> ReadAsync(
            HttpContext context, CampaignView campaign, ListFilter filter, Visit visit, string? cursor)
        {
            if (filter.Sort == ListFilter.ForYou)
                return await forYou.ReadAsync(campaign, filter, visit, cursor, PageSize, context.RequestAborted);
            var query = ListQuery.Of(filter.ToQuery(PageSize, cursor), campaign.Id, pseudonyms);
            var (found, next) = await list.ReadAsync(context, campaign, query, Viewer.Of(visit.Caller, campaign.Id, pseudonyms));
            return (found, next?.ToString());
        }
    }
}

/// <summary>What the page of a campaign shows.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Title">Its title.</param>
/// <param name="Brief">Its brief, Markdown.</param>
/// <param name="Stage">The stage in force.</param>
/// <param name="Allows">What may be done in it.</param>
/// <param name="Until">When the next begins by itself; null for never.</param>
/// <param name="Ask">What is asked of the visitor.</param>
/// <param name="Filter">Which ideas are shown, and in which order.</param>
/// <param name="Tags">The tags to filter by, the most used first.</param>
/// <param name="Ideas">The ideas.</param>
/// <param name="AnnouncedAt">When the result was announced; null if it was not.</param>
/// <param name="Share">How to share it.</param>
public sealed record CampaignModel(
    string Key, string Title, string Brief, string Stage, Allows Allows, Instant? Until, CampaignAsk Ask, ListFilter Filter,
    IReadOnlyList<string> Tags, IdeaListModel Ideas, Instant? AnnouncedAt, ShareModel Share);

/// <summary>A page of ideas.</summary>
/// <param name="IsEmpty">Whether there are none.</param>
/// <param name="Items">Their cards, each an item of the list, as markup.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
/// <param name="IsNarrowed">Whether a filter leaves some out.</param>
public sealed record IdeaListModel(bool IsEmpty, string Items, string? Next, bool IsNarrowed);
