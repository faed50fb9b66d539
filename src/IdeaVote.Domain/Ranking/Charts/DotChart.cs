using System.Globalization;
using System.Text;

namespace IdeaVote.Domain.Ranking.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Label">What it is called; any text.</param>
/// <param name="Value">Where its dot is; null for no dot.</param>
/// <param name="Low">Where its interval begins; null for none.</param>
/// <param name="High">Where its interval ends; null for none.</param>
public sealed record DotLine(string Label, double? Value, double? Low, double? High);

/// <summary>
/// Draws a dot for each idea's score and a line for its interval, as an SVG file of its own: readable in light and dark, without a script and
/// without anything from elsewhere. Dots rather than bars, because a bar must begin at zero and scores need not. Source: W. Cleveland and
/// R. McGill, "Graphical Perception", Journal of the American Statistical Association 79 (1984), doi 10.1080/01621459.1984.10478080.
/// </summary>
public static class DotChart
{
    private const int Width = 760;
    private const int Left = 280;
    private const int Right = 90;
    private const int Top = 56;
    private const int LineHeight = 26;
    private const int Bottom = 40;
    private const int LabelChars = 34;
    private const int Ticks = 5;

    private const string Style = """
        <style>
        .paper{fill:#fff}.text{fill:#1d2733;font:13px system-ui,-apple-system,Segoe UI,sans-serif}.title{font-size:16px;font-weight:600}
        .quiet{fill:#5b6773}.grid{stroke:#dde3ea}.whisker{stroke:#5b8fd6;stroke-width:6;stroke-linecap:round}.dot{fill:#174a8b;stroke:#fff;stroke-width:1.5}
        @media (prefers-color-scheme:dark){.paper{fill:#12181f}.text{fill:#e6ebf0}.quiet{fill:#9aa7b4}.grid{stroke:#2b3642}.whisker{stroke:#3f6ea8}.dot{fill:#a9cdff;stroke:#12181f}}
        </style>
        """;

    /// <summary>Draws.</summary>
    /// <param name="title">What it shows; any text.</param>
    /// <param name="unit">What the scale counts; any text.</param>
    /// <param name="lines">The lines, from the top.</param>
    /// <returns>An SVG document.</returns>
    public static string Draw(string title, string unit, IReadOnlyList<DotLine> lines)
    {
        var scale = ChartScale.Of(lines.SelectMany(line => new[] { line.Value, line.Low, line.High }).OfType<double>(), Ticks);
        var height = Top + lines.Count * LineHeight + Bottom;
        var svg = new StringBuilder();
        Append(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"t\">\n");
        Append(svg, $"<title id=\"t\">{Escaped(title)}</title>\n{Style}\n<rect class=\"paper\" width=\"{Width}\" height=\"{height}\"/>\n");
        Append(svg, $"<text class=\"text title\" x=\"16\" y=\"30\">{Escaped(title)}</text>\n");
        DrawScale(svg, scale, unit, height);
        for (var i = 0; i < lines.Count; i++)
            DrawLine(svg, lines[i], scale, Top + i * LineHeight + LineHeight / 2);
        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawScale(StringBuilder svg, ChartScale scale, string unit, int height)
    {
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var value = scale.Low + tick * scale.Step;
            var x = Place(scale, value);
            Append(svg, $"<line class=\"grid\" x1=\"{x:0.#}\" y1=\"{Top}\" x2=\"{x:0.#}\" y2=\"{height - Bottom}\"/>");
            Append(svg, $"<text class=\"text quiet\" x=\"{x:0.#}\" y=\"{height - Bottom + 18}\" text-anchor=\"middle\">{Number(value)}</text>\n");
        }
        Append(svg, $"<text class=\"text quiet\" x=\"16\" y=\"{height - Bottom + 18}\">{Escaped(unit)}</text>\n");
    }

    private static void DrawLine(StringBuilder svg, DotLine line, ChartScale scale, int y)
    {
        Append(svg, $"<text class=\"text\" x=\"16\" y=\"{y + 4}\">{Escaped(Shortened(line.Label))}</text>");
        if (line is { Low: { } low, High: { } high })
            Append(svg, $"<line class=\"whisker\" x1=\"{Place(scale, low):0.#}\" y1=\"{y}\" x2=\"{Place(scale, high):0.#}\" y2=\"{y}\"/>");
        if (line.Value is { } value)
        {
            Append(svg, $"<circle class=\"dot\" cx=\"{Place(scale, value):0.#}\" cy=\"{y}\" r=\"5\"/>");
            Append(svg, $"<text class=\"text\" x=\"{Width - 16}\" y=\"{y + 4}\" text-anchor=\"end\">{Number(value)}</text>");
        }
        svg.Append('\n');
    }

    private static double Place(ChartScale scale, double value) =>
        Left + (Width - Left - Right) * scale.Place(value);

    private static string Number(double value) => Math.Round(value, 4).ToString("#,0.####", CultureInfo.InvariantCulture);

    private static string Shortened(string label)
    {
        var elements = StringInfo.ParseCombiningCharacters(label);
        return elements.Length <= LabelChars ? label : label[..elements[LabelChars - 1]] + "…";
    }

    /// <summary>The text without what XML gives a meaning to, or does not allow at all.</summary>
    private static string Escaped(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '&' => safe.Append("&amp;"),
                '"' => safe.Append("&quot;"),
                < ' ' or 0xFFFE or 0xFFFF => safe.Append(' '),
                _ => safe.Append(rune.ToString()),
            };
        }
        return safe.ToString();
    }

    private static void Append(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
