using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IdeaVote.Gateway.Telemetry;

/// <summary>What the gateway and the portal tell about themselves, beside what ASP.NET Core measures of every request.</summary>
public static class GatewayTelemetry
{
    /// <summary>The name of the meter to subscribe to.</summary>
    public const string Name = "IdeaVote.Gateway";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Problems = Meter.CreateCounter<long>(
        "ideavote.problems", "{problem}", "Requests answered with a problem, by its stable code.");

    private static readonly UpDownCounter<long> Listeners = Meter.CreateUpDownCounter<long>(
        "ideavote.listeners", "{listener}", "Streams of events that are open: pages that show live counts, and followers of a feed.");

    private static readonly Counter<long> Mails = Meter.CreateCounter<long>(
        "ideavote.mails", "{mail}", "Mails handed to the mail server, by whether it took them.");

    /// <summary>Notes that a request is answered with a problem, also on its span.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The problem's stable code.</param>
    public static void Problem(HttpContext context, int status, string code)
    {
        Problems.Add(1, new KeyValuePair<string, object?>("code", code), new KeyValuePair<string, object?>("http.response.status_code", status));
        SpanOf(context)?.SetTag("ideavote.problem.code", code);
    }

    /// <summary>Notes that a listener has come (1) or gone (-1).</summary>
    /// <param name="stream">What is listened to: <c>live</c> or <c>feed</c>.</param>
    /// <param name="by">1 or -1.</param>
    public static void Listening(string stream, int by) => Listeners.Add(by, new KeyValuePair<string, object?>("stream", stream));

    /// <summary>Notes that a mail was sent, or could not be.</summary>
    public static void Mailed(bool taken) => Mails.Add(1, new KeyValuePair<string, object?>("outcome", taken ? "sent" : "failed"));

    /// <summary>The server's span of a request; null unless somebody wants to know all of it.</summary>
    internal static Activity? SpanOf(HttpContext context) =>
        // ASP.NET Core makes an activity for the log in any case; only one of a source that is listened to is exported.
        context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span && span.Source.HasListeners() ? span : null;
}
