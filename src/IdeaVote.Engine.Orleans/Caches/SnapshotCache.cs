using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Partitions;
using IdeaVote.Engine.Snapshots;
using Orleans.Storage;

namespace IdeaVote.Engine.Grains.Caches;

/// <summary>The snapshots of one aggregate in grain storage. Where that fails, the journal is read instead.</summary>
/// <param name="storage">The storage.</param>
/// <param name="grain">The aggregate's grain.</param>
internal sealed class SnapshotCache(IGrainStorage storage, GrainId grain) : IAggregateCache
{
    private const string Name = "snapshot";

    private readonly GrainState<StoredSnapshot> stored = new() { State = new StoredSnapshot() };

    public async ValueTask<Snapshot?> LoadAsync(StreamId stream, CancellationToken cancellation = default)
    {
        try
        {
            await storage.ReadStateAsync(Name, grain, stored);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
        return stored is { RecordExists: true, State: { Format: AggregateSnapshots.Format, Version: > 0 } found }
            ? new Snapshot(stream, found.Version, found.State)
            : null;
    }

    public async ValueTask SaveAsync(Snapshot snapshot)
    {
        // One that does not fit is not kept; its stream is read from the beginning.
        if (snapshot.State.Length > StoredSnapshot.MaxBytes)
            return;
        try
        {
            stored.State = new StoredSnapshot { Format = AggregateSnapshots.Format, Version = snapshot.Version, State = snapshot.State.ToArray() };
            await storage.WriteStateAsync(Name, grain, stored);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Perhaps another activation was there; the mark under which it wrote is read with its snapshot.
            await LoadAsync(snapshot.Stream);
        }
    }
}
