using System.Diagnostics;
using System.Diagnostics.Metrics;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Engine.Telemetry;

/// <summary>What the engine tells about itself: one source of traces and one meter, both named <see cref="Name"/>.</summary>
public sealed class EngineTelemetry : IDisposable
{
    /// <summary>The name to subscribe to.</summary>
    public const string Name = "IdeaVote.Engine";

    /// <summary>Traces: a span a command, and a span a commit.</summary>
    public static readonly ActivitySource Traces = new(Name);

    /// <summary>Upper bounds of how long a commit takes, in seconds: half a millisecond is a good disk, ten seconds is an incident.</summary>
    internal static readonly InstrumentAdvice<double> CommitSeconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    };

    private static readonly KeyValuePair<string, object?> RefundDebt = new("debt", "refund");
    private static readonly KeyValuePair<string, object?> MergeDebt = new("debt", "merge");

    private static readonly InstrumentAdvice<int> BatchCommands = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096],
    };

    private readonly Meter meter = new(Name);
    private readonly Counter<long> turns;
    private readonly Counter<long> refusals;
    private readonly Counter<long> events;
    private readonly Counter<long> written;
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
        written = meter.CreateCounter<long>("ideavote.journal.written", "By", "Bytes of events and hashes made durable.");
        batchSize = meter.CreateHistogram("ideavote.commit.batch", "{command}", "Commands answered by one commit.", tags: null, BatchCommands);
        commitTime = meter.CreateHistogram("ideavote.commit.duration", "s", "How long one commit took until it was on disk.", tags: null, CommitSeconds);
        meter.CreateObservableGauge("ideavote.queue.depth", queueDepth, "{command}", "Commands waiting for their turn.");
        meter.CreateObservableGauge("ideavote.slots", slots, "{aggregate}", "Aggregates in memory.");
    }

    /// <summary>Adds a gauge of how many events a projection is behind.</summary>
    public void ObserveLag(string projection, Func<long> lagEvents) =>
        meter.CreateObservableGauge(
            "ideavote.projection.lag", () => new Measurement<long>(lagEvents(), new KeyValuePair<string, object?>("projection", projection)),
            "{event}", "Events a projection has not folded yet.");

    /// <summary>Adds what tells how near the queue is to turning commands away, and how many it has.</summary>
    /// <param name="capacity">How many commands may wait.</param>
    /// <param name="overloads">How many commands found no room so far.</param>
    public void ObserveQueue(int capacity, Func<long> overloads)
    {
        meter.CreateObservableGauge("ideavote.queue.capacity", () => capacity, "{command}", "Commands that may wait before further ones are turned away.");
        meter.CreateObservableCounter("ideavote.queue.overloads", overloads, "{command}", "Commands turned away because too many were waiting.");
    }

    /// <summary>Adds a gauge of what reactors still have to carry out.</summary>
    /// <param name="debts">What is owed now; each kind is counted up to <see cref="Debts.Most"/>.</param>
    public void ObserveDebts(Func<Debts> debts) =>
        meter.CreateObservableGauge(
            "ideavote.reactor.debts",
            () =>
            {
                var owed = debts();
                return new[] { new Measurement<long>(owed.Refunds, RefundDebt), new Measurement<long>(owed.Merges, MergeDebt) };
            },
            "{debt}", "Refunds and merges that the feed calls for and reactors have not carried out yet.");

    /// <summary>Adds a gauge of how many events the journal holds.</summary>
    public void ObserveJournal(Func<long> position) =>
        meter.CreateObservableGauge("ideavote.journal.position", position, "{event}", "The last position of the journal.");

    /// <summary>Notes a refusal.</summary>
    public void Refused(string code) => refusals.Add(1, new KeyValuePair<string, object?>("code", code));

    /// <summary>Notes a commit.</summary>
    /// <param name="commands">The commands it answers.</param>
    /// <param name="durable">The events it made durable.</param>
    /// <param name="bytes">The bytes of these events with their hashes.</param>
    /// <param name="seconds">How long it took.</param>
    public void Committed(int commands, int durable, long bytes, double seconds)
    {
        turns.Add(commands);
        events.Add(durable);
        written.Add(bytes);
        batchSize.Record(commands);
        if (durable > 0)
            commitTime.Record(seconds);
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();
}
