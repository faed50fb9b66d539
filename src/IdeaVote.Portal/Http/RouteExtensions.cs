using System.Text;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IdeaVote.Portal.Http;

/// <summary>Maps pages and the forms on them. Each says who may see or send it, as every endpoint does.</summary>
internal static class RouteExtensions
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps a page.</summary>
    /// <param name="routes">Where to.</param>
    /// <param name="pattern">Its address.</param>
    /// <param name="handler">Shows it.</param>
    /// <param name="anyOf">What a visitor must be allowed, any of it; nothing for a page that anyone sees.</param>
    public static void MapPage(this IEndpointRouteBuilder routes, string pattern, RequestDelegate handler, Scopes anyOf = Scopes.None) =>
        routes.MapMethods(pattern, Reading, handler).WithMetadata(ByCallersSession.Mark).Requires(anyOf);

    /// <summary>Maps a form.</summary>
    /// <param name="routes">Where to.</param>
    /// <param name="pattern">Where it is sent.</param>
    /// <param name="handler">Takes what was filled in.</param>
    /// <param name="anyOf">What a visitor must be allowed, any of it; nothing for a form that anyone may send.</param>
    public static void MapForm(this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, Form, Task> handler, Scopes anyOf = Scopes.None)
    {
        var forms = (Forms)routes.ServiceProvider.GetService(typeof(Forms))!;
        routes.MapPost(pattern, async context => await handler(context, await forms.ReadAsync(context)))
            .WithMetadata(ByCallersSession.Mark).Requires(anyOf);
    }

    /// <summary>Answers a form with another page: the browser fetches it, and loading it again sends nothing twice.</summary>
    public static void SeeOther(this HttpContext context, string path, Notice? notice = null)
    {
        if (notice is not null)
            Notices.Leave(context, notice);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = context.Request.PathBase + Header(path);
    }

    /// <summary>A path as a header can hold it: what is not ASCII is escaped.</summary>
    private static string Header(string path) => Ascii.IsValid(path)
        ? path
        : string.Concat(path.EnumerateRunes().Select(static rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}
