using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace IdeaVote.Engine.Telemetry;

/// <summary>What the engine tells about itself: one source of traces and one meter, both named <see cref="Name"/>.</summary>
public sealed class EngineTelemetry : IDisposable
{
    /// <summary>The name to subscribe to.</summary>
    public const string Name = "IdeaVote.Engine";

    /// <summary>Traces: a span a command, and a span a commit.</summary>
    public static readonly ActivitySource Traces = new(Name);

    private readonly Meter meter = new(Name);
    private readonly Counter<long> turns;
    private readonly Counter<long> refusals;
    private readonly Counter<long> events;
    private readonly Histogram<int> batchSize;
    private readonly Histogram<double> commitTime;

    /// <summary>Makes the instruments.</summary>
    /// <param name="queueDepth">How many commands wait now.</param>
    /// <param name="slots">How many aggregates are in memory now.</param>
    public EngineTelemetry(Func<int> queueDepth, Func<int> slots)
    {
        turns = meter.CreateCounter<long>("ideavote.turns", "{turn}", "Commands that were looked at.");
        refusals = meter.CreateCounter<long>("ideavote.refusals", "{refusal}", "Commands refused, by code.");
        events = meter.CreateCounter<long>("ideavote.events", "{event}", "Events made durable.");
        batchSize = meter.CreateHistogram<int>("ideavote.commit.batch", "{command}", "Commands answered by one commit.");
        commitTime = meter.CreateHistogram<double>("ideavote.commit.duration", "s", "How long one commit took until it was on disk.");
        meter.CreateObservableGauge("ideavote.queue.depth", queueDepth, "{command}", "Commands waiting for their turn.");
        meter.CreateObservableGauge("ideavote.slots", slots, "{aggregate}", "Aggregates in memory.");
    }

    /// <summary>Adds a gauge of how many events a projection is behind.</summary>
    public void ObserveLag(string projection, Func<long> lagEvents) =>
        meter.CreateObservableGauge(
            "ideavote.projection.lag", () => new Measurement<long>(lagEvents(), new KeyValuePair<string, object?>("projection", projection)),
            "{event}", "Events a projection has not folded yet.");

    /// <summary>Adds a gauge of how many events the journal holds.</summary>
    public void ObserveJournal(Func<long> position) =>
        meter.CreateObservableGauge("ideavote.journal.position", position, "{event}", "The last position of the journal.");

    /// <summary>Notes a refusal.</summary>
    public void Refused(string code) => refusals.Add(1, new KeyValuePair<string, object?>("code", code));

    /// <summary>Notes a commit.</summary>
    /// <param name="commands">The commands it answers.</param>
    /// <param name="durable">The events it made durable.</param>
    /// <param name="seconds">How long it took.</param>
    public void Committed(int commands, int durable, double seconds)
    {
        turns.Add(commands);
        events.Add(durable);
        batchSize.Record(commands);
        if (durable > 0)
            commitTime.Record(seconds);
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();
}
