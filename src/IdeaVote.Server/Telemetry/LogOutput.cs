namespace IdeaVote.Server.Telemetry;

/// <summary>Where log lines go: to the console, as text or as JSON, and by OTLP if that is asked for.</summary>
internal static class LogOutput
{
    // The category under which ASP.NET Core begins and ends requests.
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>Adds what is asked for.</summary>
    /// <param name="logging">The process's logs.</param>
    /// <param name="asJson">Whether the console is for programs.</param>
    public static void Add(ILoggingBuilder logging, bool asJson)
    {
        if (asJson)
            JsonConsole.Add(logging);
        TelemetryExport.AddLogs(logging);
        // Lines of text name no trace. As long as anything could be logged there, each request is given one all the same, and a scope: a tenth of
        // what a vote takes.
        if (!asJson && !OtlpSignals.OfProcess.Logs)
            logging.AddFilter(Requests, LogLevel.None);
    }
}
