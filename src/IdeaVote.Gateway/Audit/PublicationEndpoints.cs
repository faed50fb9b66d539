using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Audit;

/// <summary>The ballots of a campaign that publishes them, for anybody to count again.</summary>
internal static class PublicationEndpoints
{
    /// <summary>Maps the endpoint.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapPublication(this IEndpointRouteBuilder api)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider);
        api.MapGet("/campaigns/{c}/ballots/published", handlers.GetAsync).AllowsAnyone()
            .Describe("Read the published ballots", doc => doc.ReadsAfter()
                .Note("""
                    Only of a campaign with `publishBallots`, from a minute after voting has closed, and while it is. Lines: `{"campaign","id"}`,
                    `{"rules"}`, for each public idea `{"idea","status","cost","tags"}`, for each voter a ballot in the canonical form without `segment`
                    and `first`, and at last `{"publication"}`: the head of the ballots as they were cast, SHA-256 of all lines before it, of the tally, the number
                    of voters, and a signature by the head's key over `ideavote-publication-1`, campaign, id, position, ballots, published, tally,
                    voters, at, kid and the head's signature, with one blank between. `ideavote verify` counts them again.
                    Pseudonyms are made for this file alone, and lines stand in their order. Made when first asked for, and the same for ever.
                    """)
                .Answer(200, JsonResponse.NdJson)
                .Problem(400, InputRefusals.UnknownFieldCode).Problem(404, RefusalCode.CampaignNotFound, "ballots_not_published").Problem(409, "voting_not_over")
                .Problem(500, "feed_broken").Problem(503, "overloaded"));
    }

    private sealed class Handlers(CampaignCatalog catalog, Publications publications, Positions positions)
    {
        public async Task GetAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            QueryStrings.Check(context.Request.Query);
            var file = await publications.GetAsync(campaign, context.RequestAborted);
            var response = context.Response;
            response.ContentType = JsonResponse.NdJson;
            response.ContentLength = file.Length;
            response.Headers.ContentDisposition = $"attachment; filename=\"{campaign.Key}-published.jsonl\"";
            await file.CopyToAsync(response.BodyWriter, context.RequestAborted);
        }
    }
}
