using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.News;

/// <summary>What happened to what a person backed, wrote and said. Whoever has opened the page has seen it.</summary>
internal static class NewsPages
{
    private const int MaxShown = 100;

    /// <summary>Maps it.</summary>
    public static void MapNewsPages(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/me/news", handlers.ShowAsync, Scopes.Vote);
    }

    private sealed class Handlers(Pages pages, Visits visits, NewsDesk desk, AccountBook accounts)
    {
        public async Task ShowAsync(HttpContext context)
        {
            var visit = visits.Of(context);
            var account = visit.Account!;
            var entries = await desk.ReadAsync(account, new Instant(long.MinValue), MaxShown + 1, context.RequestAborted);
            if (HttpMethods.IsGet(context.Request.Method) && entries is [{ IsNew: true, At: var newest }, ..])
                await accounts.ChangeAsync(account.Id, one => one.NewsSeen is { } seen && seen >= newest ? null : one with { NewsSeen = newest }, context.RequestAborted);
            visit.Unseen = 0;
            await pages.WriteAsync<NewsPage, NewsModel>(
                context, new Frame(visit["news.title"]), new NewsModel([.. entries.Take(MaxShown)], entries.Count > MaxShown));
        }
    }
}
