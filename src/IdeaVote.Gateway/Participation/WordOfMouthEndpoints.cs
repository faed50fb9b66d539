using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Leaderboard;
using IdeaVote.Gateway.OpenApi;
using IdeaVote.Sheets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Participation;

/// <summary>Reading who brought whom.</summary>
internal static class WordOfMouthEndpoints
{
    /// <summary>Maps the endpoint.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapWordOfMouth(this IEndpointRouteBuilder api)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider);
        api.MapGet("/campaigns/{c}/word-of-mouth", handlers.GetAsync).Requires(Scopes.Export)
            .Describe("Who brought whom", doc => doc
                .Note("""
                    People who came by a link that somebody shared, and then signed up or voted for the first time. As JSON, the counts; as csv, jsonl or xlsx, a line for
                    each invitation: voter, by, idea, at, voted_at, generation, counts. An invitation gives nobody a vote or a credit.
                    """)
                .Query("format", "json, csv, jsonl or xlsx; without it what `Accept` likes best.", "csv")
                .Answer(200, WordOfMouthJson.Default.WordOfMouthBody).Answer(200, "text/csv").Answer(200, JsonResponse.NdJson).Answer(200, SheetWriter.ContentType).ReadsAfter()
                .Problem(400, InputRefusals.UnknownFieldCode).Problem(404, RefusalCode.CampaignNotFound).Problem(503, "not_yet"));
    }

    private sealed class Handlers(CampaignCatalog catalog, WordOfMouthReader reader, Positions positions)
    {
        public async Task GetAsync(HttpContext context)
        {
            QueryStrings.Check(context.Request.Query, "format");
            await positions.AwaitAfterAsync(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var format = LeaderboardFormats.Of(context.Request);
            var bytes = WordOfMouthFile.Write(campaign.Key, await reader.ReadAsync(campaign.Id, context.RequestAborted), format);
            context.Response.ContentType = LeaderboardFormats.ContentType(format);
            context.Response.ContentLength = bytes.Length;
            await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        }
    }
}
