namespace IdeaVote.Engine.Grains.Caches;

/// <summary>What lies in grain storage: a cache, in records that fit the smallest store's.</summary>
[GenerateSerializer, Alias("ideavote.snapshot")]
public sealed class StoredSnapshot
{
    /// <summary>The most bytes of <see cref="State"/>. An Azure table takes 983,040 bytes of binary data in a record, head included.</summary>
    public const int MaxBytes = 960_000;

    /// <summary>The format of the state; another one is of no use.</summary>
    [Id(0)]
    public int Format { get; set; }

    /// <summary>The version of the aggregate's stream; for a part of a board, what all parts of one writing share.</summary>
    [Id(1)]
    public long Version { get; set; }

    /// <summary>The written form.</summary>
    [Id(2)]
    public byte[] State { get; set; } = [];
}
