using System.Security.Claims;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Portal.Accounts;

/// <summary>Knows people by the cookie they got when they signed in, and says what they may do on the page they ask for.</summary>
/// <param name="accounts">Has the accounts.</param>
/// <param name="pseudonyms">Names the persons.</param>
internal sealed class Sessions(AccountBook accounts, Pseudonyms pseudonyms) : ISessions
{
    /// <summary>The name of the scheme and of the cookie.</summary>
    public const string Scheme = "ideavote-session";

    private const string StampClaim = "stamp";
    private const string AccountClaim = "account";

    /// <inheritdoc/>
    public async ValueTask<Caller> ReadAsync(HttpContext context)
    {
        // Without the cookie there is nothing to decrypt.
        if (!context.Request.Cookies.ContainsKey(Scheme))
            return Gateway.Access.Caller.Anonymous;
        var session = await context.AuthenticateAsync(Scheme);
        if (session.Principal is not { } principal
            || !Id.TryParse(principal.FindFirstValue(AccountClaim) ?? "", out var id)
            || !Id.TryParse(principal.FindFirstValue(StampClaim) ?? "", out var stamp)
            || await accounts.FindAsync(id, context.RequestAborted) is not { IsClosed: false } account
            || account.Stamp != stamp)
            return Gateway.Access.Caller.Anonymous;
        context.Features.Set(account);
        // The tokens of forms are made for whoever this is, and are worth nothing to anybody else, in the same browser too.
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, account.Id.ToString())], Scheme));
        return Caller(account, context.Request.RouteValues["c"] as string);
    }

    /// <summary>Begins a session.</summary>
    public static Task BeginAsync(HttpContext context, Account account) => context.SignInAsync(
        Scheme,
        new ClaimsPrincipal(new ClaimsIdentity([new(AccountClaim, account.Id.ToString()), new(StampClaim, account.Stamp.ToString())], Scheme)),
        new AuthenticationProperties { IsPersistent = true });

    /// <summary>Ends this session.</summary>
    public static Task EndAsync(HttpContext context) => context.SignOutAsync(Scheme);

    /// <summary>The name that an account's votes are cast under. A caller of the API who may speak for any voter can use it too.</summary>
    public static string VoterOf(Id account) => $"account:{account}";

    /// <summary>What an account may do on the pages of a campaign.</summary>
    /// <param name="account">The account.</param>
    /// <param name="campaign">The campaign's key; null on pages of no campaign.</param>
    public Caller Caller(Account account, string? campaign)
    {
        var scopes = Scopes.Vote;
        if (account.Role >= Role.Analyst)
            scopes |= Scopes.Export;
        // On pages of no campaign, it is to open one.
        if (campaign is null && account.Role >= Role.Team)
            scopes |= Scopes.Manage;
        if (campaign is not null && account.Teams.Contains(campaign, StringComparer.Ordinal))
            scopes |= Scopes.Manage | Scopes.Export;
        if (account.Role == Role.Admin)
            scopes |= Scopes.Admin;
        return new Caller(scopes, account.Id, VoterOf(account.Id), account.IsConfirmed ? account.Email : null, pseudonyms);
    }
}
