using System.Collections.Concurrent;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Tests.Support;

/// <summary>The real server in this process, with a letter box instead of a mail server, and people who look at its pages.</summary>
public class PortalHost : TestServer
{
    public const string Password = "correct horse 42";

    private static int last;

    private readonly ConcurrentDictionary<(Role Role, string Team), Task<string>> known = new();

    /// <summary>What was mailed.</summary>
    public LetterBox Mail { get; } = new();

    public IAccountStore Accounts => Services.GetRequiredService<IAccountStore>();

    /// <summary>A browser that has been nowhere yet.</summary>
    public Browser Browser(string language = "en") => new(this, language);

    /// <summary>The browser of somebody who has signed in.</summary>
    /// <param name="role">What they may do on the whole server.</param>
    /// <param name="team">The campaign whose team they are on; empty for none.</param>
    public async Task<Browser> SignedInAsync(Role role = Role.Customer, string team = "")
    {
        var browser = Browser();
        (await browser.SignInAsync(await known.GetOrAdd((role, team), key => OpenAsync(key.Role, key.Team)))).Status.ShouldBe(200);
        return browser;
    }

    /// <summary>Opens an account with <see cref="Password"/>.</summary>
    /// <returns>Its address.</returns>
    public async Task<string> OpenAsync(Role role = Role.Customer, string team = "")
    {
        var email = NewEmail();
        var opened = await Services.GetRequiredService<AccountDesk>().OpenAsync(email, Password, $"The {role}", asFirstAdmin: false, default);
        await Services.GetRequiredService<AccountBook>().ChangeAsync(
            opened.Account.ShouldNotBeNull(opened.Key).Id, account => account with { Role = role, Teams = team.Length == 0 ? [] : [team] });
        return email;
    }

    /// <summary>An address that no other test uses.</summary>
    public static string NewEmail() => $"p{Interlocked.Increment(ref last)}@example.com";

    /// <summary>The set-up link's path; null if there is an administrator.</summary>
    public async Task<string?> SetupPathAsync() => await Services.GetRequiredService<SetupLink>().PathAsync();

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IMailer>(Mail);
        builder.Services.AddSingleton(new MailOptions { Site = new Uri("https://ideas.example/"), SendsNews = false });
        // Hashing a password is meant to cost much, which tests need not pay each time.
        builder.Services.Configure<PasswordHasherOptions>(static options => options.IterationCount = 10);
    }
}
