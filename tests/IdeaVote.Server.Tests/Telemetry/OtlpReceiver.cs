using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Server.Tests.Telemetry;

/// <summary>A receiver of OTLP/HTTP with Protocol Buffers, as a collector is one, that keeps what it is sent.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> surprises = new();

    private OtlpReceiver(WebApplication app) => this.app = app;

    /// <summary>Where it listens.</summary>
    public string Address => app.Urls.Single();

    public ConcurrentQueue<OtlpSpan> Spans { get; } = new();

    public ConcurrentQueue<OtlpMetric> Metrics { get; } = new();

    public ConcurrentQueue<OtlpLog> Logs { get; } = new();

    /// <summary>The attributes of what sent, of every message.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Resources { get; } = new();

    /// <summary>What came and is no export.</summary>
    public IReadOnlyCollection<string> Surprises => surprises;

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/traces", context => receiver.TakeAsync(context, receiver.TakeSpans));
        app.MapPost("/v1/metrics", context => receiver.TakeAsync(context, receiver.TakeMetrics));
        app.MapPost("/v1/logs", context => receiver.TakeAsync(context, receiver.TakeLogs));
        app.MapFallback(context =>
        {
            receiver.surprises.Enqueue($"{context.Request.Method} {context.Request.Path}");
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, Action<ProtoMessage> take)
    {
        if (context.Request.ContentType != "application/x-protobuf")
            surprises.Enqueue($"{context.Request.Path} is {context.Request.ContentType}");
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        try
        {
            // Traces, metrics and logs alike: in field 1 what each resource sends.
            foreach (var sent in new ProtoMessage(body.ToArray()).Messages(1))
            {
                Resources.Enqueue(Attributes(sent.Message(1).Messages(1)));
                take(sent);
            }
        }
        catch (FormatException e)
        {
            surprises.Enqueue(e.Message);
        }
        context.Response.ContentType = "application/x-protobuf";
    }

    private void TakeSpans(ProtoMessage resource)
    {
        foreach (var scope in resource.Messages(2))
            foreach (var span in scope.Messages(2))
                Spans.Enqueue(new OtlpSpan(
                    scope.Message(1).Text(1), span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), (int)span.Number(6), Attributes(span.Messages(9)),
                    [.. span.Messages(11).Select(happened => happened.Text(2))], [.. span.Messages(13).Select(link => link.Hex(2))], (int)span.Message(15).Number(3),
                    (long)(span.Number(8) - span.Number(7))));
    }

    private void TakeMetrics(ProtoMessage resource)
    {
        foreach (var scope in resource.Messages(2))
            foreach (var metric in scope.Messages(2))
            {
                var (kind, field) = metric.Has(5) ? ("gauge", 5) : metric.Has(7) ? ("sum", 7) : metric.Has(9) ? ("histogram", 9) : ("other", 0);
                var points = field == 0 ? [] : metric.Message(field).Messages(1).ToArray();
                Metrics.Enqueue(new OtlpMetric(
                    scope.Message(1).Text(1), metric.Text(1), metric.Text(2), metric.Text(3), kind,
                    [.. points.Select(point => Attributes(point.Messages(kind == "histogram" ? 9 : 7)))],
                    // Exemplars: the trace's id is their field 5.
                    [.. points.SelectMany(point => point.Messages(kind == "histogram" ? 8 : 5)).Select(exemplar => exemplar.Hex(5))]));
            }
    }

    private void TakeLogs(ProtoMessage resource)
    {
        foreach (var scope in resource.Messages(2))
            foreach (var log in scope.Messages(2))
                Logs.Enqueue(new OtlpLog(scope.Message(1).Text(1), log.Text(3), log.Message(5).Text(1), log.Hex(9), log.Hex(10)));
    }

    private static Dictionary<string, string> Attributes(IEnumerable<ProtoMessage> pairs) =>
        pairs.ToDictionary(pair => pair.Text(1), pair => Value(pair.Message(2)), StringComparer.Ordinal);

    private static string Value(ProtoMessage value) =>
        value.Has(2) ? value.Number(2) == 0 ? "false" : "true"
        : value.Has(3) ? ((long)value.Number(3)).ToString(CultureInfo.InvariantCulture)
        : value.Has(4) ? BitConverter.UInt64BitsToDouble(value.Number(4)).ToString(CultureInfo.InvariantCulture)
        : value.Text(1);
}

/// <summary>A span as it was received.</summary>
internal sealed record OtlpSpan(
    string Scope, string Name, string Trace, string Id, string Parent, int Kind, IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<string> Events, IReadOnlyList<string> Links, int Status, long Nanoseconds)
{
    public const int Server = 2;

    public string Tag(string name) => Tags.GetValueOrDefault(name, "");
}

/// <summary>A metric as it was received.</summary>
internal sealed record OtlpMetric(
    string Scope, string Name, string Description, string Unit, string Kind, IReadOnlyList<IReadOnlyDictionary<string, string>> Points, IReadOnlyList<string> Exemplars);

/// <summary>A log record as it was received.</summary>
internal sealed record OtlpLog(string Category, string Severity, string Body, string Trace, string Span);
