using System.Diagnostics.Metrics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Server.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace IdeaVote.Server.Tests.Telemetry;

/// <summary>Whatever is measured, what is scraped can be read, and says what was measured.</summary>
public sealed class ScrapeWriterTests
{
    private static readonly Gen<string> Name =
        from first in Gen.Elements("abcXYZ".ToCharArray())
        from rest in Gen.Elements("abcXYZ019_.-/".ToCharArray()).ListOf()
        select string.Concat(rest.Prepend(first));

    private static readonly Gen<string> Text = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string?>().Select(text => (text ?? "").Replace("\r", "", StringComparison.Ordinal)),
        Gen.Elements("\\", "\"", "\n", "\\n", "}", "{a=\"b\"} 1", "# EOF", "ü😀", "a\nb", "\\\"", " # {trace_id=\"x\"} 1 1.0").ListOf(3).Select(string.Concat));

    private static readonly Gen<Measured> Anything =
        from name in Name
        from unit in Gen.OneOf(Gen.Elements("", "s", "By", "{vote}", "1", "By/s"), Text)
        from help in Text
        from key in Gen.OneOf(Name, Gen.Elements("le", "otel.scope.name", "größe", "a.b"))
        from value in Text
        from number in Gen.Elements(0.0, 0.1, 1, 7, 1e9, 1e-9, 123.456)
        select new Measured(name, unit.Replace("\0", "", StringComparison.Ordinal), help, key, value, number);

    public sealed record Measured(string Name, string Unit, string Help, string Key, string Value, double Number);

    [Fact]
    public void Any_name_unit_description_and_label_comes_out_readable_and_whole() =>
        Prop.ForAll(Anything.ToArbitrary(), measured =>
        {
            foreach (var format in Enum.GetValues<ScrapeFormat>())
            {
                var scrape = Read(format, meter =>
                {
                    var tag = new KeyValuePair<string, object?>(measured.Key, measured.Value);
                    meter.CreateCounter<double>("c" + measured.Name, measured.Unit, measured.Help).Add(measured.Number, tag);
                    meter.CreateUpDownCounter<double>("g" + measured.Name, measured.Unit, measured.Help).Add(measured.Number, tag);
                    meter.CreateHistogram<double>("h" + measured.Name, measured.Unit, measured.Help).Record(measured.Number, tag);
                });

                var mine = scrape.Samples.Where(sample => sample.Labels.GetValueOrDefault(PrometheusNames.Label(measured.Key)) == Written(measured.Value)).ToList();
                mine.ShouldContain(sample => sample.Name.StartsWith('c') && sample.Value == measured.Number);
                mine.ShouldContain(sample => sample.Name.StartsWith('g') && sample.Value == measured.Number);
                mine.ShouldContain(sample => sample.Name.StartsWith('h') && sample.Name.EndsWith("_sum", StringComparison.Ordinal) && sample.Value == measured.Number);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25).WithQuietOnSuccess(true));

    [Fact]
    public void Keys_that_a_label_can_not_tell_apart_share_it_with_both_values()
    {
        var scrape = Read(ScrapeFormat.OpenMetrics, meter => meter.CreateCounter<long>("hits").Add(
            2, new("a.b", "first"), new("a_b", "second"), new("is", true), new("many", new[] { 1, 2 })));

        var hits = scrape.Of("hits_total").Single();
        hits.Labels["a_b"].ShouldBe("first;second");
        hits.Labels["is"].ShouldBe("true");
        hits.Labels["many"].ShouldBe("[1,2]");
        hits.Labels["otel_scope_name"].ShouldStartWith("IdeaVote.Test");
    }

    [Fact]
    public void Of_two_that_would_have_one_name_the_first_is_told()
    {
        var scrape = Read(ScrapeFormat.Prometheus, meter =>
        {
            meter.CreateCounter<long>("jobs").Add(1);
            meter.CreateUpDownCounter<long>("jobs.total").Add(2);
            meter.CreateHistogram<long>("jobs/").Record(3);
        });

        scrape.Of("jobs_total").Single().Value.ShouldBe(1);
        scrape.Families.Count(family => family.Key.StartsWith("jobs_total", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData(null, "Prometheus")]
    [InlineData("", "Prometheus")]
    [InlineData("*/*", "Prometheus")]
    [InlineData("text/plain;version=0.0.4", "Prometheus")]
    [InlineData("application/openmetrics-text", "OpenMetrics")]
    [InlineData("application/openmetrics-text; version=1.0.0; q=0.5, text/plain;version=0.0.4;q=0.3, */*;q=0.1", "OpenMetrics")]
    [InlineData("application/openmetrics-text;q=0.1, text/plain", "Prometheus")]
    [InlineData("application/openmetrics-text;q=0", "Prometheus")]
    [InlineData("not a type;;", "Prometheus")]
    public void Whoever_asks_gets_the_form_they_like_best(string? accept, string expected) =>
        ScrapeFormats.Negotiate(accept is null ? [] : [accept]).ToString().ShouldBe(expected);

    /// <summary>Text as it can be written at all: half of a surrogate pair is no character.</summary>
    private static string Written(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static Scrape Read(ScrapeFormat format, Action<Meter> measure)
    {
        using var meter = new Meter("IdeaVote.Test." + Guid.NewGuid().ToString("N"));
        using var scrape = new MetricsScrape();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddReader(scrape.Reader).Build();
        measure(meter);
        return new Scrape(Encoding.UTF8.GetString(scrape.ReadAsync(format).GetAwaiter().GetResult().Span), format == ScrapeFormat.OpenMetrics);
    }
}
