using IdeaVote.Engine.Accounts;
using IdeaVote.Portal.Http;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Portal.Accounts;

/// <summary>The mails about an account.</summary>
/// <param name="mailer">Sends them.</param>
/// <param name="desk">Makes the codes in them.</param>
/// <param name="visits">Knows the language.</param>
/// <param name="options">Knows where links in mails lead.</param>
public sealed class AccountMail(IMailer mailer, AccountDesk desk, Visits visits, MailOptions options)
{
    /// <summary>Whether the server can send mail.</summary>
    public bool CanSend => mailer.CanSend && options.Site is not null;

    /// <summary>Asks a person to confirm their address.</summary>
    /// <returns>Whether a mail is on its way.</returns>
    public Task<bool> SendConfirmationAsync(HttpContext context, Account account) => SendAsync(context, account, CodePurpose.Confirm, "confirm");

    /// <summary>Sends a person the link to choose a new password.</summary>
    /// <returns>Whether a mail is on its way.</returns>
    public Task<bool> SendResetAsync(HttpContext context, Account account) => SendAsync(context, account, CodePurpose.Reset, "reset");

    /// <summary>The link to choose a new password, for an administrator to hand out.</summary>
    public async ValueTask<string> ResetLinkAsync(HttpContext context, Account account) =>
        $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/{Path("reset", await desk.MakeCodeAsync(account, CodePurpose.Reset))}";

    private async Task<bool> SendAsync(HttpContext context, Account account, CodePurpose purpose, string what)
    {
        if (!CanSend)
            return false;
        var language = visits.Of(context).Language;
        var link = new Uri(options.Site!, Path(what, await desk.MakeCodeAsync(account, purpose)));
        return await mailer.SendAsync(account.Email, language[$"mail.{what}.subject"], language.Format($"mail.{what}.text", account.Name, link), context.RequestAborted);
    }

    private static string Path(string what, string code) => $"{what}?code={Uri.EscapeDataString(code)}";
}
