using IdeaVote.Portal.Discussion;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Invitations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Ideas;

/// <summary>The page of an idea.</summary>
internal static class IdeaPages
{
    /// <summary>Maps it.</summary>
    public static void MapIdea(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/c/{c}/ideas/{i}", handlers.ShowAsync);
    }

    private sealed class Handlers(IdeaFinder finder, IdeaPageWriter writer, InvitationDesk invitations)
    {
        public async Task ShowAsync(HttpContext context)
        {
            var (campaign, id, idea) = await finder.FindAsync(context);
            if (await invitations.TakeAsync(context, campaign, id))
                return;
            await writer.WriteAsync(context, campaign, id, idea, DiscussionViews.Of(context.Request.Query));
        }
    }
}
