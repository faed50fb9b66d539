namespace IdeaVote.Engine.Embedded;

/// <summary>How the embedded engine behaves. The defaults suit one machine with a few gigabytes of memory.</summary>
public sealed record EmbeddedOptions
{
    /// <summary>How many commands may wait; more are answered <see cref="ReplyKind.Overloaded"/>. 2 or more.</summary>
    public int QueueCommands { get; init; } = 16_384;

    /// <summary>How many commands one commit takes at most, 1 or more.</summary>
    public int BatchCommands { get; init; } = 4_096;

    /// <summary>How much state stays in memory, in units of some 32 bytes: an aggregate weighs 10 and one more for each vote it holds.</summary>
    public long CacheWeight { get; init; } = 3_000_000;

    /// <summary>How much changed state may wait for its snapshot, in the same units; beyond it, each commit saves some.</summary>
    public long DirtyWeight { get; init; } = 2_200_000;

    /// <summary>How many events a restart should have to fold at most; beyond it, each commit saves some snapshots.</summary>
    public long RestartEvents { get; init; } = 500_000;

    /// <summary>How many events a board may be ahead of its snapshot.</summary>
    public int BoardSnapshotEvents { get; init; } = 200_000;

    /// <summary>How long nothing must come before the engine saves snapshots in its spare time.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(1);
}
