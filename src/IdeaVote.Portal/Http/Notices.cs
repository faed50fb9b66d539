using Microsoft.AspNetCore.Http;

namespace IdeaVote.Portal.Http;

/// <summary>Carries a notice from a form's answer, which leads elsewhere, to the page it leads to: in a cookie that is read once.</summary>
internal static class Notices
{
    private const string Cookie = "ideavote-notice";
    private const int MaxChars = 400;

    /// <summary>Leaves a notice for the next page.</summary>
    public static void Leave(HttpContext context, Notice notice)
    {
        var text = $"{(notice.IsProblem ? '!' : '+')}{notice.Key}\n{notice.Value}";
        context.Response.Cookies.Append(Cookie, Uri.EscapeDataString(text.Length > MaxChars ? text[..MaxChars] : text), Options(context));
    }

    /// <summary>Takes the notice that was left for this page; null for none. Anybody could have written it, so it can only name our own texts.</summary>
    public static Notice? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 1 } value || context.Request.Headers.ContainsKey(Pages.FragmentHeader))
            return null;
        context.Response.Cookies.Delete(Cookie, Options(context));
        if (value.Length > MaxChars * 3)
            return null;
        var text = Uri.UnescapeDataString(value);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end < 1)
            return null;
        var key = text[1..end];
        return key.StartsWith("notice.", StringComparison.Ordinal) ? new Notice(key, text[0] == '!', text[(end + 1)..]) : null;
    }

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, Path = "/" };
}
