using System.Buffers.Binary;
using Orleans.Storage;

namespace IdeaVote.Engine.Grains.Caches;

/// <summary>
/// Writes snapshots into grain storage as they are. The usual way, JSON, would make them a third larger, and then the largest
/// ballots would not fit a record.
/// </summary>
public sealed class SnapshotSerializer : IGrainStorageSerializer
{
    private const int HeadBytes = sizeof(int) + sizeof(long);

    /// <inheritdoc/>
    public BinaryData Serialize<T>(T input)
    {
        if (input is not StoredSnapshot snapshot)
            throw new NotSupportedException($"Only snapshots are stored, not {typeof(T)}.");
        var bytes = new byte[HeadBytes + snapshot.State.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, snapshot.Format);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(sizeof(int)), snapshot.Version);
        snapshot.State.CopyTo(bytes, HeadBytes);
        return new BinaryData(bytes);
    }

    /// <inheritdoc/>
    public T Deserialize<T>(BinaryData input)
    {
        var bytes = input.ToMemory();
        if (typeof(T) != typeof(StoredSnapshot) || bytes.Length < HeadBytes)
            throw new NotSupportedException($"{bytes.Length} bytes are no snapshot, or {typeof(T)} is not stored.");
        return (T)(object)new StoredSnapshot
        {
            Format = BinaryPrimitives.ReadInt32BigEndian(bytes.Span),
            Version = BinaryPrimitives.ReadInt64BigEndian(bytes.Span[sizeof(int)..]),
            State = bytes[HeadBytes..].ToArray(),
        };
    }
}
