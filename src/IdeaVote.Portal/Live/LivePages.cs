using System.Buffers;
using System.Globalization;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IdeaVote.Portal.Live;

/// <summary>The stream of changed counts that an open page listens to.</summary>
internal static class LivePages
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(25);

    /// <summary>Maps it.</summary>
    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/c/{c}/live", handlers.ListenAsync);
    }

    /// <summary>The address of the stream for a page that is about to be rendered; null while counts are hidden, whose revision tells of votes.</summary>
    public static async ValueTask<string?> UrlAsync(IEngine engine, CampaignView campaign, Visit visit, CancellationToken cancellation)
    {
        if (!SeesCounts(campaign, visit))
            return null;
        var revision = await engine.QueryAsync(campaign.Id, static (board, _) => board.Revision, cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"/c/{campaign.Key}/live?since={revision}");
    }

    private static bool SeesCounts(CampaignView campaign, Visit visit) => visit.Exports || campaign.ScoresVisible(visit.Now);

    private sealed class Handlers(LiveHub hub, Visits visits, IdeaFinder finder, IHostApplicationLifetime lifetime)
    {
        public async Task ListenAsync(HttpContext context)
        {
            var campaign = await finder.CampaignAsync(context);
            var visit = visits.Of(context);
            // Hidden counts are hidden here too, and that any of them changed.
            if (!SeesCounts(campaign, visit))
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }
            var since = long.TryParse(context.Request.Query["since"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;
            var channel = hub.Join(campaign.Id, since) ?? throw new ApiException(
                StatusCodes.Status503ServiceUnavailable, "overloaded", "Too many pages listen at once; this one stays as it is until it is loaded again.")
            { RetryAfterSeconds = 60 };
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            try
            {
                context.Response.ContentType = "text/event-stream";
                await WriteAsync(context, "retry: 5000\n\n"u8.ToArray(), end.Token);
                var waiting = channel.Reader.WaitToReadAsync(end.Token).AsTask();
                while (true)
                {
                    if (await IsDoneAsync(waiting))
                    {
                        while (channel.Reader.TryRead(out var message))
                            await WriteAsync(context, message, end.Token);
                        waiting = channel.Reader.WaitToReadAsync(end.Token).AsTask();
                    }
                    else
                    {
                        // Tells proxies that somebody is there, and us whether anybody still is.
                        await WriteAsync(context, ":\n\n"u8.ToArray(), end.Token);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // The page was closed, or the server stops.
            }
            finally
            {
                hub.Leave(campaign.Id, channel);
            }
        }

        private static async Task<bool> IsDoneAsync(Task<bool> waiting)
        {
            try
            {
                await waiting.WaitAsync(Heartbeat);
                return true;
            }
            catch (TimeoutException)
            {
                return false;
            }
        }

        private static async ValueTask WriteAsync(HttpContext context, ReadOnlyMemory<byte> message, CancellationToken cancellation)
        {
            context.Response.BodyWriter.Write(message.Span);
            await context.Response.BodyWriter.FlushAsync(cancellation);
        }
    }
}
