using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using IdeaVote.Engine;
using IdeaVote.Engine.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Admin.Load;

/// <summary>Listens to the process's own meters and keeps the last five minutes, in steps of five seconds: for a glance, not for an archive.</summary>
public sealed class LoadGauges : IDisposable
{
    /// <summary>How many steps are kept.</summary>
    public const int Steps = 60;

    /// <summary>How long a step is, in seconds.</summary>
    public const int StepSeconds = 5;

    private const int MaxGauges = 64;

    private readonly MeterListener listener = new();
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly LoadStep[] ring = [.. Enumerable.Range(0, Steps).Select(_ => new LoadStep())];
    private readonly ConcurrentDictionary<string, double> gauges = new(StringComparer.Ordinal);

    /// <summary>Begins to listen.</summary>
    public LoadGauges([FromKeyedServices(VoteClock.Key)] TimeProvider time)
    {
        this.time = time;
        Started = time.GetTimestamp();
        listener.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument.Meter.Name == EngineTelemetry.Name || instrument is { Meter.Name: "Microsoft.AspNetCore.Hosting", Name: "http.server.request.duration" })
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
    }

    /// <summary>When it began, as <see cref="TimeProvider.GetTimestamp"/> tells it.</summary>
    public long Started { get; }

    /// <summary>What was measured: the steps, the oldest first and the one that goes on left out, and the gauges as they are now.</summary>
    public (IReadOnlyList<LoadStep> Steps, IReadOnlyDictionary<string, double> Gauges) Read()
    {
        listener.RecordObservableInstruments();
        lock (gate)
        {
            var now = Now;
            var steps = new LoadStep[Steps - 1];
            for (var i = 0; i < steps.Length; i++)
            {
                var number = now - steps.Length + i;
                steps[i] = At(number) is var step && step.Number == number ? step.Copy() : new LoadStep { Number = number };
            }
            return (steps, new Dictionary<string, double>(gauges, StringComparer.Ordinal));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private long Now => (long)time.GetElapsedTime(Started).TotalSeconds / StepSeconds;

    private LoadStep At(long number) => ring[(int)((number % Steps + Steps) % Steps)];

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument.IsObservable)
        {
            var name = tags.Length > 0 ? $"{instrument.Name}/{tags[0].Value}" : instrument.Name;
            if (gauges.Count < MaxGauges || gauges.ContainsKey(name))
                gauges[name] = value;
            return;
        }
        lock (gate)
        {
            var step = At(Now);
            if (step.Number != Now)
                step.Begin(Now);
            switch (instrument.Name)
            {
                case "http.server.request.duration":
                    ref var requests = ref step.Requests[(int)ClassOf(tags)];
                    requests = requests.With(value, StatusOf(tags));
                    break;
                case "ideavote.events":
                    step.Events += (long)value;
                    break;
                case "ideavote.commit.batch":
                    step.Batches = step.Batches.With(value);
                    break;
                case "ideavote.commit.duration":
                    step.Commits = step.Commits.With(value);
                    break;
            }
        }
    }

    private static RouteClass ClassOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name != "http.route" || value is not string route)
                continue;
            return route.StartsWith("/api", StringComparison.Ordinal) ? RouteClass.Api
                : route.StartsWith("/assets", StringComparison.Ordinal) ? RouteClass.Assets
                : route.EndsWith("/live", StringComparison.Ordinal) ? RouteClass.Live
                : route.StartsWith("/healthz", StringComparison.Ordinal) || route.StartsWith("/openapi", StringComparison.Ordinal) ? RouteClass.Other
                : RouteClass.Pages;
        }
        return RouteClass.Other;
    }

    private static int StatusOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
            if (name == "http.response.status_code")
                return value is int status ? status : 0;
        return 0;
    }
}
