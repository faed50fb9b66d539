using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Admin;
using IdeaVote.Portal.Admin.Load;
using IdeaVote.Portal.Analysis;
using IdeaVote.Gateway.Votes;
using IdeaVote.Portal.Ballots;
using IdeaVote.Portal.Discover;
using IdeaVote.Portal.Discussion;
using IdeaVote.Portal.Duels;
using IdeaVote.Portal.Home;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Invitations;
using IdeaVote.Portal.Languages;
using IdeaVote.Portal.Live;
using IdeaVote.Portal.News;
using IdeaVote.Portal.People;
using IdeaVote.Portal.Remix;
using IdeaVote.Portal.Results;
using IdeaVote.Portal.Roadmap;
using IdeaVote.Portal.Submit;
using IdeaVote.Portal.Teams;
using IdeaVote.Portal.Votes;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IdeaVote.Portal;

/// <summary>Puts the portal together, beside the gateway whose services its pages call.</summary>
public static class PortalExtensions
{
    /// <summary>Adds the portal's services. The host adds the gateway, <see cref="Engine.Accounts.IAccountStore"/> and <see cref="MailOptions"/>.</summary>
    public static IServiceCollection AddPortal(this IServiceCollection services)
    {
        services.AddSingleton<LanguageBook>();
        services.AddSingleton<Assets>();
        services.AddSingleton<Visits>();
        services.AddSingleton<Pages>();
        services.AddSingleton<NewsDesk>();
        services.AddSingleton<NewsBell>();
        services.AddSingleton<DigestLinks>();
        services.AddSingleton<DigestSender>();
        services.AddHostedService<DigestService>();
        services.AddSingleton<FormTokens>();
        services.AddSingleton<Templates>();
        services.AddSingleton<CampaignTemplates>();
        services.AddSingleton<Forms>();
        services.AddSingleton(static _ => new Throttle());
        services.AddSingleton<PageProblems>();
        services.AddSingleton<IPageRequests, PageRequests>();
        services.AddSingleton<AccountBook>();
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<AccountMail>();
        services.AddSingleton<SetupLink>();
        services.AddSingleton<IMailer, SmtpMailer>();
        services.AddSingleton<Electors>();
        services.AddSingleton<VoteDesk>();
        services.AddSingleton<IdeaFinder>();
        services.AddSingleton<IdeaReader>();
        services.AddSingleton<RemixReader>();
        services.AddSingleton<DiscussionLoader>();
        services.AddSingleton<IdeaPageWriter>();
        services.AddSingleton<IdeaCards>();
        services.AddSingleton<ForYouReader>();
        services.AddSingleton<TagBook>();
        services.AddSingleton<InviteCodes>();
        services.AddSingleton<InvitationDesk>();
        services.AddSingleton<BroughtReader>();
        services.AddSingleton<ShownNames>();
        services.AddSingleton<LiveHub>();
        services.AddSingleton<LoadGauges>();
        services.AddSingleton<ISessions, Sessions>();

        services.AddDataProtection().SetApplicationName("IdeaVote");
        services.AddSingleton<CookieKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<CookieKeys>()));
        services.AddAuthentication().AddCookie(Sessions.Scheme, Configure);
        services.PostConfigure<CookieAuthenticationOptions>(Sessions.Scheme, static options => options.TicketDataFormat = new KnownTickets(options.TicketDataFormat));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "ideavote-form";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // Who may frame a page is said by its policy.
            options.SuppressXFrameOptionsHeader = true;
        });
        return services;
    }

    /// <summary>Maps the pages.</summary>
    public static void MapPortal(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<Assets>().Map(routes);
        routes.MapHome();
        routes.MapPreferences();
        routes.MapEntry();
        routes.MapCampaign();
        routes.MapIdea();
        routes.MapInvitations();
        routes.MapSubmit();
        routes.MapVoteForms();
        routes.MapDiscussionForms();
        routes.MapBallot();
        routes.MapDuelPages();
        routes.MapRoadmap();
        routes.MapResultsPages();
        routes.MapLive();
        routes.MapTeam();
        routes.MapMerge();
        routes.MapCampaignAdmin();
        routes.MapPeople();
        routes.MapNewsPages();
        routes.MapDigest();
        routes.MapOwnData();
        routes.MapAccounts();
        routes.MapTokenPages();
        routes.MapLoad();
        routes.MapRanking();
        routes.MapPortfolioPages();
        routes.MapParticipation();
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Sessions.Scheme;
        options.Cookie.HttpOnly = true;
        // Links from elsewhere lead to pages as the person who has signed in; forms from elsewhere do not.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromDays(30);
        options.SlidingExpiration = true;
    }
}
