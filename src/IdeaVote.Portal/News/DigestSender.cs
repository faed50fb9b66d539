using System.Globalization;
using System.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Accounts;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Languages;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.News;

/// <summary>
/// Mails people what is news to them, at most once a day and only if there is any. Of several processes one does it for each person: whoever first
/// writes down that it was done.
/// </summary>
/// <param name="store">Has the accounts.</param>
/// <param name="desk">Has the news.</param>
/// <param name="mailer">Sends.</param>
/// <param name="options">Knows the site's address.</param>
/// <param name="links">Makes the links that stop it.</param>
/// <param name="languages">Speaks.</param>
/// <param name="time">The clock.</param>
internal sealed class DigestSender(
    IAccountStore store, NewsDesk desk, IMailer mailer, MailOptions options, DigestLinks links, LanguageBook languages, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    private const int MaxEntries = 20;

    private static readonly TimeSpan Between = TimeSpan.FromDays(1);

    /// <summary>Whether there is anything to send with, and an address for links to lead to.</summary>
    public bool CanSend => mailer.CanSend && options is { SendsNews: true, Site: not null };

    /// <summary>Sends to everybody for whom it is time.</summary>
    /// <returns>How many mails were sent.</returns>
    public async Task<int> SendAsync(CancellationToken cancellation)
    {
        if (!CanSend)
            return 0;
        var sent = 0;
        string? after = null;
        while (await store.ListAsync(after, null, IAccountStore.MaxListed, cancellation) is { Count: > 0 } accounts)
        {
            foreach (var account in accounts)
                if (await SendAsync(account, cancellation))
                    sent++;
            after = accounts[^1].Email;
        }
        return sent;
    }

    private async Task<bool> SendAsync(Account account, CancellationToken cancellation)
    {
        var now = Instant.From(time.GetUtcNow());
        var last = account.DigestedAt ?? account.Created;
        // Nobody has said that an address that was not confirmed is theirs.
        if (account is not { IsConfirmed: true, IsClosed: false, NoDigest: false } || now.UnixMilliseconds - last.UnixMilliseconds < Between.TotalMilliseconds)
            return false;
        var seen = NewsDesk.SeenBy(account);
        var entries = await desk.ReadAsync(account, seen > last ? seen : last, MaxEntries + 1, cancellation);
        if (entries.Count == 0 || await store.ReplaceAsync(account with { DigestedAt = now }, CancellationToken.None) is not { } claimed)
            return false;
        var language = languages.Find(account.Language) ?? languages.All[0];
        var shown = Math.Min(entries.Count, MaxEntries);
        var subject = language.Format(shown == 1 ? "mail.digest.subject.one" : "mail.digest.subject.other", language.Number(shown) + (entries.Count > shown ? "+" : ""));
        if (await mailer.SendAsync(account.Email, subject, Text(account, entries, language), cancellation))
            return true;
        // The mail server may be back in an hour.
        await store.ReplaceAsync(claimed with { DigestedAt = account.DigestedAt }, CancellationToken.None);
        return false;
    }

    private string Text(Account account, IReadOnlyList<NewsEntry> entries, Language language)
    {
        var text = new StringBuilder();
        text.Append(language.Format("mail.digest.hello", account.Name)).Append("\n\n").Append(language["mail.digest.lead"]).Append("\n\n");
        foreach (var entry in entries.Take(MaxEntries))
        {
            var title = entry.Kind == "results" ? entry.Campaign : entry.Title ?? language[entry.Url is null ? "idea.hidden.title" : "idea.erased.title"];
            text.Append(CultureInfo.InvariantCulture, $"* {title}\n  {Sentence(entry, language)}\n");
            if (entry.Url is { } url)
                text.Append(CultureInfo.InvariantCulture, $"  {Address(url)}\n");
            text.Append('\n');
        }
        text.Append(language[entries.Count > MaxEntries ? "mail.digest.more" : "mail.digest.all"]).Append('\n').Append(Address("/me/news")).Append("\n\n");
        text.Append(language["mail.digest.stop"]).Append('\n').Append(Address("/digest/stop?code=" + Uri.EscapeDataString(links.CodeOf(account.Id)))).Append('\n');
        return text.ToString();
    }

    private static string Sentence(NewsEntry entry, Language language) => entry.Kind switch
    {
        "results" => language[entry.IsCorrection ? "news.corrected" : "news.results"],
        "hidden" => language.Format("news.hidden", language["concern." + entry.Reason]),
        "reply" or "comment" or "mention" =>
            $"{(entry.Author is [var author, ..] ? author.Name ?? language["author.unknown"] : language["author.team"])} {language["news." + entry.Kind].TrimEnd(':')}.",
        _ when !entry.HasMoved => language[entry.IsOwn ? "news.answer.own" : "news.answer"].TrimEnd(':') + ".",
        _ => $"{language[entry.IsOwn ? "news.status.own" : "news.status"]}: {language["status." + entry.Status]}",
    };

    private string Address(string path) => new Uri(options.Site!, path.TrimStart('/')).ToString();
}
