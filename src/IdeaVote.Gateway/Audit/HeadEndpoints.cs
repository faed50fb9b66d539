using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Audit;
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

/// <summary>What a campaign has come to, signed, and the key that tells whether it was this server that signed.</summary>
internal static class HeadEndpoints
{
    private const string JwkSet = "application/jwk-set+json";

    /// <summary>Maps the head.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapHead(this IEndpointRouteBuilder api)
    {
        var head = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider);
        api.MapGet("/campaigns/{c}/head", head.GetAsync).Requires(Scopes.Export)
            .Describe("Sign what the events come to", doc => doc.ReadsAfter()
                .Note("""
                    Keep it, or publish it: it tells whether a feed that is shown later has the same events, all of them. `heads` has each partition's
                    number of events and last hash, `ballots` is SHA-256 of the ballots as `GET /campaigns/{c}/ballots?format=jsonl` gives them. The signature
                    is ECDSA P-256 with SHA-256 (IEEE P1363, base64url) over one line of UTF-8 without an end: `ideavote-head-1`, campaign, id,
                    position, ballots, at, kid, and `number:events:hash` for each of heads, with one blank between. `ideavote verify` checks all of it.
                    Reads the whole feed: about a second for 150,000 events.
                    """)
                .Query("position", "The head at this position, which the feed gave; what there is now unless given.")
                .Answer(200, AuditJson.Default.SignedHead)
                .Problem(400, "invalid_position").Problem(404, RefusalCode.CampaignNotFound).Problem(500, "feed_broken").Problem(503, "not_yet"));
    }

    /// <summary>Maps the public key.</summary>
    /// <param name="routes">The root.</param>
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var key = routes.ServiceProvider.GetRequiredService<SigningKey>();
        routes.MapGet("/.well-known/ideavote-keys.json", async context =>
                await JsonResponse.WriteAsync(
                    context, StatusCodes.Status200OK, new PublicJwkSet([(await key.GetAsync(context.RequestAborted)).PublicKey]), AuditJson.Default.PublicJwkSet, JwkSet)).AllowsAnyone()
            .Describe("The public key that heads are signed with", doc => doc
                .Note("A JWK set (RFC 7517) with one key; `kid` is its RFC 7638 thumbprint. Made once, the same for as long as the server's accounts are kept.")
                .Answer(200, AuditJson.Default.PublicJwkSet, JwkSet));
    }

    private sealed class Handlers(
        CampaignCatalog catalog, CampaignAuditor auditor, SigningKey key, Positions positions, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
    {
        public async Task GetAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var query = context.Request.Query;
            QueryStrings.Check(query, "position");
            var audited = await auditor.ReplayAsync(campaign.Id, positions.Wanted(query), context.RequestAborted);
            var signer = await key.GetAsync(context.RequestAborted);
            var head = signer.Sign(campaign.Key, audited.Replay, audited.Position, audited.BallotsSha256, time.GetUtcNow());
            context.Response.Headers.CacheControl = "no-store";
            await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, head, AuditJson.Default.SignedHead);
        }
    }
}
