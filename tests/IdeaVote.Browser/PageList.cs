using IdeaVote.Engine.Access;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Browser;

/// <summary>Every page, and the states it can be in. What the server has and this list has not fails.</summary>
public static class PageList
{
    // What is sent as a file, a part of a page, or an answer that leads elsewhere.
    private static readonly string[] NoPages = ["/preferences", "/c/{c}/live", "/c/{c}/similar", "/me/export"];

    private static readonly Dictionary<string, string[]> Paths = new(StringComparer.Ordinal)
    {
        ["/"] = ["/"],
        ["/sign-in"] = ["/sign-in"],
        ["/sign-up"] = ["/sign-up"],
        ["/setup"] = ["/setup?key=x"],
        ["/forgot"] = ["/forgot"],
        ["/reset"] = ["/reset?code=x"],
        ["/confirm"] = ["/confirm?code=x"],
        ["/c/{c}"] = ["/c/demo", "/c/demo?sort=new&status=shipped", "/c/demo?q=nothing-like-it", "/c/empty", "/c/none"],
        ["/c/{c}/ideas/{i}"] = ["/c/demo/ideas/ref:CAL-2", "/c/demo/ideas/none", "/c/quiet/ideas/ref:A"],
        ["/c/{c}/ideas/{i}/edit"] = ["/c/demo/ideas/ref:CAL-2/edit"],
        ["/c/{c}/ideas/{i}/merge"] = ["/c/demo/ideas/ref:CAL-2/merge", "/c/empty/ideas/none/merge"],
        ["/c/{c}/new"] = ["/c/demo/new", "/c/demo/new?title=Dark%20mode", "/c/quiet/new"],
        ["/c/{c}/roadmap"] = ["/c/demo/roadmap", "/c/empty/roadmap"],
        ["/c/{c}/ballot"] = ["/c/demo/ballot", "/c/empty/ballot"],
        ["/c/{c}/duels"] = ["/c/demo/duels", "/c/empty/duels"],
        ["/c/{c}/leaderboard"] = ["/c/demo/leaderboard", "/c/demo/leaderboard?by=bayesian&vs=invested", "/c/empty/leaderboard", "/c/demo/leaderboard?by=none", "/c/quiet/leaderboard"],
        ["/c/{c}/portfolio"] = ["/c/demo/portfolio", "/c/demo/portfolio?fund=0", "/c/empty/portfolio"],
        ["/c/{c}/participation"] = ["/c/demo/participation", "/c/empty/participation"],
        ["/c/{c}/results"] = ["/c/demo/results", "/c/empty/results"],
        ["/c/{c}/announce"] = ["/c/demo/announce", "/c/empty/announce"],
        ["/c/{c}/team"] = ["/c/demo/team", "/c/quiet/team"],
        ["/c/{c}/settings"] = ["/c/demo/settings"],
        ["/campaigns/new"] = ["/campaigns/new"],
        ["/me"] = ["/me"],
        ["/me/news"] = ["/me/news"],
        ["/digest/stop"] = ["/digest/stop?code=x"],
        ["/people/{id}"] = ["/people/none"],
        ["/admin/accounts"] = ["/admin/accounts", "/admin/accounts?q=nobody-like-it"],
        ["/admin/accounts/{id}"] = ["/admin/accounts/none"],
        ["/admin/tokens"] = ["/admin/tokens"],
        ["/admin/load"] = ["/admin/load"],
    };

    /// <summary>The pages that people look at most.</summary>
    public static readonly string[] Main = ["/", "/c/demo", "/c/demo/ideas/ref:CAL-2", "/c/demo/roadmap", "/c/demo/leaderboard", "/c/demo/portfolio", "/sign-up"];

    /// <summary>
    /// The pages to look at as somebody: those that nobody with less to do may see, and two on which everybody sees something else. With
    /// <c>IDEAVOTE_LONG=1</c> all that they may see.
    /// </summary>
    /// <param name="site">Has them.</param>
    /// <param name="who">Who looks.</param>
    public static IReadOnlyList<string> Of(Site site, Who who)
    {
        // The team and analysts have more than others on the pages of their campaign only.
        var all = Of(site, ScopesOf(who)).Where(path => who is not (Who.Team or Who.Analyst) || path.StartsWith("/c/demo", StringComparison.Ordinal));
        var known = who switch
        {
            _ when Environment.GetEnvironmentVariable("IDEAVOTE_LONG") == "1" => [],
            Who.Anyone => [],
            Who.Customer => Of(site, Scopes.None),
            Who.Admin => [.. Of(site, ScopesOf(Who.Customer)), .. Of(site, Who.Team)],
            _ => Of(site, ScopesOf(Who.Customer)),
        };
        return [.. all.Except(known).Union(["/c/demo", "/c/demo/ideas/ref:CAL-2"])];
    }

    private static List<string> Of(Site site, Scopes scopes)
    {
        var pages = new List<string>();
        foreach (var endpoint in site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var route = endpoint.RoutePattern.RawText!;
            if (endpoint.Metadata.GetMetadata<ByCallersSession>() is null || !endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET")
                || NoPages.Contains(route) || route.Split('/')[^1].Contains('.', StringComparison.Ordinal))
                continue;
            var anyOf = endpoint.Metadata.GetMetadata<AccessRule>()!.AnyOf;
            Paths.ShouldContainKey(route, $"{route} is a page that PageList does not know.");
            if (anyOf == Scopes.None || (anyOf & scopes) != Scopes.None)
                pages.AddRange(Paths[route]);
        }
        return pages;
    }

    /// <summary>Makes what the pages show, once.</summary>
    public static async Task PrepareAsync(Site site)
    {
        var catalog = await site.Services.GetRequiredService<Engine.IEngine>().CampaignsAsync();
        if (catalog.Count > 1)
            return;
        await site.CampaignAsync("""{"key":"empty","title":"Nothing yet","approve":{},"invest":{"budgetCredits":10},"rank":{"maxLength":3},"duel":{},"fund":{"amount":10,"unit":"EUR"}}""");
        await site.CampaignAsync("""
            {"key":"quiet","title":"Counts stay hidden","brief":"What **next**?","approve":{"max":3},"hideScores":true,"moderation":"before","canChangeVotes":false,
             "stages":[{"name":"open","allows":["submit","vote","discuss"]},{"name":"over","allows":[]}]}
            """);
        await site.CallAsync(HttpMethod.Post, "campaigns/quiet/ideas", """{"title":"Whisper","reference":"A","body":"- one\n- two\n\n> three\n\n`four` **five** [six](https://example.com)\n\n| a | b |\n|---|---|\n| c | d |"}""");
        foreach (var (voter, text) in new[] { ("ann", "What about *rain*?"), ("bob", "It is for dry days.") })
            await site.CallAsync(HttpMethod.Post, "campaigns/quiet/ideas/ref:A/threads", $$"""{"text":"{{text}}"}""", voter);
        await site.CallAsync(HttpMethod.Post, "campaigns/demo/ideas/ref:CAL-2/threads", """{"text":"What about *rain*?"}""", "ann");
    }

    /// <summary>Somebody of each kind, and what they may do.</summary>
    public static async Task<Visitor> EnterAsync(Site site, Who who) => who switch
    {
        Who.Anyone => await site.VisitorAsync(),
        Who.Customer => await site.CustomerAsync("Ada"),
        Who.Team => await site.StaffAsync(Role.Team, "demo"),
        Who.Analyst => await site.StaffAsync(Role.Analyst),
        _ => await site.StaffAsync(Role.Admin),
    };

    /// <summary>What somebody may do.</summary>
    private static Scopes ScopesOf(Who who) => who switch
    {
        Who.Anyone => Scopes.None,
        Who.Customer => Scopes.Vote,
        Who.Team => Scopes.Vote | Scopes.Export | Scopes.Manage,
        Who.Analyst => Scopes.Vote | Scopes.Export,
        _ => Scopes.Vote | Scopes.Export | Scopes.Manage | Scopes.Admin,
    };
}

/// <summary>Who looks.</summary>
public enum Who
{
    /// <summary>Somebody who has not signed in.</summary>
    Anyone,

    /// <summary>A customer.</summary>
    Customer,

    /// <summary>A member of the demo's team.</summary>
    Team,

    /// <summary>An analyst.</summary>
    Analyst,

    /// <summary>An administrator.</summary>
    Admin,
}
