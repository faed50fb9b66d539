using IdeaVote.Domain.Kernel;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Portal.Votes;

/// <summary>Carries from a vote to the idea's page how to undo it, for browsers without scripts.</summary>
internal static class UndoCookie
{
    private const string Name = "ideavote-undo";
    private const int MaxChars = 1_000;

    /// <summary>Leaves it for the next page.</summary>
    public static void Leave(HttpContext context, IdeaId idea, UndoPart? undo)
    {
        if (undo is not null)
            context.Response.Cookies.Append(Name, $"{idea}&{undo}", Options(context));
    }

    /// <summary>Takes it, if it is about this idea.</summary>
    public static UndoPart? Take(HttpContext context, IdeaId idea)
    {
        if (context.Request.Cookies[Name] is not { Length: > 0 and <= MaxChars } text)
            return null;
        context.Response.Cookies.Delete(Name, Options(context));
        var prefix = idea + "&";
        return text.StartsWith(prefix, StringComparison.Ordinal) ? UndoPart.Read(text[prefix.Length..]) : null;
    }

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true, Path = "/" };
}
