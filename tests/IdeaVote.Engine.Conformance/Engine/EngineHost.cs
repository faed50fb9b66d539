using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>What a test wants of an engine.</summary>
/// <param name="Time">Its clock.</param>
/// <param name="QueueCommands">About how many commands may wait before more are answered Overloaded; null for the engine's own choice.</param>
public sealed record EngineSetup(TimeProvider Time, int? QueueCommands = null);

/// <summary>How a commit fails whose outcome the engine can't know.</summary>
public enum CommitFault
{
    /// <summary>Nothing was written.</summary>
    NotWritten,

    /// <summary>All was written; only the answer was lost.</summary>
    Written,
}

/// <summary>
/// One engine on a store of its own, with the reactors that make refunds. It can be stopped, killed, held up and made to fail;
/// what it answered must survive all of it.
/// </summary>
public abstract class EngineHost : IAsyncDisposable
{
    /// <summary>The engine that serves now; another one after a restart.</summary>
    public abstract IEngine Engine { get; }

    /// <summary>A position that the next event of a stream reaches and that nothing has reached yet.</summary>
    public abstract ValueTask<Position> UnreachedAsync(StreamId stream);

    /// <summary>Stops in good order and starts again.</summary>
    public abstract Task RestartAsync();

    /// <summary>Ends at once, with no last write of any kind, and starts again on what is durable.</summary>
    public abstract Task CrashAsync();

    /// <summary>What has to be done after an unknown outcome before the engine serves again: for some a restart, for others nothing.</summary>
    public virtual Task RecoverAsync() => Task.CompletedTask;

    /// <summary>Makes the next commit fail.</summary>
    public abstract void FailNextCommit(CommitFault fault);

    /// <summary>Holds every commit up until the answer is disposed.</summary>
    public abstract IDisposable HoldCommits();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
