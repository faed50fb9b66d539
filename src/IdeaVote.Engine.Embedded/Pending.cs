using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Embedded;

/// <summary>A command (or, without one, a read) on its way through the commit loop, and the promise of its answer.</summary>
internal sealed class Pending(StreamId stream, Command? command)
    : TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public StreamId Stream { get; } = stream;

    public Command? Command { get; } = command;

    /// <summary>What to answer once the batch is durable.</summary>
    public Reply Answer { get; set; }
}
