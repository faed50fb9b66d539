using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Tokens;

/// <summary>Issuing, listing and revoking tokens.</summary>
public static class TokenEndpoints
{
    private const int MaxBytes = 16 * 1024;

    /// <summary>Maps the endpoints.</summary>
    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        var tokens = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider);
        api.MapPost("/tokens", tokens.IssueAsync).Requires(Scopes.Admin)
            .Describe("Issue a token", doc => doc
                .Note("The answer shows the token this once; only its hash is kept. Repeating the request under the same Idempotency-Key issues no second one.")
                .Takes(TokenJson.Default.TokenRequest, """{ "name": "intranet back end", "scopes": ["vote:any"], "expires": "2027-01-01T00:00:00Z" }""", MaxBytes)
                .Answer(201, TokenJson.Default.IssuedToken)
                .Repeatable().Problem(400, "voter_required", "invalid_voter", "invalid_address", "invalid_field").Problem(409, "already_issued"));
        api.MapGet("/tokens", tokens.ListAsync).Requires(Scopes.Admin)
            .Describe("All tokens, without the tokens themselves", doc => doc.Answer(200, TokenJson.Default.TokenList));
        api.MapDelete("/tokens/{id}", tokens.RevokeAsync).Requires(Scopes.Admin)
            .Describe("Revoke a token, at once", doc => doc.Answer(204).Problem(404, "token_not_found"));
    }

    private sealed class Handlers(TokenIssuer issuer, TokenBook tokens, Idempotency idempotency)
    {
        public async Task IssueAsync(HttpContext context)
        {
            using var body = await RequestBody.ReadBytesAsync(context, MaxBytes);
            var record = issuer.Check(RequestBody.Parse(body.Memory.Span, TokenJson.Default.TokenRequest));
            var (_, repeated) = await idempotency.ClaimOnceAsync(context, body.Memory);
            if (repeated)
            {
                await Problems.WriteAsync(context, StatusCodes.Status409Conflict, "already_issued",
                    "This request was made before, and its token can't be shown again. If you lost it, revoke it (GET /api/v1/tokens, DELETE /api/v1/tokens/{id}) and issue another under a new key.");
                return;
            }
            var token = await issuer.IssueAsync(record);
            var answer = new IssuedToken
            {
                Id = record.Id.ToString(),
                Token = token,
                Name = record.Name,
                Scopes = ScopeNames.Of(record.Scopes),
                Voter = record.Voter,
                Address = record.Address,
                Created = record.Created.ToDateTimeOffset(),
                Expires = record.Expires?.ToDateTimeOffset(),
            };
            await JsonResponse.WriteAsync(context, StatusCodes.Status201Created, answer, TokenJson.Default.IssuedToken);
        }

        public async Task ListAsync(HttpContext context)
        {
            var list = new TokenList([.. (await tokens.ListAsync(context.RequestAborted)).Select(Answer)]);
            await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, list, TokenJson.Default.TokenList);
        }

        public async Task RevokeAsync(HttpContext context)
        {
            if (Id.TryParse(context.Route("id"), out var id) && await tokens.RevokeAsync(id, CancellationToken.None))
                context.Response.StatusCode = StatusCodes.Status204NoContent;
            else
                await Problems.WriteAsync(context, StatusCodes.Status404NotFound, "token_not_found", "There is no such token; GET /api/v1/tokens lists them.");
        }

        private static TokenAnswer Answer(TokenRecord record) => new()
        {
            Id = record.Id.ToString(),
            Name = record.Name,
            Scopes = ScopeNames.Of(record.Scopes),
            Voter = record.Voter,
            Address = record.Address,
            Created = record.Created.ToDateTimeOffset(),
            Expires = record.Expires?.ToDateTimeOffset(),
        };
    }
}
