using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.OpenApi;
using IdeaVote.Gateway.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IdeaVote.Gateway.Feed;

/// <summary>The feed of a campaign: every event, in order, resumable, with its hash.</summary>
internal static class FeedEndpoints
{
    private const string ServerSent = "text/event-stream";
    private const string LastEventId = "Last-Event-ID";

    /// <summary>Maps the endpoint.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapFeed(this IEndpointRouteBuilder api)
    {
        var feed = ActivatorUtilities.CreateInstance<Handlers>(
            api.ServiceProvider, ActivatorUtilities.CreateInstance<FeedStream>(api.ServiceProvider));
        api.MapGet("/campaigns/{c}/feed", feed.GetAsync).Requires(Scopes.Export)
            .Describe("Read the events", doc => doc.ReadsAfter()
                .Note("Server-sent events unless `Accept` says application/x-ndjson. Each carries `position`, `prev`, `hash` and `event`: " +
                    "`hash` is SHA-256 of the 32 bytes of `prev` followed by the bytes of `event` exactly as they stand in the line.")
                .Query("after", "Begin after this position.")
                .Query("follow", "Whether to go on with what happens later: true for server-sent events, false for lines, unless given.", "false")
                .Header(LastEventId, "Begin after the event of this id; wins over `after`.")
                .Answer(200, ServerSent).Answer(200, JsonResponse.NdJson)
                .Problem(400, "invalid_position").Problem(404, RefusalCode.CampaignNotFound));
    }

    private sealed class Handlers(CampaignCatalog catalog, FeedStream feed, Positions positions, IHostApplicationLifetime lifetime)
    {
        public async Task GetAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var request = context.Request;
            QueryStrings.Check(request.Query, "after", "follow");
            var after = Start(request);
            var asServerSent = !WantsLines(request);
            var follow = Follow(request.Query["follow"].ToString(), asServerSent);

            var response = context.Response;
            response.ContentType = asServerSent ? ServerSent : JsonResponse.NdJson;
            response.Headers.CacheControl = "no-store";
            // Proxies that collect answers before passing them on would hold events back.
            response.Headers["X-Accel-Buffering"] = "no";
            response.Headers.Vary = "Accept";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

            // A stream that follows would keep the server from stopping.
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            GatewayTelemetry.Listening("feed", 1);
            try
            {
                await feed.SendAsync(response.BodyWriter, campaign.Id, after, follow, asServerSent, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The caller is gone, or resumes elsewhere with the last position it saw.
            }
            finally
            {
                GatewayTelemetry.Listening("feed", -1);
            }
        }

        private Position Start(HttpRequest request)
        {
            if (request.Headers[LastEventId] is { Count: > 0 } last)
                return positions.Read(last.ToString(), LastEventId);
            var after = request.Query["after"].ToString();
            return after.Length == 0 ? Position.Start : positions.Read(after, "after");
        }

        private static bool Follow(string text, bool otherwise) => text switch
        {
            "" => otherwise,
            "true" => true,
            "false" => false,
            _ => throw CommonProblems.Invalid("follow", "\"follow\" is true or false."),
        };

        private static bool WantsLines(HttpRequest request) => request.GetTypedHeaders().Accept
            .OrderByDescending(type => type.Quality ?? 1)
            .Select(type => type.MediaType.Value?.ToLowerInvariant())
            .FirstOrDefault(type => type is ServerSent or JsonResponse.NdJson or "application/jsonl") is JsonResponse.NdJson or "application/jsonl";
    }
}
