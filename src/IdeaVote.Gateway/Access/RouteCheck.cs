using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IdeaVote.Gateway.Access;

/// <summary>What must be true of the routes before the first request: found out at start rather than by a caller.</summary>
internal static class RouteCheck
{
    /// <summary>Makes sure that every endpoint says who may call it and that no two have the same route.</summary>
    /// <exception cref="InvalidOperationException">One does not, or two have; the message names it.</exception>
    public static void CheckAll(IEnumerable<Endpoint> endpoints)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<AccessRule>() is null)
                throw new InvalidOperationException($"The endpoint {endpoint.DisplayName} does not say who may call it; add Requires(…) or AllowsAnyone().");
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"])
                if (!seen.Add($"{method} {endpoint.RoutePattern.RawText}"))
                    throw new InvalidOperationException($"There are two endpoints for {method} {endpoint.RoutePattern.RawText}.");
        }
    }
}
