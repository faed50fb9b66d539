using IdeaVote.Engine.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace IdeaVote.Server;

/// <summary>Sends traces, metrics and logs by OTLP, if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to.</summary>
internal sealed class TelemetryExport : IDisposable
{
    private static readonly string[] Meters =
        [EngineTelemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private readonly TracerProvider traces;
    private readonly MeterProvider metrics;

    private TelemetryExport(TracerProvider traces, MeterProvider metrics) => (this.traces, this.metrics) = (traces, metrics);

    /// <summary>Begins to export, if asked to by the environment; null if not.</summary>
    /// <param name="sources">Further sources of traces.</param>
    /// <param name="meters">Further meters.</param>
    public static TelemetryExport? Start(string[]? sources = null, string[]? meters = null)
    {
        if (!IsWanted)
            return null;
        var traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddSource([EngineTelemetry.Name, "Microsoft.AspNetCore", .. sources ?? []])
            .AddOtlpExporter()
            .Build();
        var metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddMeter([.. Meters, .. meters ?? []])
            .AddOtlpExporter()
            .Build();
        return new TelemetryExport(traces, metrics);
    }

    /// <summary>Sends logs the same way, if asked to by the environment.</summary>
    public static void AddLogs(ILoggingBuilder logging)
    {
        if (IsWanted)
            logging.AddOpenTelemetry(options => options.SetResourceBuilder(Resource()).AddOtlpExporter());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }

    /// <summary>Whether somebody collects.</summary>
    public static bool IsWanted => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"));

    private static ResourceBuilder Resource() => ResourceBuilder.CreateDefault().AddService("ideavote").AddEnvironmentVariableDetector();
}
