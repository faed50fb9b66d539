using System.Diagnostics;
using System.Threading.Tasks.Sources;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Telemetry;

namespace IdeaVote.Engine.Embedded;

/// <summary>A command (or, without one, a read) on its way through the commit loop, and the promise of its answer.</summary>
internal sealed class Pending(StreamId stream, Command? command, bool isBulk) : IValueTaskSource<Reply>
{
    // Whoever waits goes on elsewhere: the loop's thread has others to answer. (A field, not read-only: it is a mutable struct.)
    private ManualResetValueTaskSourceCore<Reply> promise = new() { RunContinuationsAsynchronously = true };

    public StreamId Stream { get; } = stream;

    public Command? Command { get; } = command;

    /// <summary>Whether it holds a place of the room that bulk work shares.</summary>
    public bool IsBulk { get; } = isBulk;

    /// <summary>The span of its turn; null while nobody listens, and for reads.</summary>
    public Activity? Span { get; } = command is null ? null : TurnSpan.Begin(stream, command);

    /// <summary>What to answer once the batch is durable.</summary>
    public Reply Decided { get; set; }

    /// <summary>The answer; to be awaited once.</summary>
    public ValueTask<Reply> Answer => new(this, promise.Version);

    /// <summary>Gives the answer; once.</summary>
    public void Resolve(in Reply reply)
    {
        // First the span: whoever hears the answer may end the one above.
        TurnSpan.End(Span, reply);
        promise.SetResult(reply);
    }

    Reply IValueTaskSource<Reply>.GetResult(short token) => promise.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<Reply>.GetStatus(short token) => promise.GetStatus(token);

    void IValueTaskSource<Reply>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        promise.OnCompleted(continuation, state, token, flags);
}
