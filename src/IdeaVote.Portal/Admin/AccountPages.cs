using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Admin;

/// <summary>Accounts, for administrators: roles, teams, closing, and links to a new password where no mail is sent.</summary>
internal static class AccountPages
{
    private const int PageSize = 50;
    private const int MaxWords = 100;

    /// <summary>Maps them.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/admin/accounts", handlers.ListAsync, Scopes.Admin);
        routes.MapPage("/admin/accounts/{id}", handlers.ShowAsync, Scopes.Admin);
        routes.MapForm("/admin/accounts/{id}", handlers.SaveAsync, Scopes.Admin);
        routes.MapForm("/admin/accounts/{id}/link", handlers.LinkAsync, Scopes.Admin);
    }

    private sealed class Handlers(
        Pages pages, Visits visits, IAccountStore store, AccountBook accounts, AccountMail mail, AccountDesk desk, CampaignCatalog catalog)
    {
        public async Task ListAsync(HttpContext context)
        {
            var visit = visits.Of(context);
            var words = context.Request.Query["q"].ToString() is { Length: > 0 and <= MaxWords } q ? q : null;
            var after = context.Request.Query["after"].ToString() is { Length: > 0 and <= Account.MaxEmailChars } email ? email : null;
            var found = await store.ListAsync(after, words, PageSize + 1, context.RequestAborted);
            var model = new AccountsModel([.. found.Take(PageSize)], words, found.Count > PageSize ? found[PageSize - 1].Email : null);
            await pages.WriteAsync<AccountsPage, AccountsModel>(context, new Frame(visit["admin.accounts"]) { IsWide = true }, model);
        }

        public async Task ShowAsync(HttpContext context) => await AccountAsync(context, await FindAsync(context), null);

        public async Task SaveAsync(HttpContext context, Form form)
        {
            var account = await FindAsync(context);
            var role = Enum.TryParse<Role>(form["role"], out var wanted) && Enum.IsDefined(wanted)
                ? wanted
                : throw new ApiException(StatusCodes.Status400BadRequest, "invalid_field", "There is no such role.", "role");
            var teams = form.All("team").Take(Account.MaxTeams).ToArray();
            foreach (var team in teams)
                await catalog.GetAsync(team, context.RequestAborted);
            var isSelf = account.Id == visits.Of(context).Account!.Id;
            // Who could lock everybody out by a slip of the hand is stopped: somebody else must do it.
            if (isSelf && (role != Role.Admin || form.Has("closed")))
                throw new ApiException(StatusCodes.Status409Conflict, "own_account", "You can't take your own rights away; another administrator can.");
            var changed = await accounts.ChangeAsync(
                account.Id, one => one with { Role = role, Teams = [.. teams], IsClosed = form.Has("closed"), IsConfirmed = form.Has("confirmed") }, CancellationToken.None);
            if (changed is { IsClosed: true })
                await desk.EndSessionsAsync(account.Id);
            context.SeeOther($"/admin/accounts/{account.Id}", new Notice("notice.profileSaved"));
        }

        public async Task LinkAsync(HttpContext context, Form form)
        {
            var account = await FindAsync(context);
            await AccountAsync(context, account, await mail.ResetLinkAsync(context, account));
        }

        private async ValueTask<Account> FindAsync(HttpContext context) =>
            Id.TryParse(context.Request.RouteValues["id"] as string, out var id) && await store.FindAsync(id, context.RequestAborted) is { } account
                ? account
                : throw new ApiException(StatusCodes.Status404NotFound, "not_found", "There is no such account.");

        private async Task AccountAsync(HttpContext context, Account account, string? link)
        {
            var campaigns = await catalog.ListAsync(context.RequestAborted);
            var model = new AccountModel(account, [.. campaigns.Reverse().Select(campaign => (campaign.Key, campaign.Text.Title))], link);
            await pages.WriteAsync<AccountPage, AccountModel>(context, new Frame(account.Name), model);
        }
    }
}

/// <summary>What the list of accounts shows.</summary>
/// <param name="Accounts">The accounts.</param>
/// <param name="Words">What was searched for; null for nothing.</param>
/// <param name="Next">The address behind which the list goes on; null at its end.</param>
public sealed record AccountsModel(IReadOnlyList<Account> Accounts, string? Words, string? Next);

/// <summary>What the page of an account shows.</summary>
/// <param name="Account">The account.</param>
/// <param name="Campaigns">All campaigns, for the teams.</param>
/// <param name="Link">A link to a new password, shown this once; null for none.</param>
public sealed record AccountModel(Account Account, IReadOnlyList<(string Key, string Title)> Campaigns, string? Link);
