using System.Text.Json;
using System.Text.Json.Serialization;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.OpenApi;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Ideas;

/// <summary>How the number of votes on an idea grew.</summary>
/// <param name="Days">The length of each period, in days of UTC; a power of two, so that there are at most 60.</param>
/// <param name="Points">A point for each period since the idea was submitted.</param>
internal sealed record HistoryBody(long Days, IReadOnlyList<HistoryPointBody> Points);

/// <summary>How many votes stood on an idea at the end of a period.</summary>
/// <param name="Date">The period's first day, of UTC.</param>
/// <param name="Votes">Approvals, ratings, investments and places in orders together.</param>
internal sealed record HistoryPointBody(DateOnly Date, long Votes);

/// <summary>The JSON of histories.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth)]
[JsonSerializable(typeof(HistoryBody))]
internal sealed partial class HistoryJson : JsonSerializerContext;

/// <summary>Reading how the number of votes on an idea grew.</summary>
internal static class HistoryEndpoints
{
    /// <summary>Maps the endpoint.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapHistory(this IEndpointRouteBuilder api)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider);
        api.MapGet("/campaigns/{c}/ideas/{i}/history", handlers.GetAsync).AllowsAnyone()
            .Describe("How the number of votes on an idea grew", doc => doc
                .Note($"""
                    How many approvals, ratings, investments and places in orders stood on it at the end of each day since it was submitted, the last one being today;
                    of more than {VoteHistory.MaxPeriods} days, at the end of every second, fourth, and so on.
                    """)
                .Answer(200, HistoryJson.Default.HistoryBody).ReadsAfter()
                .Problem(403, "scores_hidden").Problem(404, RefusalCode.CampaignNotFound, RefusalCode.IdeaNotFound));
    }

    private sealed class Handlers(
        IEngine engine, CampaignCatalog catalog, Pseudonyms pseudonyms, Positions positions, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
    {
        public async Task GetAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            if (!IdeaNames.TryResolve(context, campaign.Id, pseudonyms, out var id))
                throw CommonProblems.NoSuchIdea();
            var (viewer, now) = (Viewer.Of(context.Caller(), campaign.Id, pseudonyms), Instant.From(time.GetUtcNow()));
            var (isSeen, points) = await engine.QueryAsync(campaign.Id, (board, _) => Points(board, id, viewer, now), context.RequestAborted);
            if (!isSeen)
                throw CommonProblems.NoSuchIdea();
            if (points is null)
                throw CommonProblems.ScoresHidden();
            var body = new HistoryBody(points[0].Days, [.. points.Select(point => new HistoryPointBody(point.Date, point.Votes))]);
            await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, body, HistoryJson.Default.HistoryBody);
        }

        /// <summary>Whether the caller may know of the idea, and its history unless scores are hidden.</summary>
        private static (bool IsSeen, IReadOnlyList<HistoryPoint>? Points) Points(Board board, IdeaId id, Viewer viewer, Instant now)
        {
            if (board.Find(id) is not { } idea || !viewer.Sees(idea))
                return (false, null);
            return (true, viewer.SeesScores(board, now) ? idea.HistoryUntil(now) : null);
        }
    }
}
