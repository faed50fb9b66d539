using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Portal.Http;

/// <summary>Everything outside the API and the server's own addresses is a page, with a page's headers and a page for an error.</summary>
internal sealed class PageRequests(PageProblems problems) : IPageRequests
{
    // No inline script or style, no address but our own: what a hostile text could smuggle in does nothing.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly PathString[] OfPrograms = ["/api", "/openapi", "/healthz", "/.well-known", "/metrics"];

    /// <inheritdoc/>
    public void Prepare(HttpContext context)
    {
        var path = context.Request.Path;
        foreach (var prefix in OfPrograms)
            if (path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
                return;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        context.Features.Set<IProblemWriter>(problems);
    }
}
