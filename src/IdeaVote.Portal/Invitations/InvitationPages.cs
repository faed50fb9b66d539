using IdeaVote.Portal.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Invitations;

/// <summary>Not taking up an invitation.</summary>
internal static class InvitationPages
{
    /// <summary>Maps it.</summary>
    public static void MapInvitations(this IEndpointRouteBuilder routes)
    {
        var visits = routes.ServiceProvider.GetRequiredService<Visits>();
        routes.MapForm("/invitations/decline", (context, form) =>
        {
            InviteCookie.Remove(context, null, visits.Of(context).Now);
            context.SeeOther(LocalUrl.Or(form["to"], "/"), new Notice("notice.declined"));
            return Task.CompletedTask;
        });
    }
}
