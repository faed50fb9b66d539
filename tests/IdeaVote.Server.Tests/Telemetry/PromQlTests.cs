namespace IdeaVote.Server.Tests.Telemetry;

/// <summary>The reader of queries finds what they name, and takes no nonsense: a test that reads nothing finds nothing wrong.</summary>
public sealed class PromQlTests
{
    [Theory]
    [InlineData("up", "up()", "")]
    [InlineData("sum by (le, route) (rate(a_bucket{x=\"by (y)\",z!~\".*/(feed|live)\"}[5m])) > 1.5e3", "a_bucket(x,z)", "le,route")]
    [InlineData("a / on (b) group_left (c) d{e=~\"f\"} or vector(0)", "a() d(e)", "b,c")]
    [InlineData("label_values(a, instance)", "a(instance)", "")]
    [InlineData("topk(10, a[$__rate_interval] offset 5m)", "a()", "")]
    public void It_finds_metrics_their_labels_and_what_is_grouped_by(string query, string metrics, string grouping)
    {
        var parsed = PromQl.Parse(query);

        string.Join(' ', parsed.Metrics.Select(metric => $"{metric.Name}({string.Join(',', metric.Labels)})")).ShouldBe(metrics);
        string.Join(',', parsed.Grouping).ShouldBe(grouping);
    }

    [Theory]
    [InlineData("sum(a")]
    [InlineData("sum(a]")]
    [InlineData("summ(a)")]
    [InlineData("a{b=\"c}")]
    [InlineData("a ? b")]
    [InlineData("sum by le (a)")]
    public void It_takes_no_nonsense(string query) => Should.Throw<FormatException>(() => PromQl.Parse(query));
}
