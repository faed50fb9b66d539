using Microsoft.Net.Http.Headers;

namespace IdeaVote.Server.Telemetry;

/// <summary>The two forms in which metrics are written.</summary>
internal enum ScrapeFormat
{
    /// <summary>Prometheus' own text, version 0.0.4.</summary>
    Prometheus,

    /// <summary>OpenMetrics 1.0, which has units and exemplars.</summary>
    OpenMetrics,
}

/// <summary>Finds out which form a scraper wants, and names it.</summary>
internal static class ScrapeFormats
{
    private const string OpenMetricsType = "application/openmetrics-text";

    /// <summary>The form that suits <c>Accept</c> best; Prometheus' text if it names neither or can't be read.</summary>
    /// <param name="accept">The header's values.</param>
    public static ScrapeFormat Negotiate(IList<string> accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var types))
            return ScrapeFormat.Prometheus;
        var (open, plain) = (0.0, 0.0);
        foreach (var type in types)
        {
            var quality = type.Quality ?? 1;
            if (type.MediaType.Equals(OpenMetricsType, StringComparison.OrdinalIgnoreCase))
                open = Math.Max(open, quality);
            else if (type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
                plain = Math.Max(plain, quality);
        }
        return open > 0 && open >= plain ? ScrapeFormat.OpenMetrics : ScrapeFormat.Prometheus;
    }

    /// <summary>The content type of a form.</summary>
    public static string ContentType(ScrapeFormat format) => format == ScrapeFormat.OpenMetrics
        ? $"{OpenMetricsType}; version=1.0.0; charset=utf-8"
        : "text/plain; version=0.0.4; charset=utf-8";
}
