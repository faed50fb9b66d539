using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace IdeaVote.Engine.Telemetry;

/// <summary>What journal stores tell about themselves, on the engine's meter.</summary>
public static class StoreTelemetry
{
    private static readonly Meter Meter = new(EngineTelemetry.Name);

    private static readonly Histogram<double> SyncTime = Meter.CreateHistogram(
        "ideavote.journal.sync.duration", "s",
        "How long the store took to make a transaction of the journal durable: the log's write and sync, and at times a checkpoint.",
        tags: null, EngineTelemetry.CommitSeconds);

    /// <summary>Notes that a transaction was made durable.</summary>
    /// <param name="system">The store's <c>db.system.name</c>, such as <c>sqlite</c>.</param>
    /// <param name="started">When its commit began, as <see cref="Stopwatch.GetTimestamp"/> told it.</param>
    public static void Synced(string system, long started) =>
        SyncTime.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("db.system.name", system));
}
