namespace IdeaVote.Engine.Partitions;

/// <summary>How a partition's writer behaves.</summary>
public sealed record PartitionOptions
{
    /// <summary>How many appends may wait; more are answered <see cref="AppendKind.Overloaded"/>. 1 or more.</summary>
    public int MaxWaiting { get; init; } = 16_384;

    /// <summary>How many appends go to the store together at most, 1 or more.</summary>
    public int MaxBatch { get; init; } = 2_048;

    /// <summary>How many streams are remembered as open, 1 or more; whoever is forgotten loads again.</summary>
    public int OpenStreams { get; init; } = 200_000;

    /// <summary>Called after each batch that became durable, with the new head: for those who follow.</summary>
    public Action<long>? Appended { get; init; }
}
