using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Invitations;
using IdeaVote.Portal.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Accounts;

/// <summary>Coming in and going out: signing in and up, the first administrator, forgotten passwords.</summary>
internal static class EntryPages
{
    /// <summary>Maps them.</summary>
    public static void MapEntry(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/sign-in", handlers.ShowSignInAsync);
        routes.MapForm("/sign-in", handlers.SignInAsync);
        routes.MapPage("/sign-up", handlers.ShowSignUpAsync);
        routes.MapForm("/sign-up", handlers.SignUpAsync);
        routes.MapForm("/sign-out", Handlers.SignOutAsync);
        routes.MapPage("/setup", handlers.ShowSetupAsync);
        routes.MapForm("/setup", handlers.SetUpAsync);
        routes.MapPage("/forgot", handlers.ShowForgotAsync);
        routes.MapForm("/forgot", handlers.ForgotAsync);
        routes.MapPage("/reset", handlers.ShowResetAsync);
        routes.MapForm("/reset", handlers.ResetAsync);
        routes.MapPage("/confirm", handlers.ShowConfirmAsync);
        routes.MapForm("/confirm", handlers.ConfirmAsync);
        routes.MapForm("/confirm/again", handlers.ConfirmAgainAsync, Scopes.Vote);
    }

    private sealed class Handlers(
        Pages pages, Visits visits, AccountDesk desk, AccountBook accounts, IAccountStore store, SetupLink setup, AccountMail mail, InvitationDesk invitations, Throttle throttle)
    {
        public Task ShowSignInAsync(HttpContext context) => SignInPageAsync(context, new EntryModel(To(context)));

        public async Task SignInAsync(HttpContext context, Form form)
        {
            throttle.CountAddress(context, Act.SignIn);
            var to = LocalUrl.Or(form["to"], "/");
            var answer = await desk.CheckAsync(form["email"], form["password"], context.RequestAborted);
            if (answer.Account is not { } account)
            {
                await SignInPageAsync(context, new EntryModel(to, form["email"], Answer: answer), StatusCodes.Status422UnprocessableEntity);
                return;
            }
            await Sessions.BeginAsync(context, account);
            context.SeeOther(to);
        }

        public Task ShowSignUpAsync(HttpContext context) => SignUpPageAsync(context, new EntryModel(To(context)));

        public async Task SignUpAsync(HttpContext context, Form form)
        {
            throttle.CountAddress(context, Act.SignUp);
            var to = LocalUrl.Or(form["to"], "/");
            var answer = await desk.OpenAsync(form["email"], form["password"], form["name"], asFirstAdmin: false, context.RequestAborted);
            if (answer.Account is not { } account)
            {
                await SignUpPageAsync(context, new EntryModel(to, form["email"], form["name"], answer), StatusCodes.Status422UnprocessableEntity);
                return;
            }
            await Sessions.BeginAsync(context, account);
            await invitations.AcceptAllAsync(context, account);
            var mailed = await mail.SendConfirmationAsync(context, account);
            context.SeeOther(to, new Notice(mailed ? "notice.welcomeMailed" : "notice.welcome", Value: account.Name));
        }

        public static async Task SignOutAsync(HttpContext context, Form form)
        {
            await Sessions.EndAsync(context);
            context.SeeOther("/", new Notice("notice.signedOut"));
        }

        public async Task ShowSetupAsync(HttpContext context)
        {
            await CheckSetupAsync(context, context.Request.Query["key"]);
            await SignUpPageAsync(context, new EntryModel("/") { SetupKey = context.Request.Query["key"] });
        }

        public async Task SetUpAsync(HttpContext context, Form form)
        {
            throttle.CountAddress(context, Act.SignUp);
            await CheckSetupAsync(context, form["key"]);
            var answer = await desk.OpenAsync(form["email"], form["password"], form["name"], asFirstAdmin: true, context.RequestAborted);
            if (answer.Account is not { } account)
            {
                await SignUpPageAsync(
                    context, new EntryModel("/", form["email"], form["name"], answer) { SetupKey = form["key"] }, StatusCodes.Status422UnprocessableEntity);
                return;
            }
            await Sessions.BeginAsync(context, account);
            context.SeeOther("/", new Notice("notice.admin", Value: account.Name));
        }

        public Task ShowForgotAsync(HttpContext context) =>
            pages.WriteAsync<ForgotPage, ForgotModel>(context, new Frame(visits.Of(context)["forgot.title"]), new ForgotModel(mail.CanSend));

        public async Task ForgotAsync(HttpContext context, Form form)
        {
            throttle.CountAddress(context, Act.Mail);
            var email = form["email"].Trim().ToLowerInvariant();
            if (email.Length <= Account.MaxEmailChars && await store.FindByEmailAsync(email, context.RequestAborted) is { IsClosed: false } account)
                await mail.SendResetAsync(context, account);
            // The same whether or not there is such an account.
            context.SeeOther("/sign-in", new Notice("notice.resetMailed"));
        }

        public Task ShowResetAsync(HttpContext context) => ResetPageAsync(context, new ResetModel(context.Request.Query["code"].ToString()));

        public async Task ResetAsync(HttpContext context, Form form)
        {
            throttle.CountAddress(context, Act.SignIn);
            // Before the code is used up.
            if (AccountDesk.CheckPassword(form["password"], "") is { } wrong)
            {
                await ResetPageAsync(context, new ResetModel(form["code"], wrong), StatusCodes.Status422UnprocessableEntity);
                return;
            }
            if (await desk.TakeCodeAsync(form["code"], CodePurpose.Reset, context.RequestAborted) is not { IsClosed: false } account)
            {
                context.SeeOther("/forgot", new Notice("notice.codeGone", IsProblem: true));
                return;
            }
            if ((await desk.SetPasswordAsync(account, form["password"])).Account is not { } changed)
            {
                context.SeeOther("/forgot", new Notice("notice.codeGone", IsProblem: true));
                return;
            }
            await Sessions.BeginAsync(context, changed);
            context.SeeOther("/", new Notice("notice.passwordChanged"));
        }

        // Mail programs fetch the links they show: only the form on the page confirms.
        public Task ShowConfirmAsync(HttpContext context) => pages.WriteAsync<ConfirmPage, ResetModel>(
            context, new Frame(visits.Of(context)["confirm.title"]), new ResetModel(context.Request.Query["code"].ToString()));

        public async Task ConfirmAsync(HttpContext context, Form form)
        {
            throttle.CountAddress(context, Act.SignIn);
            var account = await desk.TakeCodeAsync(form["code"], CodePurpose.Confirm, context.RequestAborted);
            var confirmed = account is null ? null : await accounts.ChangeAsync(account.Id, static one => one with { IsConfirmed = true }, CancellationToken.None);
            context.SeeOther("/", confirmed is null ? new Notice("notice.codeGone", IsProblem: true) : new Notice("notice.confirmed"));
        }

        public async Task ConfirmAgainAsync(HttpContext context, Form form)
        {
            throttle.CountAddress(context, Act.Mail);
            var sent = await mail.SendConfirmationAsync(context, visits.Of(context).Account!);
            context.SeeOther("/me", sent ? new Notice("notice.confirmMailed") : new Notice("notice.noMail", IsProblem: true));
        }

        private static string To(HttpContext context) => LocalUrl.Or(context.Request.Query["to"], "/");

        private async ValueTask CheckSetupAsync(HttpContext context, string? key)
        {
            if (!setup.IsKey(key))
                throw new ApiException(StatusCodes.Status404NotFound, "not_found", "There is nothing here.");
            if (await setup.PathAsync(context.RequestAborted) is null)
                throw new ApiException(StatusCodes.Status409Conflict, "already_set_up", "This server has an administrator. Sign in instead.");
        }

        private Task SignInPageAsync(HttpContext context, EntryModel model, int status = StatusCodes.Status200OK) =>
            pages.WriteAsync<SignInPage, EntryModel>(context, new Frame(visits.Of(context)["signIn.title"]), model, status);

        private Task SignUpPageAsync(HttpContext context, EntryModel model, int status = StatusCodes.Status200OK) =>
            pages.WriteAsync<SignUpPage, EntryModel>(context, new Frame(visits.Of(context)[model.SetupKey is null ? "signUp.title" : "setup.title"]), model, status);

        private Task ResetPageAsync(HttpContext context, ResetModel model, int status = StatusCodes.Status200OK) =>
            pages.WriteAsync<ResetPage, ResetModel>(context, new Frame(visits.Of(context)["reset.title"]), model, status);
    }
}
