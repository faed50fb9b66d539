using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Access;
using IdeaVote.Portal.Languages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Http;

/// <summary>Finds out what there is to know of a visit.</summary>
/// <param name="languages">The languages.</param>
/// <param name="assets">The assets.</param>
/// <param name="tokens">Makes forms' tokens.</param>
/// <param name="time">The clock.</param>
public sealed class Visits(LanguageBook languages, Assets assets, FormTokens tokens, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    /// <summary>The cookie that holds the language a stranger chose.</summary>
    public const string LanguageCookie = "ideavote-language";

    /// <summary>The cookie that holds the light the person chose.</summary>
    public const string ThemeCookie = "ideavote-theme";

    /// <summary>The visit that a request is.</summary>
    public Visit Of(HttpContext context)
    {
        if (context.Features.Get<Visit>() is { } known)
            return known;
        var account = context.Features.Get<Account>();
        var request = context.Request;
        var visit = new Visit
        {
            Caller = context.Caller(),
            Account = account,
            Language = languages.Find(account?.Language) ?? languages.Find(request.Cookies[LanguageCookie]) ?? languages.Choose(request.Headers.AcceptLanguage),
            Languages = languages,
            Theme = request.Cookies[ThemeCookie] is "light" or "dark" ? request.Cookies[ThemeCookie] : null,
            Here = request.Path + request.QueryString,
            Root = request.PathBase,
            Now = Instant.From(time.GetUtcNow()),
            Assets = assets,
            FormToken = () => tokens.Of(context),
            Notice = Notices.Take(context),
        };
        context.Features.Set(visit);
        return visit;
    }
}
