using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.News;

/// <summary>Where the link in a mail leads that stops such mails; nobody has to sign in for it.</summary>
internal static class DigestPages
{
    /// <summary>Maps it.</summary>
    public static void MapDigest(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/digest/stop", handlers.ShowAsync);
        routes.MapForm("/digest/stop", handlers.StopAsync);
    }

    private sealed class Handlers(Pages pages, Visits visits, AccountBook accounts, DigestLinks links)
    {
        // Mail programs fetch the links they show: only the form on the page stops anything.
        public Task ShowAsync(HttpContext context) => pages.WriteAsync<DigestStopPage, ResetModel>(
            context, new Frame(visits.Of(context)["digest.stop"]), new ResetModel(context.Request.Query["code"].ToString()));

        public async Task StopAsync(HttpContext context, Form form)
        {
            var stopped = links.Read(form["code"]) is { } id ? await accounts.ChangeAsync(id, static one => one with { NoDigest = true }, CancellationToken.None) : null;
            context.SeeOther("/", stopped is null ? new Notice("notice.codeGone", IsProblem: true) : new Notice("notice.digestStopped"));
        }
    }
}
