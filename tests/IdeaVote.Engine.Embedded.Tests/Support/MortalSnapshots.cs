using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Engine.Embedded.Tests.Support;

/// <summary>Snapshots of a process that can die: from then on none is saved any more.</summary>
internal sealed class MortalSnapshots(ISnapshotStore inner) : ISnapshotStore
{
    private volatile bool dead;

    public void Die() => dead = true;

    public ValueTask<Snapshot?> LoadAsync(StreamId stream, CancellationToken cancellation = default) => inner.LoadAsync(stream, cancellation);

    public ValueTask<IReadOnlyList<BoardSnapshot>> LoadBoardsAsync(CancellationToken cancellation = default) => inner.LoadBoardsAsync(cancellation);

    public ValueTask<Checkpoint?> LoadCheckpointAsync(CancellationToken cancellation = default) => inner.LoadCheckpointAsync(cancellation);

    public ValueTask SaveAsync(
        IReadOnlyList<Snapshot> aggregates, IReadOnlyList<BoardSnapshot> boards, Checkpoint checkpoint, CancellationToken cancellation = default) =>
        dead ? throw new InvalidOperationException("The process is gone.") : inner.SaveAsync(aggregates, boards, checkpoint, cancellation);

    public ValueTask ClearAsync(CancellationToken cancellation = default) => inner.ClearAsync(cancellation);
}
