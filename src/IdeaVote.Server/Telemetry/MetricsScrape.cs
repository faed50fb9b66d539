using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace IdeaVote.Server.Telemetry;

/// <summary>Collects metrics when somebody asks, and writes them as Prometheus reads them.</summary>
internal sealed class MetricsScrape : IDisposable
{
    // One at a time: a scrape takes milliseconds, and whoever asks often gets no more of the processor than one that asks.
    private readonly SemaphoreSlim gate = new(1);
    private readonly Exporter exporter = new();

    /// <summary>Makes it; give <see cref="Reader"/> to a provider of meters.</summary>
    public MetricsScrape() => Reader = new BaseExportingMetricReader(exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };

    /// <summary>What collects.</summary>
    public BaseExportingMetricReader Reader { get; }

    /// <summary>All metrics as they are now.</summary>
    /// <param name="format">The form.</param>
    /// <param name="cancellation">Stops waiting for others who ask.</param>
    /// <exception cref="InvalidOperationException">The server is stopping: there is nothing to collect any more.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(ScrapeFormat format, CancellationToken cancellation = default)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            var text = new ScrapeText(format);
            exporter.Text = text;
            // Not the reader's own: that refuses whoever does not come by the exporter.
            if (exporter.Collect?.Invoke(Timeout.Infinite) != true)
                throw new InvalidOperationException("The metrics could not be collected.");
            text.Finish();
            return text.Written;
        }
        finally
        {
            exporter.Text = null;
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Reader.Dispose();
        exporter.Dispose();
        gate.Dispose();
    }

    [ExportModes(ExportModes.Pull)]
    private sealed class Exporter : BaseExporter<Metric>, IPullMetricExporter
    {
        /// <summary>Where the one who asks wants it; null if nobody asks.</summary>
        public ScrapeText? Text { get; set; }

        public Func<int, bool>? Collect { get; set; }

        public override ExportResult Export(in Batch<Metric> batch)
        {
            if (Text is not { } text)
                return ExportResult.Success;
            text.Begin("target", "info", "", "What is scraped.");
            text.Sample("target_info", MetricLabels.Join(ParentProvider.GetResource().Attributes.Select(attribute => KeyValuePair.Create(attribute.Key, (object?)attribute.Value))), "1").End();
            var families = new MetricFamilies(text);
            foreach (var metric in batch)
                families.Add(metric);
            families.Write();
            return ExportResult.Success;
        }
    }
}
