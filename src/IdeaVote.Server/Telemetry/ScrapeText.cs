using System.Buffers;
using System.Globalization;
using System.Text;

namespace IdeaVote.Server.Telemetry;

/// <summary>Writes the lines of a scrape, UTF-8.</summary>
/// <param name="format">The form.</param>
internal sealed class ScrapeText(ScrapeFormat format)
{
    private readonly ArrayBufferWriter<byte> output = new(64 * 1024);

    /// <summary>What is written so far.</summary>
    public ReadOnlyMemory<byte> Written => output.WrittenMemory;

    /// <summary>The form.</summary>
    public ScrapeFormat Format => format;

    /// <summary>Begins a family: what it is, its unit, and what it means.</summary>
    /// <param name="family">Its name, of a counter without <c>_total</c>.</param>
    /// <param name="kind">What it is, as the format calls it.</param>
    /// <param name="unit">The unit its name ends with; empty for none.</param>
    /// <param name="help">What it means; may be empty.</param>
    public void Begin(string family, string kind, string unit, string help)
    {
        // The older form names samples where the newer one names families, and knows none that only say what they are about.
        var ending = format == ScrapeFormat.OpenMetrics ? "" : kind switch { "counter" => PrometheusNames.Total, "info" => "_info", _ => "" };
        var name = family + ending;
        Line("# TYPE ", name, " ", kind == "info" && format == ScrapeFormat.Prometheus ? "gauge" : kind);
        if (unit.Length > 0 && format == ScrapeFormat.OpenMetrics)
            Line("# UNIT ", name, " ", unit);
        if (help.Length > 0)
            Line("# HELP ", name, " ", Escaped(help, quotes: format == ScrapeFormat.OpenMetrics));
    }

    /// <summary>Writes a sample; <see cref="End"/> or an exemplar ends its line.</summary>
    /// <param name="name">The sample's name.</param>
    /// <param name="labels">Its labels as they are written, without braces; may be empty.</param>
    /// <param name="value">Its value, written.</param>
    public ScrapeText Sample(string name, string labels, string value)
    {
        Write(name);
        if (labels.Length > 0)
        {
            Write("{");
            Write(labels);
            Write("}");
        }
        Write(" ");
        Write(value);
        return this;
    }

    /// <summary>Adds to the sample's line a measurement that went into it; in OpenMetrics only.</summary>
    public ScrapeText Exemplar(string trace, string span, double value, DateTimeOffset time)
    {
        if (format == ScrapeFormat.OpenMetrics)
            Write(string.Create(CultureInfo.InvariantCulture,
                $" # {{trace_id=\"{trace}\",span_id=\"{span}\"}} {Number(value)} {time.ToUnixTimeMilliseconds() / 1_000m:0.000}"));
        return this;
    }

    /// <summary>Ends a line.</summary>
    public void End() => Write("\n");

    /// <summary>Ends the scrape.</summary>
    public void Finish()
    {
        if (format == ScrapeFormat.OpenMetrics)
            Write("# EOF\n");
    }

    /// <summary>A label as it is written.</summary>
    public static string Label(string name, string value) => $"{name}=\"{Escaped(value, quotes: true)}\"";

    /// <summary>A number as it is written.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>The upper bound of a bucket: in OpenMetrics always with a point, so that one bound has one spelling.</summary>
    public string Bound(double bound)
    {
        var text = Number(bound);
        return format == ScrapeFormat.OpenMetrics && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 ? text + ".0" : text;
    }

    private static string Escaped(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private void Line(string a, string b, string c, string d)
    {
        Write(a);
        Write(b);
        Write(c);
        Write(d);
        End();
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, output);
}
