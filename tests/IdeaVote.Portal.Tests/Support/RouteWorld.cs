using IdeaVote.Engine.Access;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Portal.Tests.Support;

/// <summary>A campaign with everything, and somebody of each kind.</summary>
public sealed class RouteWorld : IAsyncLifetime
{
    private static readonly (string Name, Role? Role, string Team, Scopes May)[] Kinds =
    [
        ("a stranger", null, "", Scopes.None),
        ("a customer", Role.Customer, "", Scopes.Vote),
        ("an analyst", Role.Analyst, "", Scopes.Vote | Scopes.Export),
        ("a team member of another campaign", Role.Team, "other", Scopes.Vote | Scopes.Export),
        ("a customer who helps the team", Role.Customer, "{c}", Scopes.Vote | Scopes.Export | Scopes.Manage),
        ("a team member", Role.Team, "{c}", Scopes.Vote | Scopes.Export | Scopes.Manage),
        ("an administrator", Role.Admin, "", Scopes.Vote | Scopes.Export | Scopes.Manage | Scopes.Admin),
    ];

    private readonly List<Visitor> visitors = [];

    public PortalHost Host { get; } = new();

    public string Campaign { get; private set; } = "";

    public string Idea { get; private set; } = "";

    public string Other { get; private set; } = "";

    /// <summary>The id of an account that none of them has.</summary>
    public string Account { get; private set; } = "";

    /// <summary>Everybody.</summary>
    public IReadOnlyList<Visitor> Visitors => visitors;

    /// <summary>Somebody who may do everything.</summary>
    public Browser Admin => visitors[^1].Browser;

    public async Task InitializeAsync()
    {
        await Host.InitializeAsync();
        Campaign = await Host.FullCampaignAsync(""" "brief":"What **next**?","fund":{"amount":1000,"unit":"EUR"} """);
        Idea = await Host.IdeaAsync(Campaign, "Idea");
        Other = await Host.IdeaAsync(Campaign, "Other");
        Account = (await Host.Accounts.FindByEmailAsync(await Host.OpenAsync()))!.Id.ToString();
        foreach (var (name, role, team, may) in Kinds)
        {
            var browser = role is { } one ? await Host.SignedInAsync(one, team == "{c}" ? Campaign : team) : Host.Browser();
            visitors.Add(new Visitor(name, browser, may, role >= Role.Team ? may | Scopes.Manage : may & ~Scopes.Manage));
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var visitor in visitors)
            visitor.Browser.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>The path to send.</summary>
    public string PathOf(PageCall call) => call.Path(Campaign, Idea, Account);

    /// <summary>Sends a form, with a token that this browser got.</summary>
    public async Task<PageView> SendAsync(Browser browser, PageCall call)
    {
        var token = (await browser.GetAsync("/sign-in")).Token;
        return await browser.AskAsync(call.Method, PathOf(call), Body(call, token));
    }

    /// <summary>A form's body.</summary>
    public StringContent Body(PageCall call, string? token)
    {
        var fields = call.Fields.Replace("{i}", Idea, StringComparison.Ordinal).Replace("{j}", Other, StringComparison.Ordinal);
        return new StringContent(
            token is null ? fields : $"{Browser.TokenField}={Uri.EscapeDataString(token)}&{fields}",
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));
    }
    /// <summary>Somebody.</summary>
    /// <param name="Name">Who that is.</param>
    /// <param name="Browser">Their browser.</param>
    /// <param name="MayHere">What they may do on the campaign's pages.</param>
    /// <param name="MayElsewhere">What they may do on pages of no campaign.</param>
    public sealed record Visitor(string Name, Browser Browser, Scopes MayHere, Scopes MayElsewhere)
    {
        public bool IsStranger => MayHere == Scopes.None;

        /// <summary>Whether they may make a call.</summary>
        public bool May(PageCall call) =>
            call.Scopes == Scopes.None || ((call.Route.StartsWith("/c/", StringComparison.Ordinal) ? MayHere : MayElsewhere) & call.Scopes) != Scopes.None;
    }
}
