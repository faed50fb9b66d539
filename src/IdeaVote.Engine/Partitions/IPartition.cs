using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Partitions;

/// <summary>A partition of a journal as an aggregate sees it, wherever it is hosted.</summary>
public interface IPartition
{
    /// <summary>Its name in the journal.</summary>
    string Name { get; }

    /// <summary>
    /// Announces that a stream is about to be loaded by a new activation. From now on nothing of an older one is appended any more,
    /// also what is still on its way: what the new one answers out of the state it loads stays true.
    /// </summary>
    ValueTask<OpenOutcome> OpenAsync(StreamId stream, CancellationToken cancellation = default);

    /// <summary>
    /// Appends what one turn decided. Without events it appends nothing and confirms that the stream still stands at the version,
    /// so that nobody answers out of a state that somebody else has left behind.
    /// </summary>
    /// <param name="append">What to append.</param>
    /// <param name="cancellation">Stops waiting; the append may still happen.</param>
    ValueTask<AppendOutcome> AppendAsync(StreamAppend append, CancellationToken cancellation = default);

    /// <summary>Reads a stream's durable events in order, from a version on.</summary>
    IAsyncEnumerable<RecordedEvent> ReadAsync(StreamId stream, long fromVersion, CancellationToken cancellation = default);
}

/// <summary>What one turn decided.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Token">What <see cref="IPartition.OpenAsync"/> gave the activation that decided.</param>
/// <param name="Version">The version of the stream that it decided on.</param>
/// <param name="Events">What it decided, in its written form, with the versions that follow; may be empty.</param>
public sealed record StreamAppend(StreamId Stream, long Token, long Version, byte[][] Events);

/// <summary>How an append ended.</summary>
public enum AppendKind : byte
{
    /// <summary>It is durable; or, without events, the version is confirmed.</summary>
    Done,

    /// <summary>The stream has another version or a newer activation; nothing was appended. Load it again.</summary>
    Stale,

    /// <summary>Too much is waiting, or the partition can't be reached; nothing was appended.</summary>
    Overloaded,

    /// <summary>It may be durable or not, now or a little later. Whoever decided it must forget its state and load again.</summary>
    Unknown,
}

/// <summary>The answer to an append.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Offset">When done, a place in the partition that includes it.</param>
public readonly record struct AppendOutcome(AppendKind Kind, long Offset = 0);

/// <summary>The answer to an announcement.</summary>
/// <param name="Kind"><see cref="AppendKind.Done"/>, or why not; then nothing was announced.</param>
/// <param name="Token">What the new activation names with its appends.</param>
/// <param name="Version">The stream's version, which only the new activation can change from now on; null if it is not told.</param>
public readonly record struct OpenOutcome(AppendKind Kind, long Token = 0, long? Version = null);
