using System.Diagnostics;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Telemetry;

namespace IdeaVote.Engine.Tests;

/// <summary>Spans of turns cost nothing while nobody listens, and leave whoever sent the command in their own span.</summary>
[Collection("whoever listens to spans hears all of them")]
public sealed class TurnSpanTests
{
    private static readonly StreamId Stream = StreamId.Of(default, default(VoterId));
    private static readonly CastApproval Command = new(default, true);

    [Fact]
    public void Without_listeners_nothing_is_allocated()
    {
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000; i++)
            Run();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        static void Run()
        {
            var span = TurnSpan.Begin(Stream, Command);
            TurnSpan.Decided(span);
            TurnSpan.End(span, Reply.Overloaded);
        }
    }

    [Fact]
    public void The_callers_span_stays_current_while_the_turn_goes_on_and_after_it()
    {
        using var listening = Listen();
        using var caller = new Activity("request").Start();

        var span = TurnSpan.Begin(Stream, Command).ShouldNotBeNull();

        Activity.Current.ShouldBe(caller);
        span.ParentSpanId.ShouldBe(caller.SpanId);
        var other = new Thread(() =>
        {
            TurnSpan.End(span, Reply.OutcomeUnknown);
            Activity.Current.ShouldBe(caller);
        });
        other.Start();
        other.Join();
        span.IsStopped.ShouldBeTrue();
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.GetTagItem("ideavote.turn.outcome").ShouldBe("outcome_unknown");
    }

    [Fact]
    public void A_commit_links_to_its_turns_but_not_to_thousands()
    {
        using var listening = Listen();
        var turns = Enumerable.Range(0, 1_000).Select(_ => TurnSpan.Begin(Stream, Command)).ToList();

        using var commit = TurnSpan.BeginCommit(turns.Prepend(null)).ShouldNotBeNull();

        commit.Links.Count().ShouldBe(128);
        commit.ParentSpanId.ShouldBe(turns[0]!.SpanId);
        turns[0]!.Links.Single().Context.SpanId.ShouldBe(commit.SpanId);
        TurnSpan.BeginCommit([null]).ShouldBeNull();
    }

    [Fact]
    public void Every_command_has_a_name_of_its_own()
    {
        CommandCodec.NameOf(Command).ShouldBe("cast_approval");
    }

    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EngineTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
