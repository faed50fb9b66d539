using System.Diagnostics.Metrics;
using IdeaVote.Engine.Projections;
using IdeaVote.Engine.Telemetry;

namespace IdeaVote.Engine.Tests;

/// <summary>What the engine tells about itself; dashboards are built on these names.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public void Its_instruments_tell_turns_refusals_commits_depth_and_lag()
    {
        using var telemetry = new EngineTelemetry(() => 7, () => 8);
        telemetry.ObserveLag("search", () => 9);
        telemetry.ObserveQueue(16, () => 10);
        telemetry.ObserveDebts(() => new Debts(11, 12));
        var told = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "IdeaVote.Engine")
                l.EnableMeasurementEvents(instrument, instrument.Meter);
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => told.Add(Line(i, value, tags)));
        listener.SetMeasurementEventCallback<int>((i, value, tags, _) => told.Add(Line(i, value, tags)));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => told.Add(Line(i, value, tags)));
        listener.Start();

        telemetry.Refused(RefusalCode.BudgetExceeded);
        telemetry.Committed(commands: 3, durable: 5, bytes: 700, seconds: 0.25);
        telemetry.Committed(commands: 2, durable: 0, bytes: 0, seconds: 0.5);
        listener.RecordObservableInstruments();

        told.ShouldBe(
            [
                "ideavote.refusals {refusal} 1 code=budget_exceeded",
                "ideavote.turns {turn} 3", "ideavote.events {event} 5", "ideavote.journal.written By 700", "ideavote.commit.batch {command} 3", "ideavote.commit.duration s 0.25",
                "ideavote.turns {turn} 2", "ideavote.events {event} 0", "ideavote.journal.written By 0", "ideavote.commit.batch {command} 2",
                "ideavote.queue.depth {command} 7", "ideavote.slots {aggregate} 8", "ideavote.projection.lag {event} 9 projection=search",
                "ideavote.queue.capacity {command} 16", "ideavote.queue.overloads {command} 10", "ideavote.reactor.debts {debt} 11 debt=refund", "ideavote.reactor.debts {debt} 12 debt=merge",
            ],
            ignoreOrder: true);
    }

    private static string Line<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', [instrument.Name, instrument.Unit, $"{value}", .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]);
}
