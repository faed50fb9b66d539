using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IdeaVote.Gateway.Telemetry;

/// <summary>
/// Names the server's span of a request, and says of it what OpenTelemetry's conventions for HTTP ask for: but for the path, which holds voters' and
/// campaigns' names. The route stands for it.
/// </summary>
internal sealed class RequestSpan(RequestDelegate next)
{
    private static readonly HashSet<string> KnownMethods = new(StringComparer.Ordinal)
    {
        "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE",
    };

    public Task InvokeAsync(HttpContext context) =>
        GatewayTelemetry.SpanOf(context) is { } span ? DescribeAsync(context, span) : next(context);

    private async Task DescribeAsync(HttpContext context, Activity span)
    {
        var request = context.Request;
        var method = KnownMethods.Contains(request.Method) ? request.Method : "_OTHER";
        span.SetTag("http.request.method", method).SetTag("url.scheme", request.Scheme).SetTag("network.protocol.version", VersionOf(request.Protocol));
        try
        {
            await next(context);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            var status = context.Response.StatusCode;
            // Any other word of a caller's would make a span's name of its own.
            var verb = method == "_OTHER" ? "HTTP" : method;
            span.DisplayName = route is null ? verb : $"{verb} {route}";
            span.SetTag("http.route", route).SetTag("http.response.status_code", status);
            if (status >= StatusCodes.Status500InternalServerError)
                span.SetTag("error.type", status.ToString()).SetStatus(ActivityStatusCode.Error);
        }
    }

    private static string VersionOf(string protocol) => protocol.StartsWith("HTTP/", StringComparison.Ordinal) ? protocol[5..] : protocol;
}
