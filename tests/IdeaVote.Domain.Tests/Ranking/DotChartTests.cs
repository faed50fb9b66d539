using System.Globalization;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking.Charts;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class DotChartTests
{
    [Fact]
    public void Each_line_has_its_dot_within_its_interval()
    {
        var svg = Drawn([new("a", 4.5, 4, 4.8), new("b", 3, 1.5, 4.5), new("c", null, null, null)]);

        var (dots, whiskers) = (All(svg, "circle"), All(svg, "line").Where(line => (string?)line.Attribute("class") == "whisker").ToList());
        dots.Count.ShouldBe(2);
        whiskers.Count.ShouldBe(2);
        for (var i = 0; i < 2; i++)
            Number(dots[i], "cx").ShouldBeInRange(Number(whiskers[i], "x1"), Number(whiskers[i], "x2"));
        Number(dots[0], "cx").ShouldBeGreaterThan(Number(dots[1], "cx"));
    }

    [Fact]
    public void Any_text_is_shown_as_text()
    {
        var svg = Drawn([new("<b>&\"\u0000\u0007\uFFFE😀", 1, null, null), new(new string('x', 100), 2, null, null)]);

        var texts = All(svg, "text").Select(text => text.Value).ToList();
        texts.ShouldContain("<b>&\"   😀");
        texts.ShouldContain(new string('x', 37) + "…");
    }

    [Fact]
    public void Every_value_lies_on_the_scale_and_its_steps_are_round() =>
        Prop.ForAll(Arb.From(Gen.Choose(-1_000_000, 1_000_000).Select(value => value / 997.0).ArrayOf().Where(values => values.Length > 0)), values =>
        {
            var svg = Drawn([.. values.Select((value, i) => new DotLine($"{i}", value, value - 1, value + 1))]);

            foreach (var dot in All(svg, "circle"))
                Number(dot, "cx").ShouldBeInRange(280, 670);
            var ticks = All(svg, "text").Where(text => (string?)text.Attribute("text-anchor") == "middle")
                .Select(text => double.Parse(text.Value, NumberStyles.Any, CultureInfo.InvariantCulture)).ToList();
            ticks.Count.ShouldBe(6);
            ticks[0].ShouldBeLessThanOrEqualTo(values.Min());
            ticks[^1].ShouldBeGreaterThanOrEqualTo(values.Max());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_is_drawn_of_nothing() => All(Drawn([]), "circle").ShouldBeEmpty();

    private static XDocument Drawn(IReadOnlyList<DotLine> lines) => XDocument.Parse(DotChart.Draw("by rating", "stars", lines));

    private static List<XElement> All(XDocument svg, string name) => [.. svg.Descendants().Where(element => element.Name.LocalName == name)];

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
