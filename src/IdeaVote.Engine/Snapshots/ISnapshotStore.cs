using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Snapshots;

/// <summary>
/// Where snapshots lie: a cache that spares a restart the whole journal, never the truth. A store may lose all of it at any
/// time, but not a part: what <see cref="LoadCheckpointAsync"/> returns must be true of what <see cref="LoadAsync"/> returns.
/// </summary>
public interface ISnapshotStore
{
    /// <summary>The newest snapshot of one aggregate; null if it has none. May be asked, by one caller at a time, while others are saved.</summary>
    ValueTask<Snapshot?> LoadAsync(StreamId stream, CancellationToken cancellation = default);

    /// <summary>The boards' newest snapshots.</summary>
    ValueTask<IReadOnlyList<BoardSnapshot>> LoadBoardsAsync(CancellationToken cancellation = default);

    /// <summary>How far the snapshots go; null if there are none.</summary>
    ValueTask<Checkpoint?> LoadCheckpointAsync(CancellationToken cancellation = default);

    /// <summary>Saves all of this at once, replacing what there was of each, or nothing.</summary>
    ValueTask SaveAsync(
        IReadOnlyList<Snapshot> aggregates, IReadOnlyList<BoardSnapshot> boards, Checkpoint checkpoint, CancellationToken cancellation = default);

    /// <summary>Forgets everything, so that the next start folds the whole journal.</summary>
    ValueTask ClearAsync(CancellationToken cancellation = default);
}

/// <summary>The state of an aggregate.</summary>
/// <param name="Stream">Which one.</param>
/// <param name="Version">At which version.</param>
/// <param name="State">Its written form.</param>
public sealed record Snapshot(StreamId Stream, long Version, ReadOnlyMemory<byte> State);

/// <summary>The state of a board.</summary>
/// <param name="Campaign">Which campaign's.</param>
/// <param name="Position">The last position folded into it.</param>
/// <param name="State">Its written form.</param>
public sealed record BoardSnapshot(CampaignId Campaign, long Position, ReadOnlyMemory<byte> State);

/// <summary>How far the snapshots go.</summary>
/// <param name="Position">Everything up to here is in a snapshot; a restart folds what comes after it.</param>
/// <param name="Format">The format of the snapshots; another one means they are of no use.</param>
public sealed record Checkpoint(long Position, int Format);
