using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Http;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Invitations;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.News;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.People;

/// <summary>One's own page, and what others see of a person.</summary>
internal static class PeoplePages
{
    /// <summary>Maps them.</summary>
    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider, ActivatorUtilities.CreateInstance<ContributionReader>(routes.ServiceProvider));
        routes.MapPage("/me", handlers.ShowMeAsync, Scopes.Vote);
        routes.MapForm("/me/profile", handlers.SaveProfileAsync, Scopes.Vote);
        routes.MapForm("/me/password", handlers.SavePasswordAsync, Scopes.Vote);
        routes.MapForm("/me/sessions", handlers.EndSessionsAsync, Scopes.Vote);
        routes.MapPage("/people/{id}", handlers.ShowPersonAsync);
    }

    private sealed class Handlers(
        Pages pages, Visits visits, AccountBook accounts, AccountDesk desk, AccountMail mail, ContributionReader contributions, BroughtReader brought, Throttle throttle, DigestSender digest)
    {
        public Task ShowMeAsync(HttpContext context) => MeAsync(context, null);

        public async Task SaveProfileAsync(HttpContext context, Form form)
        {
            var account = visits.Of(context).Account!;
            if (AccountDesk.CheckName(form["name"]) is { } wrong)
            {
                await MeAsync(context, wrong, StatusCodes.Status422UnprocessableEntity);
                return;
            }
            await accounts.ChangeAsync(
                account.Id,
                one => one with
                {
                    Name = form["name"].Trim(),
                    HidesProfile = form.Has("hide"),
                    NoDigest = form.Has("digest-asked") ? !form.Has("digest") : one.NoDigest,
                },
                context.RequestAborted);
            context.SeeOther("/me", new Notice("notice.profileSaved"));
        }

        public async Task SavePasswordAsync(HttpContext context, Form form)
        {
            throttle.CountAddress(context, Act.SignIn);
            var account = visits.Of(context).Account!;
            var check = await desk.CheckAsync(account.Email, form["current"], context.RequestAborted);
            if (check.Account is null)
            {
                await MeAsync(context, new DeskAnswer(null, "current", "me.password.wrong"), StatusCodes.Status422UnprocessableEntity);
                return;
            }
            var changed = await desk.SetPasswordAsync(check.Account, form["password"]);
            if (changed.Account is not { } now)
            {
                await MeAsync(context, changed, StatusCodes.Status422UnprocessableEntity);
                return;
            }
            await Sessions.BeginAsync(context, now);
            context.SeeOther("/me", new Notice("notice.passwordChanged"));
        }

        public async Task EndSessionsAsync(HttpContext context, Form form)
        {
            if (await desk.EndSessionsAsync(visits.Of(context).Account!.Id) is { } now)
                await Sessions.BeginAsync(context, now);
            context.SeeOther("/me", new Notice("notice.sessionsEnded"));
        }

        public async Task ShowPersonAsync(HttpContext context)
        {
            var visit = visits.Of(context);
            if (!Id.TryParse(context.Request.RouteValues["id"] as string, out var id)
                || await accounts.FindAsync(id, context.RequestAborted) is not { IsClosed: false } account
                || (account.HidesProfile && visit.Account?.Id != id))
                throw new ApiException(StatusCodes.Status404NotFound, "not_found", "There is nothing here.");
            var model = new PersonModel(account.Name, account.Created, await contributions.ReadAsync(account, context.RequestAborted));
            await pages.WriteAsync<PersonPage, PersonModel>(context, new Frame(account.Name), model);
        }

        private async Task MeAsync(HttpContext context, DeskAnswer? wrong, int status = StatusCodes.Status200OK)
        {
            var visit = visits.Of(context);
            var account = visit.Account!;
            var model = new MeModel(account, mail.CanSend, await contributions.ReadAsync(account, context.RequestAborted), wrong, digest.CanSend)
            {
                Brought = await brought.ReadAsync(visit, context.RequestAborted),
            };
            await pages.WriteAsync<MePage, MeModel>(context, new Frame(visit["me.title"]), model, status);
        }
    }
}

/// <summary>What one's own page shows.</summary>
/// <param name="Account">The account.</param>
/// <param name="CanMail">Whether the server can send mail.</param>
/// <param name="Contributions">What the person has contributed.</param>
/// <param name="Wrong">What was wrong with a form; null for nothing.</param>
/// <param name="HasDigest">Whether the server mails news.</param>
public sealed record MeModel(Account Account, bool CanMail, Contributions Contributions, DeskAnswer? Wrong, bool HasDigest)
{
    /// <summary>The campaigns that the person has brought somebody into.</summary>
    public IReadOnlyList<BroughtInto> Brought { get; init; } = [];
}

/// <summary>What others see of a person.</summary>
/// <param name="Name">The name.</param>
/// <param name="Since">Since when they are here.</param>
/// <param name="Contributions">What they have contributed.</param>
public sealed record PersonModel(string Name, Instant Since, Contributions Contributions);
