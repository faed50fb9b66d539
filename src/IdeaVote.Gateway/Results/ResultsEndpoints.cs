using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Results;

/// <summary>Announcing a campaign's result, and reading it.</summary>
internal static class ResultsEndpoints
{
    private const int MaxBytes = 256 * 1024;

    private const string Example = """{"text":"Thank you! We begin with the **bike lanes**.","by":"approvals","chosen":["ref:bike-lanes"]}""";

    /// <summary>Maps the endpoints.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapResults(this IEndpointRouteBuilder api)
    {
        var results = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider);
        api.MapPut("/campaigns/{c}/results", results.AnnounceAsync).Requires(Scopes.Manage)
            .Describe("Announce the result, or correct it", doc => doc
                .Note("Once voting is over. What was announced stays in the feed; a correction is shown as one.")
                .Takes(ResultsJson.Default.AnnouncementBody, Example, MaxBytes)
                .Answer(200, ResultsJson.Default.ResultsBody)
                .Problem(400, "missing_field", "invalid_field", RefusalCode.InvalidResults)
                .Problem(404, RefusalCode.CampaignNotFound, RefusalCode.IdeaNotFound)
                .Problem(409, RefusalCode.VotingNotOver, RefusalCode.MethodOff)
                .Problem(503, "overloaded", "outcome_unknown"));
        api.MapGet("/campaigns/{c}/results", results.GetAsync).AllowsAnyone()
            .Describe("The result of a campaign", doc => doc.ReadsAfter()
                .Answer(200, ResultsJson.Default.ResultsBody)
                .Problem(404, RefusalCode.CampaignNotFound, "results_not_found"));
    }

    private sealed class Handlers(CampaignCatalog catalog, ResultsDesk desk, ResultsReader reader, Positions positions)
    {
        public async Task AnnounceAsync(HttpContext context)
        {
            var body = await RequestBody.ReadAsync(context, ResultsJson.Default.AnnouncementBody, MaxBytes);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var reply = await desk.AnnounceAsync(context.Caller(), campaign, desk.Read(campaign, body), context.RequestAborted);
            if (reply.Kind != ReplyKind.Accepted)
            {
                await Problems.WriteAsync(context, reply);
                return;
            }
            positions.WritePosition(context, reply.Position);
            await AnswerAsync(context, await catalog.ViewAsync(campaign.Id, (Campaign)reply.State!, context.RequestAborted));
        }

        public async Task GetAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            await AnswerAsync(context, await catalog.GetAsync(context.Route("c"), context.RequestAborted));
        }

        private async Task AnswerAsync(HttpContext context, CampaignView campaign)
        {
            var body = await reader.ReadAsync(campaign, context.Caller().Has(Scopes.Export), context.RequestAborted) ?? throw new ApiException(
                StatusCodes.Status404NotFound, "results_not_found", "The team has not announced a result yet.");
            await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, body, ResultsJson.Default.ResultsBody);
        }
    }
}
