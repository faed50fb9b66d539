using IdeaVote.Engine.Telemetry;
using IdeaVote.Portal.Admin.Load;

namespace IdeaVote.Portal.Tests;

/// <summary>The last five minutes of the process's own meters. Servers of other tests in this process are heard too.</summary>
public sealed class LoadGaugesTests
{
    [Fact]
    public void What_was_measured_stands_in_its_step_until_five_minutes_later()
    {
        var time = new SteppedTime();
        using var gauges = new LoadGauges(time);
        using var telemetry = new EngineTelemetry(() => 7, () => 8);
        telemetry.ObserveJournal(() => 9);
        telemetry.ObserveLag("reading", () => 10);

        telemetry.Committed(commands: 3, durable: 5, bytes: 0, seconds: 1_000);
        time.Seconds = LoadGauges.StepSeconds;
        var (steps, now) = gauges.Read();

        steps.Count.ShouldBe(LoadGauges.Steps - 1);
        steps[^1].Number.ShouldBe(0);
        steps[^1].Events.ShouldBeGreaterThanOrEqualTo(5);
        steps[^1].Commits.Largest.ShouldBe(1_000);
        steps[^1].Batches.Count.ShouldBeGreaterThanOrEqualTo(1);
        steps.SkipLast(1).ShouldAllBe(step => step.Events == 0);
        now["ideavote.projection.lag/reading"].ShouldBe(10);
        now.Keys.ShouldContain("ideavote.journal.position");

        time.Seconds = LoadGauges.StepSeconds * LoadGauges.Steps;
        gauges.Read().Steps.ShouldAllBe(step => step.Commits.Largest < 1_000);
    }

    [Fact]
    public void Means_and_shares_are_of_all_that_was_added()
    {
        var spread = default(Spread).With(2).With(4).With(new Spread(2, 18, 12));
        var count = default(RequestCount).With(.1, 200).With(.2, 404).With(.3, 503).With(new RequestCount(1, 0, 1, .4));

        (spread.Count, spread.Mean, spread.Largest).ShouldBe((4, 6, 12));
        default(Spread).Mean.ShouldBe(0);
        (count.Count, count.Refused, count.Failed).ShouldBe((4, 1, 2));
        count.Seconds.ShouldBe(1, 1e-9);
    }

    private sealed class SteppedTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
