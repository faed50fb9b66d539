using System.Reflection;
using IdeaVote.Engine.Telemetry;
using IdeaVote.Gateway.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace IdeaVote.Server.Telemetry;

/// <summary>
/// Sends traces, metrics and logs by OTLP, if the <c>OTEL_…</c> variables say where to (<see cref="OtlpSignals"/>), and keeps metrics
/// for whoever scrapes them.
/// </summary>
internal sealed class TelemetryExport : IDisposable
{
    private static readonly string[] Meters =
    [
        EngineTelemetry.Name, GatewayTelemetry.Name, StorageGauges.Name,
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Runtime",
    ];

    private readonly TracerProvider? traces;
    private readonly MeterProvider? metrics;

    private TelemetryExport(TracerProvider? traces, MeterProvider? metrics, MetricsScrape? scrape) =>
        (this.traces, this.metrics, Scrape) = (traces, metrics, scrape);

    /// <summary>What <c>/metrics</c> answers with; null if it is off.</summary>
    public MetricsScrape? Scrape { get; }

    /// <summary>Begins to collect what is asked for; before anything that measures is made.</summary>
    /// <param name="access">Who may scrape.</param>
    /// <param name="sources">Further sources of traces.</param>
    /// <param name="meters">Further meters.</param>
    public static TelemetryExport Start(MetricsAccess access, string[]? sources = null, string[]? meters = null)
    {
        var scrape = access == MetricsAccess.Off ? null : new MetricsScrape();
        return new TelemetryExport(Traces(sources ?? []), Metrics(scrape, meters ?? []), scrape);
    }

    /// <summary>Sends logs the same way, if asked to by the environment. A record names the trace and span that it was written in.</summary>
    public static void AddLogs(ILoggingBuilder logging)
    {
        if (OtlpSignals.OfProcess.Logs)
            logging.AddOpenTelemetry(options =>
            {
                options.IncludeFormattedMessage = true;
                options.SetResourceBuilder(Resource()).AddOtlpExporter();
            });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
        Scrape?.Dispose();
    }

    private static TracerProvider? Traces(string[] sources) => !OtlpSignals.OfProcess.Traces
        ? null
        : Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddSource([EngineTelemetry.Name, "Microsoft.AspNetCore", .. sources])
            .AddOtlpExporter()
            .Build();

    private static MeterProvider? Metrics(MetricsScrape? scrape, string[] meters)
    {
        if (scrape is null && !OtlpSignals.OfProcess.Metrics)
            return null;
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddMeter([.. Meters, .. meters])
            // A slow bucket of a histogram names a trace that fell into it.
            .SetExemplarFilter(ExemplarFilterType.TraceBased);
        if (OtlpSignals.OfProcess.Metrics)
            builder.AddOtlpExporter();
        if (scrape is not null)
            builder.AddReader(scrape.Reader);
        return builder.Build();
    }

    private static ResourceBuilder Resource() => ResourceBuilder.CreateDefault()
        .AddService("ideavote", serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString(3))
        // Whatever OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say wins.
        .AddEnvironmentVariableDetector();
}
