using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IdeaVote.Gateway.Http;

/// <summary>Reads the variable parts of a path.</summary>
public static class RouteText
{
    /// <summary>
    /// The value of a part of the path, decoded. The server leaves an encoded slash as it came, which would make
    /// <c>a%2Fb</c> and <c>a%252Fb</c> the same; such a value is therefore taken from the request's own line.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The part's name in the route.</param>
    public static string Route(this HttpContext context, string name)
    {
        var value = (string)context.Request.RouteValues[name]!;
        return value.Contains("%2F", StringComparison.OrdinalIgnoreCase) ? FromTarget(context, name) ?? value : value;
    }

    private static string? FromTarget(HttpContext context, string name)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint
            || context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget is not { Length: > 0 } target)
            return null;
        var path = target.Split('?', 2)[0];
        if (!path.StartsWith('/'))
            path = Uri.TryCreate(path, UriKind.Absolute, out var absolute) ? absolute.AbsolutePath : "";
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var pattern = endpoint.RoutePattern.PathSegments;
        // Counted from the end: a base path, if the server has one, stands before the pattern.
        for (var i = 0; i < pattern.Count && i < segments.Length; i++)
            if (pattern[^(i + 1)].Parts is [Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart part] && part.Name == name)
                return Uri.UnescapeDataString(segments[^(i + 1)]);
        return null;
    }
}
