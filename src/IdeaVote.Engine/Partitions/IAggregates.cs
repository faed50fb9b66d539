using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Partitions;

/// <summary>The aggregates of a cluster, wherever each of them lives.</summary>
public interface IAggregates
{
    /// <summary>Has an aggregate run a command, or without one reads it; answers as <see cref="IEngine.SendAsync"/> does.</summary>
    /// <param name="stream">The aggregate.</param>
    /// <param name="command">The wish; null to read.</param>
    /// <param name="cancellation">Stops waiting; the outcome is then unknown.</param>
    ValueTask<Reply> SendAsync(StreamId stream, Command? command, CancellationToken cancellation = default);
}
