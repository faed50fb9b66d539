using IdeaVote.Engine;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.Live;
using IdeaVote.Portal.Markdown;
using IdeaVote.Portal.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Ideas;

/// <summary>The page of an idea.</summary>
internal static class IdeaPages
{
    private const int DescriptionChars = 200;

    /// <summary>Maps it.</summary>
    public static void MapIdea(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/c/{c}/ideas/{i}", handlers.ShowAsync);
    }

    private sealed class Handlers(Pages pages, Visits visits, IEngine engine, IdeaFinder finder, IdeaReader reader)
    {
        public async Task ShowAsync(HttpContext context)
        {
            var (campaign, id, idea) = await finder.FindAsync(context);
            var visit = visits.Of(context);
            var live = await LivePages.UrlAsync(engine, campaign, context.RequestAborted);
            var model = await reader.ReadAsync(campaign, id, idea, visit, context.RequestAborted);
            if (UndoCookie.Take(context, id) is { } undo)
                model = model with { Votes = model.Votes with { Panel = model.Votes.Panel with { Undo = undo } } };
            var frame = new Frame(model.Title, CampaignCard.Frame(campaign, visit), "ideas") 
            {
                Description = SafeMarkdown.Excerpt(model.Body, DescriptionChars),
                Live = live,
            };
            await pages.WriteAsync<IdeaPage, IdeaModel>(context, frame, model);
        }
    }
}
