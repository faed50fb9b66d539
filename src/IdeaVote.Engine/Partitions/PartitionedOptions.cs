namespace IdeaVote.Engine.Partitions;

/// <summary>How a process of a cluster behaves.</summary>
public sealed record PartitionedOptions
{
    /// <summary>How many partitions each campaign has, as <see cref="PartitionCount"/> established it.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>How many commands may be under way at once; more are answered <see cref="ReplyKind.Overloaded"/>. 2 or more; bulk work may take half.</summary>
    public int MaxCommands { get; init; } = 16_384;

    /// <summary>How long a campaign's copy may go without looking for news, when nobody tells of any.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a campaign's copy is kept after it was last used.</summary>
    public TimeSpan KeepUnused { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many events may be folded before a copy's board is saved again, 1 or more.</summary>
    public long BoardSnapshotEvents { get; init; } = 200_000;
}
