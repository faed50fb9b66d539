using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Limits;
using IdeaVote.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Health;

/// <summary>Whether the process runs, and whether it takes requests.</summary>
public static class HealthEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the endpoints.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var options = routes.ServiceProvider.GetRequiredService<GatewayOptions>();
        var draining = routes.ServiceProvider.GetRequiredService<Draining>();
        routes.MapMethods("/healthz/live", Methods, static context => SayAsync(context, "live")).AllowsAnyone().WithMetadata(AnyRate.Mark)
            .Describe("Whether the process runs", doc => doc.Answer(200, "text/plain"));
        routes.MapMethods("/healthz/ready", Methods, context => options.IsReady() && !draining.HasBegun
                ? SayAsync(context, "ready")
                : Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "not_ready", "The engine is starting or stopping.", null, 1)).AllowsAnyone().WithMetadata(AnyRate.Mark)
            .Describe("Whether it takes requests", doc => doc.Answer(200, "text/plain").Problem(503, "not_ready"));
    }

    private static Task SayAsync(HttpContext context, string word)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(word, context.RequestAborted);
    }
}
