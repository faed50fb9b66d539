using System.Net;
using System.Net.Mail;
using IdeaVote.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Portal.Accounts;

/// <summary>Sends mail, if the server was told how.</summary>
public interface IMailer
{
    /// <summary>Whether mail can be sent at all; where not, an administrator hands links out.</summary>
    bool CanSend { get; }

    /// <summary>Sends a mail.</summary>
    /// <returns>Whether the mail server took it.</returns>
    Task<bool> SendAsync(string to, string subject, string text, CancellationToken cancellation = default);
}

/// <summary>Sends mail by SMTP.</summary>
/// <param name="options">Where to and as whom.</param>
/// <param name="log">Says what went wrong, without addresses.</param>
public sealed class SmtpMailer(MailOptions options, ILogger<SmtpMailer> log) : IMailer
{
    private const int TimeoutMilliseconds = 15_000;

    /// <inheritdoc/>
    public bool CanSend => options.Server is not null;

    /// <inheritdoc/>
    public async Task<bool> SendAsync(string to, string subject, string text, CancellationToken cancellation = default)
    {
        if (options.Server is not { } server)
            return false;
        try
        {
            using var client = new SmtpClient(server.Host, server.Port > 0 ? server.Port : 587)
            {
                EnableSsl = server.Scheme == "smtps" || options.UseTls,
                Timeout = TimeoutMilliseconds,
            };
            if (server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
                client.Credentials = new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
            using var mail = new MailMessage(options.From, to, subject, text);
            await client.SendMailAsync(mail, cancellation);
            GatewayTelemetry.Mailed(taken: true);
            return true;
        }
        catch (Exception e) when (e is SmtpException or FormatException)
        {
            // The message of such an exception can hold the address it was for.
            GatewayTelemetry.Mailed(taken: false);
            log.LogError("A mail could not be sent: {Kind}", (e as SmtpException)?.StatusCode.ToString() ?? e.GetType().Name);
            return false;
        }
    }
}

/// <summary>How mail is sent.</summary>
public sealed class MailOptions
{
    /// <summary>The server, as <c>smtp://user:password@host:587</c> or <c>smtps://…</c>; null to send none. It may hold a password: never write it anywhere.</summary>
    public Uri? Server { get; init; }

    /// <summary>The sender's address.</summary>
    public string From { get; init; } = "ideavote@localhost";

    /// <summary>Whether to insist on TLS with <c>smtp://</c>.</summary>
    public bool UseTls { get; init; }

    /// <summary>
    /// Where people reach the portal, such as <c>https://ideas.example.org/</c>: what links in mails lead to. Never what a request calls the
    /// server: whoever asks for a mail to another could name their own. Null to send no mail.
    /// </summary>
    public Uri? Site { get; init; }

    /// <summary>Whether people are mailed once a day what happened.</summary>
    public bool SendsNews { get; init; } = true;

    /// <summary>Reads <c>IDEAVOTE_SMTP</c>, <c>IDEAVOTE_MAIL_FROM</c>, <c>IDEAVOTE_SITE</c> and <c>IDEAVOTE_DIGEST</c> from the environment.</summary>
    /// <exception cref="FormatException">Some make no sense; the message has a line for each and repeats none.</exception>
    public static MailOptions FromEnvironment()
    {
        var mistakes = new List<string>();
        var options = Read(Environment.GetEnvironmentVariable, mistakes.Add);
        return mistakes.Count == 0 ? options : throw new FormatException(string.Join('\n', mistakes));
    }

    /// <summary>Reads the same from anywhere.</summary>
    /// <param name="text">A variable's value; null or blank if it is not set.</param>
    /// <param name="mistake">Told what makes no sense, a line each that repeats no value.</param>
    public static MailOptions Read(Func<string, string?> text, Action<string> mistake)
    {
        var digest = text("IDEAVOTE_DIGEST");
        if (digest is not (null or "" or "daily" or "off"))
            mistake("IDEAVOTE_DIGEST is daily or off.");
        var smtp = text("IDEAVOTE_SMTP");
        if (string.IsNullOrWhiteSpace(smtp))
            return new MailOptions();
        if (!Uri.TryCreate(smtp, UriKind.Absolute, out var server) || server.Scheme is not ("smtp" or "smtps") || server.Host.Length == 0)
        {
            mistake("IDEAVOTE_SMTP is no mail server; give one like smtp://user:password@mail.example.org:587.");
            server = null;
        }
        var from = text("IDEAVOTE_MAIL_FROM");
        if (from is null || !MailAddress.TryCreate(from, out _))
            mistake("With IDEAVOTE_SMTP, IDEAVOTE_MAIL_FROM says from which address mail is sent.");
        var site = ReadSite(text("IDEAVOTE_SITE"), mistake);
        return new MailOptions { Server = server, From = from ?? "", UseTls = server?.IsLoopback == false, Site = site, SendsNews = digest != "off" };
    }

    private static Uri? ReadSite(string? text, Action<string> mistake)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            mistake("With IDEAVOTE_SMTP, IDEAVOTE_SITE says where people reach the portal, like https://ideas.example.org: links in mails lead there.");
            return null;
        }
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var site) && site.Scheme is "http" or "https")
            return site;
        mistake("IDEAVOTE_SITE is no address of a site; give one like https://ideas.example.org.");
        return null;
    }
}
