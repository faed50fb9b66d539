namespace IdeaVote.Server.Telemetry;

/// <summary>Which signals the standard variables of OpenTelemetry ask for. Where to and how is read by the exporter itself.</summary>
/// <param name="read">Reads a variable of the environment.</param>
internal sealed class OtlpSignals(Func<string, string?> read)
{
    /// <summary>As the process's own environment says.</summary>
    public static OtlpSignals OfProcess { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>Whether traces are sent.</summary>
    public bool Traces => IsWanted("TRACES");

    /// <summary>Whether metrics are sent.</summary>
    public bool Metrics => IsWanted("METRICS");

    /// <summary>Whether logs are sent.</summary>
    public bool Logs => IsWanted("LOGS");

    // An endpoint must be named, for all signals or for this one: a server that nobody collects from should not look for a collector.
    private bool IsWanted(string signal) =>
        !string.Equals(read("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
        && !string.Equals(read($"OTEL_{signal}_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase)
        && (!string.IsNullOrEmpty(read("OTEL_EXPORTER_OTLP_ENDPOINT")) || !string.IsNullOrEmpty(read($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")));
}
