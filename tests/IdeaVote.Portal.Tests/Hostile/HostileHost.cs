using IdeaVote.Engine;
using IdeaVote.Engine.Accounts;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Tests.Hostile;

/// <summary>
/// A server that lets everybody try as often as they like, and the three who do: a customer, an administrator and a stranger. They read German,
/// so that a text which is not among the portal's own is noticed.
/// </summary>
public sealed class HostileHost : PortalHost
{
    /// <summary>IDEAVOTE_LONG=1 sends everything everywhere instead of everything somewhere.</summary>
    public static readonly bool IsLong = Environment.GetEnvironmentVariable("IDEAVOTE_LONG") == "1";

    private const string Language = "de";
    private const int MaxListed = 200;

    public Browser Customer { get; private set; } = null!;

    public Browser Manager { get; private set; } = null!;

    public Browser Stranger { get; private set; } = null!;

    /// <summary>The id of an account that nobody needs.</summary>
    public string Account { get; private set; } = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Customer = await EnterAsync(Role.Customer);
        Manager = await EnterAsync(Role.Admin);
        Stranger = Browser(Language);
        Account = (await Accounts.FindByEmailAsync(await OpenAsync(Role.Analyst)))!.Id.ToString();
    }

    /// <summary>Somebody new.</summary>
    public async Task<Browser> EnterAsync(Role role)
    {
        var browser = Browser(Language);
        (await browser.SignInAsync(await OpenAsync(role))).Status.ShouldBe(200);
        return browser;
    }

    /// <summary>All that the forms of a campaign's pages can change, but for how often a password was wrong.</summary>
    public async Task<string> StateAsync(Stage stage)
    {
        var engine = Services.GetRequiredService<IEngine>();
        var campaigns = await engine.CampaignsAsync();
        var revision = await engine.QueryAsync(campaigns[stage.Number], static (board, _) => board.Revision);
        var accounts = new List<Account>();
        for (IReadOnlyList<Account> some = [null!]; some.Count > 0; accounts.AddRange(some))
            some = await Accounts.ListAsync(accounts.Count == 0 ? null : accounts[^1].Email, null, MaxListed);
        return string.Join('\n', accounts
            .Select(static account => account with { Version = 0, Failures = 0, LockedUntil = null })
            .Select(static account => $"{account} {string.Join(',', account.Teams)}").Prepend($"{campaigns.Count} {revision}"));
    }

    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Services.AddSingleton(new Throttle(permits: 100_000));
    }
}
