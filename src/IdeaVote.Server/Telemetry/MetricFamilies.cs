using OpenTelemetry.Metrics;

namespace IdeaVote.Server.Telemetry;

/// <summary>Writes what was collected, family by family.</summary>
/// <param name="text">Where to.</param>
internal sealed class MetricFamilies(ScrapeText text)
{
    private readonly Dictionary<string, Family> families = new(StringComparer.Ordinal);
    private readonly HashSet<string> series = new(StringComparer.Ordinal);

    private sealed record Family(MetricKind Kind, string Unit, string Help, List<Metric> Metrics);

    /// <summary>Adds a metric to its family.</summary>
    public void Add(Metric metric)
    {
        if (KindOf(metric.MetricType) is not { } kind)
            return;
        var name = PrometheusNames.Family(metric.Name, metric.Unit, kind);
        if (!families.TryGetValue(name, out var family))
        {
            // A name can't be two things: what comes second is left out.
            if (families.TryGetValue(Clash(name, kind), out var other) && (other.Kind == MetricKind.Counter) != (kind == MetricKind.Counter))
                return;
            families.Add(name, family = new Family(kind, PrometheusNames.Unit(metric.Unit, kind), metric.Description, []));
        }
        if (family.Kind == kind)
            family.Metrics.Add(metric);
    }

    /// <summary>Writes all families.</summary>
    public void Write()
    {
        foreach (var (name, family) in families)
        {
            text.Begin(name, family.Kind.ToString().ToLowerInvariant(), family.Unit, family.Help);
            series.Clear();
            foreach (var metric in family.Metrics)
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    var labels = MetricLabels.Of(metric.MeterName, point.Tags);
                    if (series.Add(labels))
                        Write(name, metric.MetricType, labels, point);
                }
        }
    }

    private void Write(string name, MetricType type, string labels, MetricPoint point)
    {
        switch (type)
        {
            case MetricType.LongSum:
                text.Sample(name + PrometheusNames.Total, labels, point.GetSumLong().ToString()).End();
                break;
            case MetricType.DoubleSum:
                text.Sample(name + PrometheusNames.Total, labels, ScrapeText.Number(point.GetSumDouble())).End();
                break;
            case MetricType.LongSumNonMonotonic:
                text.Sample(name, labels, point.GetSumLong().ToString()).End();
                break;
            case MetricType.DoubleSumNonMonotonic:
                text.Sample(name, labels, ScrapeText.Number(point.GetSumDouble())).End();
                break;
            case MetricType.LongGauge:
                text.Sample(name, labels, point.GetGaugeLastValueLong().ToString()).End();
                break;
            case MetricType.DoubleGauge:
                text.Sample(name, labels, ScrapeText.Number(point.GetGaugeLastValueDouble())).End();
                break;
            default:
                WriteHistogram(name, labels, point);
                break;
        }
    }

    private void WriteHistogram(string name, string labels, MetricPoint point)
    {
        var exemplars = Exemplars(point);
        var (lower, count) = (double.NegativeInfinity, 0L);
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            text.Sample(name + "_bucket", $"{labels},{ScrapeText.Label("le", text.Bound(bucket.ExplicitBound))}", count.ToString());
            foreach (var exemplar in exemplars)
            {
                if (exemplar.DoubleValue <= lower || exemplar.DoubleValue > bucket.ExplicitBound)
                    continue;
                text.Exemplar(exemplar.TraceId.ToHexString(), exemplar.SpanId.ToHexString(), exemplar.DoubleValue, exemplar.Timestamp);
                break;
            }
            text.End();
            lower = bucket.ExplicitBound;
        }
        text.Sample(name + "_sum", labels, ScrapeText.Number(point.GetHistogramSum())).End();
        text.Sample(name + "_count", labels, point.GetHistogramCount().ToString()).End();
    }

    private List<Exemplar> Exemplars(MetricPoint point)
    {
        List<Exemplar> found = [];
        if (text.Format == ScrapeFormat.OpenMetrics && point.TryGetExemplars(out var exemplars))
            foreach (ref readonly var exemplar in exemplars)
                if (exemplar.TraceId != default)
                    found.Add(exemplar);
        return found;
    }

    private static string Clash(string name, MetricKind kind) =>
        kind == MetricKind.Counter ? name + PrometheusNames.Total : name.EndsWith(PrometheusNames.Total, StringComparison.Ordinal) ? name[..^PrometheusNames.Total.Length] : name;

    private static MetricKind? KindOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => MetricKind.Counter,
        MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic or MetricType.LongGauge or MetricType.DoubleGauge => MetricKind.Gauge,
        MetricType.Histogram => MetricKind.Histogram,
        // Neither form has a name for a histogram whose buckets grow by themselves; nothing here asks for one.
        _ => null,
    };
}
