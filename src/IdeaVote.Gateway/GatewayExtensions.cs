using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Audit;
using IdeaVote.Gateway.Backup;
using IdeaVote.Gateway.Ballots;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Discussion;
using IdeaVote.Gateway.Feed;
using IdeaVote.Gateway.Health;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Leaderboard;
using IdeaVote.Gateway.Limits;
using IdeaVote.Gateway.Logs;
using IdeaVote.Gateway.News;
using IdeaVote.Gateway.OpenApi;
using IdeaVote.Gateway.Participation;
using IdeaVote.Gateway.Persons;
using IdeaVote.Gateway.Portfolios;
using IdeaVote.Gateway.Results;
using IdeaVote.Gateway.Telemetry;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Tokens;
using IdeaVote.Gateway.Voters;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IdeaVote.Gateway;

/// <summary>Puts the gateway together.</summary>
public static class GatewayExtensions
{
    /// <summary>
    /// Adds the gateway's services. The host adds <see cref="GatewayOptions"/>, the engine, the stores, the search index, the discussions' and the news index,
    /// the projection waiter and the clock (<see cref="VoteClock"/>). The tokens are read from their store before the first request.
    /// </summary>
    public static IServiceCollection AddGateway(this IServiceCollection services)
    {
        services.AddSingleton(provider => new Pseudonyms(Checked(provider.GetRequiredService<GatewayOptions>()).Secret));
        services.AddSingleton<PositionTokens>();
        services.AddSingleton<Positions>();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<TextDocuments>();
        services.AddSingleton<TokenBook>();
        services.AddHostedService<TokenBookLoader>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<CampaignCatalog>();
        services.AddSingleton<CampaignEditor>();
        services.AddSingleton<PersonEraser>();
        services.AddSingleton<DiscussionDesk>();
        services.AddSingleton<DiscussionReader>();
        services.AddSingleton<SigningKey>();
        services.AddSingleton<CampaignAuditor>();
        services.AddSingleton<BallotDesk>();
        services.AddSingleton<Publications>();
        services.AddSingleton<Recounts>();
        // How old a ranking may be is a matter of seconds that pass, whatever the clock of votes says.
        services.AddSingleton(new SharedRankings(TimeProvider.System));
        services.AddSingleton<LeaderboardReader>();
        services.AddSingleton<LeaderboardDesk>();
        services.AddSingleton<ResultsDesk>();
        services.AddSingleton<ResultsReader>();
        services.AddSingleton<NewsReader>();
        services.AddSingleton<NewsTexts>();
        services.AddSingleton<PortfolioAnswers>();
        services.AddSingleton<Participations>();
        services.AddSingleton<WordOfMouthReader>();
        services.AddSingleton<Draining>();
        services.AddSingleton(static provider => new LogLevels(provider.GetRequiredService<GatewayOptions>().Logs));
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(static provider => provider.GetRequiredService<LogLevels>());
        services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(static provider => provider.GetRequiredService<LogLevels>());
        services.AddDescription();
        services.Configure<KestrelServerOptions>(ServerLimits.Apply);
        services.AddOptions<ForwardedHeadersOptions>().Configure<GatewayOptions>(static (options, gateway) => ServerLimits.Apply(options, gateway.Proxies));
        // As the age of rankings, the pace of requests is a matter of seconds that pass.
        services.AddSingleton(static provider => new RateGate(provider.GetRequiredService<GatewayOptions>().Rates, TimeProvider.System));
        return services;
    }

    /// <summary>Maps everything the gateway serves, and what every request passes on its way there.</summary>
    /// <param name="app">The application.</param>
    /// <param name="mapPages">Maps the pages for people.</param>
    /// <exception cref="InvalidOperationException">
    /// An endpoint does not say who may call it, two endpoints have the same route, or the options make no sense.
    /// </exception>
    public static WebApplication MapGateway(this WebApplication app, Action<IEndpointRouteBuilder> mapPages)
    {
        if (app.Services.GetRequiredService<GatewayOptions>().Proxies.Count > 0)
            app.UseForwardedHeaders();
        // Sessions are read for the pages that take one. Unless told that somebody sees to it, the framework looks for one in every request.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseMiddleware<RequestSpan>();
        app.UseMiddleware<Envelope>();
        app.UseRouting();
        app.UseMiddleware<AccessGate>(ActivatorUtilities.CreateInstance<CallerReader>(app.Services));

        var api = app.MapGroup("/api/v1");
        api.MapCampaigns();
        api.MapRoll();
        api.MapVoters();
        api.MapIdeas();
        api.MapHistory();
        api.MapWordOfMouth();
        api.MapDiscussion();
        api.MapVotes();
        api.MapBallots();
        api.MapLeaderboard();
        api.MapPortfolio();
        api.MapResults();
        api.MapNews();
        api.MapFeed();
        api.MapHead();
        api.MapBallotFile();
        api.MapPublication();
        api.MapTokens();
        api.MapPersons();
        api.MapBackup();
        api.MapLogs();
        app.MapHealth();
        app.MapKeys();
        app.MapDescription();
        mapPages(app);

        RouteCheck.CheckAll(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints));
        return app;
    }

    private static GatewayOptions Checked(GatewayOptions options) =>
        options.AdminToken is { Length: < GatewayOptions.MinAdminTokenChars }
            ? throw new InvalidOperationException($"The administrator's token has at least {GatewayOptions.MinAdminTokenChars} characters.")
            : options;
}
