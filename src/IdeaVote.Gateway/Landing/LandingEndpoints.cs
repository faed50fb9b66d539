using System.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Landing;

/// <summary>The page at the root and its style.</summary>
public static class LandingEndpoints
{
    private const string Policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the page and its style.</summary>
    public static void MapLanding(this IEndpointRouteBuilder routes)
    {
        var catalog = routes.ServiceProvider.GetRequiredService<CampaignCatalog>();
        var time = routes.ServiceProvider.GetRequiredKeyedService<TimeProvider>(VoteClock.Key);
        var style = Resource("IdeaVote.Gateway.landing.css");
        routes.MapMethods("/", Methods, async context =>
        {
            var page = LandingPage.Render(await catalog.ListAsync(context.RequestAborted), Instant.From(time.GetUtcNow()), context.Request.PathBase);
            context.Response.Headers.ContentSecurityPolicy = Policy;
            await WriteAsync(context, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(page));
        }).AllowsAnyone();
        routes.MapMethods("/landing.css", Methods, context =>
        {
            context.Response.Headers.CacheControl = "public, max-age=3600";
            return WriteAsync(context, "text/css; charset=utf-8", style);
        }).AllowsAnyone();
    }

    private static async Task WriteAsync(HttpContext context, string contentType, byte[] content)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(LandingEndpoints).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The program lacks its resource {name}.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
