using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.OpenApi;

namespace IdeaVote.Server.Telemetry;

/// <summary>Where Prometheus scrapes.</summary>
internal static class MetricsEndpoint
{
    /// <summary>Maps it, before the gateway, which checks that every endpoint says who may call it.</summary>
    /// <param name="routes">The application.</param>
    /// <param name="scrape">What is scraped; null to map nothing.</param>
    /// <param name="access">Who may.</param>
    public static void MapMetrics(this IEndpointRouteBuilder routes, MetricsScrape? scrape, MetricsAccess access)
    {
        if (scrape is null)
            return;
        routes.MapGet("/metrics", context => AnswerAsync(context, scrape))
            .Requires(access == MetricsAccess.Public ? Scopes.None : Scopes.Metrics)
            .Describe("Scrape the metrics", doc => doc
                .Note("Prometheus' text, or OpenMetrics with exemplars if `Accept` prefers application/openmetrics-text. Counts of the whole server; nothing of a campaign, a voter or an idea.")
                .Answer(StatusCodes.Status200OK, "text/plain").Answer(StatusCodes.Status200OK, "application/openmetrics-text"));
    }

    private static async Task AnswerAsync(HttpContext context, MetricsScrape scrape)
    {
        var format = ScrapeFormats.Negotiate([.. context.Request.Headers.Accept.OfType<string>()]);
        var text = await scrape.ReadAsync(format, context.RequestAborted);
        context.Response.ContentType = ScrapeFormats.ContentType(format);
        context.Response.Headers.Vary = "Accept";
        context.Response.ContentLength = text.Length;
        await context.Response.Body.WriteAsync(text, context.RequestAborted);
    }
}
