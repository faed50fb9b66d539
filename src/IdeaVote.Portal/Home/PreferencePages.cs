using IdeaVote.Portal.Accounts;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Languages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Home;

/// <summary>Choosing a language and a light. They are links: nothing is at stake that a stranger's link could harm.</summary>
internal static class PreferencePages
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>Maps them.</summary>
    public static void MapPreferences(this IEndpointRouteBuilder routes)
    {
        var languages = routes.ServiceProvider.GetRequiredService<LanguageBook>();
        var accounts = routes.ServiceProvider.GetRequiredService<AccountBook>();
        var visits = routes.ServiceProvider.GetRequiredService<Visits>();
        routes.MapPage("/preferences", async context =>
        {
            var query = context.Request.Query;
            if (languages.Find(query["language"]) is { } language)
            {
                Set(context, Visits.LanguageCookie, language.Code);
                if (visits.Of(context).Account is { } account)
                    await accounts.ChangeAsync(account.Id, one => one with { Language = language.Code }, context.RequestAborted);
            }
            if (query["theme"].ToString() is "system" or "light" or "dark")
                Set(context, Visits.ThemeCookie, query["theme"].ToString());
            context.SeeOther(LocalUrl.Or(query["to"], "/"));
        });
    }

    private static void Set(HttpContext context, string name, string value) => context.Response.Cookies.Append(
        name, value, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = Kept, Path = "/", IsEssential = true });
}
