using System.Globalization;
using System.Net;
using System.Text;

namespace IdeaVote.Benchmarks.Load;

/// <summary>The figures as one page that needs nothing else: how long people wait at which rate, drawn, and the tables.</summary>
internal sealed class LoadPage
{
    private const int Width = 720;
    private const int Height = 320;
    private const int Left = 72;
    private const int Bottom = 40;

    private static readonly (double Share, string Name, string Colour)[] Lines = [(.5, "p50", "#2a7f62"), (.99, "p99", "#b8860b"), (.999, "p99.9", "#b3261e")];

    private readonly List<(double Rate, double[] Times)> steps = [];
    private readonly List<(string Name, double[] Times)> kinds = [];

    /// <summary>Adds a rate that was measured.</summary>
    public void Add(double rate, LatencyHistogram times) => steps.Add((rate, TimesOf(times)));

    /// <summary>Adds a kind of request of the mix.</summary>
    public void AddKind(string name, LatencyHistogram times) => kinds.Add((name, TimesOf(times)));

    /// <summary>The page.</summary>
    /// <param name="text">All that was printed.</param>
    public string ToHtml(string text) => $$"""
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>IdeaVote under load</title>
        <style>body{font:15px/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem;color-scheme:light dark}pre{overflow:auto;font-size:12px}svg{max-width:100%;font:12px system-ui}text{fill:currentColor}</style>
        <h1>IdeaVote under load</h1>
        <p>{{Environment.ProcessorCount}} processors, .NET {{Environment.Version}}; server and generator share the machine. Times count from when a request was due.</p>
        <h2>How long a vote takes, at which rate</h2>
        {{Curve()}}
        <h2>All that people do at once</h2>
        {{Bars()}}
        <h2>Figures</h2>
        <pre>{{WebUtility.HtmlEncode(text)}}</pre>
        </html>

        """;

    private static double[] TimesOf(LatencyHistogram times) => [.. Lines.Select(line => times.Percentile(line.Share))];

    /// <summary>Milliseconds on a scale of powers of ten, from a tenth of one to ten seconds.</summary>
    private static double Y(double milliseconds) => Height - Bottom - (Math.Log10(Math.Clamp(milliseconds, .1, 10_000)) + 1) / 5 * (Height - Bottom - 10);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private string Curve()
    {
        var most = steps.Count == 0 ? 1 : steps.Max(static step => step.Rate);
        double X(double rate) => Left + rate / most * (Width - Left - 60);
        var svg = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Milliseconds by votes a second\">");
        Grid(svg, Width - 60);
        foreach (var (rate, _) in steps)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Number(X(rate))}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{rate.ToString("N0", CultureInfo.InvariantCulture)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width / 2}\" y=\"{Height - 4}\" text-anchor=\"middle\">votes a second</text>");
        for (var i = 0; i < Lines.Length; i++)
        {
            var points = string.Join(' ', steps.Select(step => $"{Number(X(step.Rate))},{Number(Y(step.Times[i]))}"));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{Lines[i].Colour}\" stroke-width=\"2\"/>");
            if (steps.Count > 0)
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - 54}\" y=\"{Number(Y(steps[^1].Times[i]) + 4)}\">{Lines[i].Name}</text>");
        }
        return svg.Append("</svg>").ToString();
    }

    private string Bars()
    {
        var svg = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Milliseconds by kind of request\">");
        Grid(svg, Width);
        var room = (Width - Left) / Math.Max(1, kinds.Count);
        for (var kind = 0; kind < kinds.Count; kind++)
        {
            for (var i = 0; i < Lines.Length; i++)
            {
                var (x, y) = (Left + kind * room + 8 + i * room / 4, Y(kinds[kind].Times[i]));
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{Number(y)}\" width=\"{room / 5}\" height=\"{Number(Height - Bottom - y)}\" fill=\"{Lines[i].Colour}\"><title>{Lines[i].Name}: {Number(kinds[kind].Times[i])} ms</title></rect>");
            }
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + kind * room + room / 2}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{kinds[kind].Name}</text>");
        }
        return svg.Append("</svg>").ToString();
    }

    private static void Grid(StringBuilder svg, int right)
    {
        foreach (var milliseconds in new[] { .1, 1, 10, 100, 1_000, 10_000 })
        {
            var y = Number(Y(milliseconds));
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\" stroke=\"currentColor\" stroke-opacity=\".2\"/><text x=\"{Left - 6}\" y=\"{y}\" text-anchor=\"end\">{milliseconds.ToString("#,0.#", CultureInfo.InvariantCulture)} ms</text>");
        }
    }
}
