using System.Diagnostics;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;

namespace IdeaVote.Engine.Telemetry;

/// <summary>
/// The span of a command's turn, from its sending to its answer. It says what kind of command it was and what became of it, never whose: ids,
/// texts and tokens stay out. Nothing is allocated while nobody listens.
/// </summary>
public static class TurnSpan
{
    /// <summary>The most turns a commit's span links to; a batch may have thousands.</summary>
    private const int MaxLinks = 128;

    /// <summary>Begins the span of a command, below what goes on in the caller; null if nobody wants it.</summary>
    /// <param name="stream">The aggregate.</param>
    /// <param name="command">The command.</param>
    public static Activity? Begin(StreamId stream, Command command)
    {
        if (!EngineTelemetry.Traces.HasListeners())
            return null;
        var caller = Activity.Current;
        var name = CommandCodec.NameOf(command);
        var span = EngineTelemetry.Traces.StartActivity($"turn {name}");
        // The caller's own span stays the current one: this one ends on another thread.
        Activity.Current = caller;
        if (span is { IsAllDataRequested: true })
            span.SetTag("ideavote.aggregate.kind", KindOf(stream)).SetTag("ideavote.command.name", name);
        return span;
    }

    /// <summary>Notes the moment at which the turn was decided: what lies before is waiting, what comes after is the disk.</summary>
    public static void Decided(Activity? span) => span?.AddEvent(new ActivityEvent("decided"));

    /// <summary>Ends the span with what the caller is answered.</summary>
    public static void End(Activity? span, in Reply reply)
    {
        if (span is null)
            return;
        span.SetTag("ideavote.turn.outcome", OutcomeOf(reply));
        if (reply.Refusal is { } refusal)
            span.SetTag("ideavote.refusal.code", refusal.Code);
        else if (reply.Kind is ReplyKind.OutcomeUnknown)
            span.SetStatus(ActivityStatusCode.Error);
        var current = Activity.Current;
        span.Stop();
        // Stopping makes the caller's span current on this thread, which has others to serve.
        Activity.Current = current;
    }

    /// <summary>Begins the span of a commit: below the first of its turns, so that it is sampled when they are, and linked to all; null if none is traced.</summary>
    /// <param name="turns">The turns' spans.</param>
    public static Activity? BeginCommit(IEnumerable<Activity?> turns)
    {
        List<ActivityLink>? links = null;
        List<Activity>? traced = null;
        foreach (var turn in turns)
        {
            if (turn is not { Recorded: true })
                continue;
            (links ??= []).Add(new ActivityLink(turn.Context));
            (traced ??= []).Add(turn);
            if (links.Count == MaxLinks)
                break;
        }
        if (links is null)
            return null;
        var commit = EngineTelemetry.Traces.StartActivity("commit", ActivityKind.Internal, links[0].Context, tags: null, links);
        if (commit is not null)
            foreach (var turn in traced!)
                turn.AddLink(new ActivityLink(commit.Context));
        return commit;
    }

    private static string KindOf(StreamId stream) => stream.Kind switch
    {
        AggregateKind.Campaign => "campaign",
        AggregateKind.Idea => "idea",
        AggregateKind.Voter => "voter",
        _ => "thread",
    };

    private static string OutcomeOf(in Reply reply) => reply.Kind switch
    {
        ReplyKind.Accepted => reply.Changed ? "accepted" : "unchanged",
        ReplyKind.Refused => "refused",
        ReplyKind.Overloaded => "overloaded",
        _ => "outcome_unknown",
    };
}
