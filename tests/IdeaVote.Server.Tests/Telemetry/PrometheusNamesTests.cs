using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Server.Telemetry;

namespace IdeaVote.Server.Tests.Telemetry;

/// <summary>Names as OpenTelemetry's page on compatibility with Prometheus gives them.</summary>
public sealed class PrometheusNamesTests
{
    [Theory]
    [InlineData("http.server.request.duration", "s", "Histogram", "http_server_request_duration_seconds")]
    [InlineData("dotnet.process.cpu.time", "s", "Counter", "dotnet_process_cpu_time_seconds")]
    [InlineData("ideavote.turns", "{turn}", "Counter", "ideavote_turns")]
    [InlineData("requests.total", "", "Counter", "requests")]
    [InlineData("requests.total", "", "Gauge", "requests_total")]
    [InlineData("memory.used.bytes", "By", "Gauge", "memory_used_bytes")]
    [InlineData("queue.saturation", "1", "Gauge", "queue_saturation_ratio")]
    [InlineData("hits", "1", "Counter", "hits")]
    [InlineData("disk.throughput", "By/s", "Gauge", "disk_throughput_bytes_per_second")]
    [InlineData("arrivals", "{packet}/min", "Gauge", "arrivals_per_minute")]
    [InlineData("cpu.share", "%", "Gauge", "cpu_share_percent")]
    [InlineData("a..b--c", "", "Gauge", "a_b_c")]
    [InlineData("2xx", "", "Gauge", "_2xx")]
    public void A_family_is_named_in_words_with_its_unit_last(string name, string unit, string kind, string expected) =>
        PrometheusNames.Family(name, unit, Enum.Parse<MetricKind>(kind)).ShouldBe(expected);

    [Theory]
    [InlineData("http.route", "http_route")]
    [InlineData("a:b", "a_b")]
    [InlineData("1st", "_1st")]
    [InlineData("le", "exported_le")]
    [InlineData("otel.scope.name", "exported_otel_scope_name")]
    [InlineData("größe", "gr_e")]
    public void A_label_has_no_colon_and_no_name_of_the_formats_own(string key, string expected) => PrometheusNames.Label(key).ShouldBe(expected);

    [Fact]
    public void Whatever_it_is_called_its_name_is_one_that_Prometheus_takes() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), ArbMap.Default.ArbFor<string?>(), (name, unit) =>
        {
            foreach (var kind in Enum.GetValues<MetricKind>())
                PrometheusNames.Family(name ?? "", unit ?? "", kind).ShouldMatch("^[a-zA-Z_:][a-zA-Z0-9_:]*$");
            PrometheusNames.Label(name ?? "").ShouldMatch("^[a-zA-Z_][a-zA-Z0-9_]*$");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));
}
