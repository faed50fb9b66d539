using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace IdeaVote.Server.Telemetry;

/// <summary>
/// Log lines as JSON, one object a line, for those who collect what a container writes. It names the trace as OpenTelemetry's "Trace Context in
/// non-OTLP Log Formats" says. Scopes are left out: those of ASP.NET Core hold paths, and with them the names of voters.
/// </summary>
internal sealed class JsonConsole() : ConsoleFormatter(FormatterName)
{
    /// <summary>The formatter's name.</summary>
    public const string FormatterName = "ideavote-json";

    /// <summary>The variable that chooses: <c>text</c>, which is the default, or <c>json</c>.</summary>
    public const string Variable = "IDEAVOTE_LOG_FORMAT";

    /// <summary>Whether the variable asks for it.</summary>
    /// <exception cref="FormatException">It says neither.</exception>
    public static bool IsWanted => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "text" => false,
        "json" => true,
        _ => throw new FormatException($"{Variable} is text or json."),
    };

    /// <summary>Has the console written like this.</summary>
    public static void Add(ILoggingBuilder logging)
    {
        logging.AddConsoleFormatter<JsonConsole, ConsoleFormatterOptions>();
        logging.AddConsole(static options => options.FormatterName = FormatterName);
    }

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", DateTime.UtcNow);
            json.WriteString("level", LevelOf(logEntry.LogLevel));
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            if (logEntry.Exception is { } exception)
                json.WriteString("exception", exception.ToString());
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span)
            {
                json.WriteString("trace_id", span.TraceId.ToHexString());
                json.WriteString("span_id", span.SpanId.ToHexString());
                json.WriteString("trace_flags", span.Recorded ? "01" : "00");
            }
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(line.WrittenSpan));
    }

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
