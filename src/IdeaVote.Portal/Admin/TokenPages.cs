using System.Globalization;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Tokens;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Admin;

/// <summary>The API's tokens, for administrators: who has which, issuing and revoking.</summary>
internal static class TokenPages
{
    private const int PageSize = 50;
    private const int MaxWords = 100;
    private const int MaxDays = 3_650;

    /// <summary>Maps them.</summary>
    public static void MapTokenPages(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/admin/tokens", context => handlers.ListAsync(context, null, null), Scopes.Admin);
        routes.MapForm("/admin/tokens/new", handlers.IssueAsync, Scopes.Admin);
        routes.MapForm("/admin/tokens/{id}/revoke", handlers.RevokeAsync, Scopes.Admin);
    }

    private sealed class Handlers(Pages pages, Visits visits, TokenBook tokens, TokenIssuer issuer)
    {
        public async Task ListAsync(HttpContext context, string? issued, TokenDraft? draft)
        {
            var visit = visits.Of(context);
            var query = context.Request.Query;
            var words = query["q"].ToString().Trim() is { Length: > 0 and <= MaxWords } q ? q : null;
            var from = int.TryParse(query["from"], NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : 0;
            // The newest first: it is the one somebody looks for.
            var found = (await tokens.ListAsync(context.RequestAborted)).Reverse()
                .Where(token => words is null || token.Name.Contains(words, StringComparison.OrdinalIgnoreCase) || token.Voter?.Contains(words, StringComparison.OrdinalIgnoreCase) == true)
                .Skip(from).Take(PageSize + 1).ToArray();
            var rows = found.Take(PageSize).Select(token => new TokenRow(
                token.Id.ToString(), token.Name, ScopeNames.Of(token.Scopes), token.Voter, token.Created, token.Expires, token.Expires <= visit.Now, tokens.LastUsed(token.Id)));
            var model = new TokensModel([.. rows], words, found.Length > PageSize ? from + PageSize : null, issued, draft ?? TokenDraft.Empty);
            await pages.WriteAsync<TokensPage, TokensModel>(
                context, new Frame(visit["admin.tokens"]) { IsWide = true }, model, draft?.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        }

        public async Task IssueAsync(HttpContext context, Form form)
        {
            var visit = visits.Of(context);
            var scopes = Enum.GetValues<ScopeName>().Where(name => form.All("scope").Contains(ScopeNames.Text(name), StringComparer.Ordinal)).ToArray();
            var draft = new TokenDraft(form["name"], scopes, form["voter"], form["days"], null, null);
            try
            {
                var record = issuer.Check(new TokenRequest
                {
                    Name = draft.Name,
                    Scopes = scopes,
                    Voter = form.Maybe("voter"),
                    Expires = ExpiryOf(form, visit),
                });
                // Answered at once, not after a redirect: then it would have to be kept somewhere until the browser asks.
                await ListAsync(context, await issuer.IssueAsync(record), null);
            }
            catch (ApiException e) when (e.Status == StatusCodes.Status400BadRequest)
            {
                var key = e.Field == "scopes" ? "problem.token_without_scopes" : "problem." + e.Code;
                await ListAsync(context, null, draft with { Field = e.Field, Problem = visit.Language.Has(key) ? visit[key] : e.Message });
            }
        }

        public async Task RevokeAsync(HttpContext context, Form form)
        {
            if (!Id.TryParse(context.Request.RouteValues["id"] as string, out var id) || !await tokens.RevokeAsync(id, CancellationToken.None))
                throw new ApiException(StatusCodes.Status404NotFound, "token_not_found", "There is no such token.");
            context.SeeOther("/admin/tokens", new Notice("notice.tokenRevoked"));
        }

        private static DateTimeOffset? ExpiryOf(Form form, Visit visit) => form.Maybe("days") is null
            ? null
            : form.Number("days") is { } days and >= 1 and <= MaxDays
                ? visit.Now.ToDateTimeOffset().AddDays(days)
                : throw new ApiException(StatusCodes.Status400BadRequest, "invalid_days", "A token lasts 1 to 3,650 days, or for ever.", "days");
    }
}

/// <summary>What the page of tokens shows.</summary>
/// <param name="Tokens">The tokens, the newest first.</param>
/// <param name="Words">What was searched for; null for nothing.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
/// <param name="Issued">A token that has just been issued, shown this once; null for none.</param>
/// <param name="Draft">What was filled in.</param>
public sealed record TokensModel(IReadOnlyList<TokenRow> Tokens, string? Words, int? Next, string? Issued, TokenDraft Draft);

/// <summary>A token in the list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Scopes">What it allows.</param>
/// <param name="Voter">The voter it acts as; null for none.</param>
/// <param name="Created">When it was issued.</param>
/// <param name="Expires">From when on it is refused; null for never.</param>
/// <param name="IsExpired">Whether that has come.</param>
/// <param name="LastUsed">When it was last used at this process; null if not since the process started.</param>
public sealed record TokenRow(
    string Id, string Name, IReadOnlyList<ScopeName> Scopes, string? Voter, Instant Created, Instant? Expires, bool IsExpired, Instant? LastUsed);

/// <summary>A token that somebody is about to issue.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Scopes">What it is to allow.</param>
/// <param name="Voter">The voter it is to act as.</param>
/// <param name="Days">How long it is to last.</param>
/// <param name="Field">The field to blame; null for none.</param>
/// <param name="Problem">What is wrong; null for nothing.</param>
public sealed record TokenDraft(string Name, IReadOnlyList<ScopeName> Scopes, string Voter, string Days, string? Field, string? Problem)
{
    /// <summary>Nothing filled in yet.</summary>
    public static readonly TokenDraft Empty = new("", [], "", "90", null, null);
}
