using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Campaigns;

/// <summary>Making, changing, moving and reading campaigns.</summary>
public static class CampaignEndpoints
{
    private const int MaxBytes = 256 * 1024;

    private const string CreateExample = """
        {
          "key": "budget-2026",
          "title": "Participatory budget 2026",
          "brief": "Propose what the district should pay for, then **spend your credits**.",
          "preset": "budget",
          "approve": { "max": null },
          "rate": { "criteria": [{ "key": "overall", "weight": 1 }] },
          "invest": { "budgetCredits": 100 },
          "fund": { "amount": 50000, "unit": "EUR" },
          "voters": { "who": "confirmed", "domains": ["example.com"] }
        }
        """;

    /// <summary>Maps the endpoints.</summary>
    public static void MapCampaigns(this IEndpointRouteBuilder api)
    {
        var campaigns = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider);
        api.MapPost("/campaigns", campaigns.CreateAsync).Requires(Scopes.Manage)
            .Describe("Make a campaign", doc => doc
                .Note("Repeating the request with the same content answers the same; other content under the same key is refused.")
                .Takes(CampaignJson.Default.CampaignRequest, CreateExample, MaxBytes)
                .Answer(201, CampaignJson.Default.CampaignAnswer)
                .Repeatable().Problem(400, "invalid_rules", "invalid_field", "missing_field").Problem(409, "campaign_exists"));
        api.MapPatch("/campaigns/{c}", campaigns.ChangeAsync).Requires(Scopes.Manage)
            .Describe("Change a campaign", doc => doc
                .Note("""
                    An absent field stays as it is; null gives it its default, which for a voting method is off. Criteria are matched by key, stages by their place.
                    Once voting has opened, budgets and maxima only grow, minima only fall, no method or criterion is removed or reweighted, and hidden stays hidden.
                    """)
                .Takes(CampaignJson.Default.CampaignPatch, """{ "title": "Participatory budget 2026, district north", "invest": { "budgetCredits": 150 } }""", MaxBytes)
                .Answer(200, CampaignJson.Default.CampaignAnswer)
                .Problem(400, "invalid_rules", "invalid_field").Problem(404, "campaign_not_found").Problem(409, "rule_frozen", "campaign_changed"));
        api.MapPut("/campaigns/{c}/stage", campaigns.EnterAsync).Requires(Scopes.Manage)
            .Describe("Move a campaign to a stage, now", doc => doc
                .Takes(CampaignJson.Default.StageRequest, """{ "stage": "vote" }""", 4096)
                .Answer(200, CampaignJson.Default.CampaignAnswer)
                .Problem(400, "unknown_stage").Problem(404, "campaign_not_found"));
        api.MapGet("/campaigns", campaigns.ListAsync).AllowsAnyone()
            .Describe("All campaigns", doc => doc.ReadsAfter().Answer(200, CampaignJson.Default.CampaignList));
        api.MapGet("/campaigns/{c}", campaigns.GetAsync).AllowsAnyone()
            .Describe("One campaign", doc => doc.ReadsAfter().Answer(200, CampaignJson.Default.CampaignAnswer).Problem(404, "campaign_not_found"));
    }

    private sealed class Handlers(CampaignCatalog catalog, CampaignEditor editor, Idempotency idempotency, Positions positions, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
    {
        public async Task CreateAsync(HttpContext context)
        {
            using var body = await RequestBody.ReadBytesAsync(context, MaxBytes);
            var request = RequestBody.Parse(body.Memory.Span, CampaignJson.Default.CampaignRequest);
            editor.Content(request);
            await idempotency.ClaimAsync(context, body.Memory);
            var outcome = await editor.CreateAsync(request, context.Caller(), context.RequestAborted);
            if (outcome.Campaign is not null)
                context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path}/{request.Key}";
            await AnswerAsync(context, StatusCodes.Status201Created, outcome);
        }

        public async Task ChangeAsync(HttpContext context)
        {
            var patch = await RequestBody.ReadAsync(context, CampaignJson.Default.CampaignPatch, MaxBytes);
            await AnswerAsync(context, StatusCodes.Status200OK, await editor.ChangeAsync(context.Route("c"), patch, context.Caller(), context.RequestAborted));
        }

        public async Task EnterAsync(HttpContext context)
        {
            var request = await RequestBody.ReadAsync(context, CampaignJson.Default.StageRequest, 4096);
            await AnswerAsync(context, StatusCodes.Status200OK, await editor.EnterAsync(context.Route("c"), request.Stage, context.Caller(), context.RequestAborted));
        }

        public async Task ListAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            var now = Now();
            var list = new CampaignList([.. (await catalog.ListAsync(context.RequestAborted)).Select(view => CampaignAnswer.Of(view, now))]);
            await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, list, CampaignJson.Default.CampaignList);
        }

        public async Task GetAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            var view = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, CampaignAnswer.Of(view, Now()), CampaignJson.Default.CampaignAnswer);
        }

        private Task AnswerAsync(HttpContext context, int status, CampaignEditor.Outcome outcome)
        {
            if (outcome.Campaign is not { } campaign)
                return Problems.WriteAsync(context, outcome.Reply);
            positions.WritePosition(context, outcome.Reply.Position);
            return JsonResponse.WriteAsync(context, status, CampaignAnswer.Of(campaign, Now()), CampaignJson.Default.CampaignAnswer);
        }

        private Instant Now() => Instant.From(time.GetUtcNow());
    }
}
