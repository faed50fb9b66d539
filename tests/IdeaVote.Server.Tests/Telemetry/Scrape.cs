using System.Globalization;
using System.Text.RegularExpressions;

namespace IdeaVote.Server.Tests.Telemetry;

/// <summary>A scrape, read by the letter of the specifications: whatever is not allowed there fails.</summary>
internal sealed partial class Scrape
{
    private static readonly string[] Endings = ["_total", "_bucket", "_sum", "_count", "_info", ""];

    private readonly Dictionary<string, (string Kind, string Unit)> families = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly bool isOpen;
    private string? current;

    /// <summary>Reads a scrape.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="isOpen">Whether it is OpenMetrics, and not Prometheus' own text.</param>
    public Scrape(string text, bool isOpen)
    {
        this.isOpen = isOpen;
        text.ShouldEndWith("\n");
        var lines = text[..^1].Split('\n');
        if (isOpen)
        {
            lines[^1].ShouldBe("# EOF");
            lines = lines[..^1];
        }
        foreach (var line in lines)
            if (line.StartsWith('#'))
                TakeComment(line);
            else
                TakeSample(line);
        CheckHistograms();
    }

    /// <summary>All samples, in order.</summary>
    public List<Sample> Samples { get; } = [];

    /// <summary>What each family is and its unit.</summary>
    public IReadOnlyDictionary<string, (string Kind, string Unit)> Families => families;

    /// <summary>The samples of a name.</summary>
    public IEnumerable<Sample> Of(string name) => Samples.Where(sample => sample.Name == name);

    [GeneratedRegex("^# (?<what>TYPE|UNIT|HELP) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<rest>.*)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Comment { get; }

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?<labels>(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\\\|\\"|\\n)*",?)*)\})? (?<value>[^ ]+)(?: # \{(?<exemplar>[^}]*)\} (?<measured>[^ ]+) (?<time>[0-9]+\.[0-9]+))?$""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Line { get; }

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>(?:[^"\\]|\\\\|\\"|\\n)*)"(?:,|$)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Label { get; }

    [GeneratedRegex("""^(?:[^"\\]|\\\\|\\"|\\n)*$""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex OpenHelp { get; }

    [GeneratedRegex("""^(?:[^\\]|\\\\|\\n)*$""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PlainHelp { get; }

    [GeneratedRegex(@"\\(?<escaped>.)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Escape { get; }

    private void TakeComment(string line)
    {
        var read = Comment.Match(line);
        read.Success.ShouldBeTrue(line);
        var (what, name, rest) = (read.Groups["what"].Value, read.Groups["name"].Value, read.Groups["rest"].Value);
        switch (what)
        {
            case "TYPE":
                families.ShouldNotContainKey(name, line);
                rest.ShouldBeOneOf(isOpen ? ["counter", "gauge", "histogram", "info"] : ["counter", "gauge", "histogram"]);
                families[name] = (rest, "");
                current = name;
                break;
            case "UNIT":
                isOpen.ShouldBeTrue("the older form has no units");
                name.ShouldBe(current, line);
                name.ShouldEndWith("_" + rest);
                families[name] = (families[name].Kind, rest);
                break;
            default:
                name.ShouldBe(current, line);
                (isOpen ? OpenHelp : PlainHelp).IsMatch(rest).ShouldBeTrue(line);
                break;
        }
    }

    private void TakeSample(string line)
    {
        var read = Line.Match(line);
        read.Success.ShouldBeTrue(line);
        var name = read.Groups["name"].Value;
        // Samples of a family stand together, behind what is said of it.
        current.ShouldNotBeNull(line);
        var (kind, _) = families[current];
        var allowed = (kind, isOpen) switch
        {
            ("counter", true) => [current + "_total"],
            ("info", true) => [current + "_info"],
            ("histogram", _) => [current + "_bucket", current + "_sum", current + "_count"],
            _ => new[] { current },
        };
        allowed.ShouldContain(name, line);
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Match label in Label.Matches(read.Groups["labels"].Value))
            labels.TryAdd(label.Groups["name"].Value, Plain(label.Groups["value"].Value)).ShouldBeTrue(line);
        var exemplar = read.Groups["exemplar"];
        if (exemplar.Success)
        {
            isOpen.ShouldBeTrue("the older form has no exemplars");
            name.ShouldEndWith("_bucket");
            exemplar.Value.Length.ShouldBeLessThan(128);
            Number(read.Groups["measured"].Value).ShouldBeLessThanOrEqualTo(Number(labels["le"]));
        }
        var sample = new Sample(name, labels, Number(read.Groups["value"].Value), exemplar.Success ? exemplar.Value : null);
        seen.Add($"{name} {string.Join(',', labels)}").ShouldBeTrue(line);
        Samples.Add(sample);
        if (kind == "counter")
            sample.Value.ShouldBeGreaterThanOrEqualTo(0);
    }

    private void CheckHistograms()
    {
        foreach (var (family, _) in families.Where(family => family.Value.Kind == "histogram"))
            foreach (var series in Of(family + "_bucket").GroupBy(sample => string.Join(',', sample.Labels.Where(label => label.Key != "le"))))
            {
                var bounds = series.Select(sample => Number(sample.Labels["le"])).ToArray();
                bounds.ShouldBe([.. bounds.Distinct().Order()], family);
                bounds[^1].ShouldBe(double.PositiveInfinity, family);
                var counts = series.Select(sample => sample.Value).ToArray();
                counts.ShouldBe([.. counts.Order()], family);
                var count = Of(family + "_count").Single(sample => string.Join(',', sample.Labels) == series.Key);
                counts[^1].ShouldBe(count.Value, family);
            }
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static string Plain(string escaped) => Escape.Replace(escaped, found => found.Groups["escaped"].Value == "n" ? "\n" : found.Groups["escaped"].Value);

    /// <summary>The family of a sample's name, as dashboards and alerts name samples.</summary>
    public string? FamilyOf(string name) =>
        Endings.Where(ending => name.EndsWith(ending, StringComparison.Ordinal)).Select(ending => name[..^ending.Length]).FirstOrDefault(families.ContainsKey);
}

/// <summary>One line of a scrape.</summary>
/// <param name="Name">The sample's name.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">Its value.</param>
/// <param name="Exemplar">The labels of its exemplar; null for none.</param>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value, string? Exemplar);
