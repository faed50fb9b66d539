using System.Buffers;
using System.Buffers.Binary;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Partitions;
using IdeaVote.Engine.Snapshots;
using Orleans.Storage;

namespace IdeaVote.Engine.Grains.Caches;

/// <summary>
/// Boards in grain storage, in as many records as they need. The records of one writing share a mark, so that two who write at
/// once, or one who dies in the middle, leave nothing that is taken for whole.
/// </summary>
/// <param name="storage">Where they lie; asked for at first use, since it is made with the silo.</param>
internal sealed class BoardCache(Func<IGrainStorage> storage) : IBoardCache
{
    private const string Name = "board";

    public async ValueTask<CachedBoard?> LoadAsync(CampaignId campaign, CancellationToken cancellation = default)
    {
        try
        {
            var first = await ReadAsync(campaign, 0);
            if (!first.RecordExists || first.State.Format != AggregateSnapshots.Format)
                return null;
            var parts = BinaryPrimitives.ReadInt32BigEndian(first.State.State);
            var all = new ArrayBufferWriter<byte>();
            all.Write(first.State.State.AsSpan(sizeof(int)));
            for (var number = 1; number < parts; number++)
            {
                var part = await ReadAsync(campaign, number);
                if (!part.RecordExists || part.State.Version != first.State.Version)
                    return null;
                all.Write(part.State.State);
            }
            return Unpack(all.WrittenSpan);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    public async ValueTask SaveAsync(CampaignId campaign, CachedBoard board, CancellationToken cancellation = default)
    {
        try
        {
            if (await LoadAsync(campaign, cancellation) is { } kept && kept.Position.Includes(board.Position))
                return;
            var packed = Pack(board);
            var parts = packed.Chunk(StoredSnapshot.MaxBytes - sizeof(int)).ToArray();
            var mark = Random.Shared.NextInt64();
            // The first record, which says how many there are, comes last.
            for (var number = parts.Length - 1; number >= 0; number--)
                await WriteAsync(campaign, number, mark, number > 0 ? parts[number] : [.. Count(parts.Length), .. parts[0]]);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Kept another time, or by another process.
        }
    }

    private async Task<GrainState<StoredSnapshot>> ReadAsync(CampaignId campaign, int number)
    {
        var stored = new GrainState<StoredSnapshot> { State = new StoredSnapshot() };
        await storage().ReadStateAsync(Name, IdOf(campaign, number), stored);
        return stored;
    }

    private async Task WriteAsync(CampaignId campaign, int number, long mark, byte[] bytes)
    {
        var stored = await ReadAsync(campaign, number);
        stored.State = new StoredSnapshot { Format = AggregateSnapshots.Format, Version = mark, State = bytes };
        await storage().WriteStateAsync(Name, IdOf(campaign, number), stored);
    }

    private static GrainId IdOf(CampaignId campaign, int number) => GrainId.Create("ideavote-board", $"{campaign}-{number}");

    private static byte[] Pack(CachedBoard board)
    {
        var position = new ArrayBufferWriter<byte>();
        PositionBytes.Write(position, board.Position);
        return [.. Count(position.WrittenCount), .. position.WrittenSpan, .. board.State];
    }

    private static CachedBoard? Unpack(ReadOnlySpan<byte> packed)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(packed);
        packed = packed[sizeof(int)..];
        return PositionBytes.TryRead(packed[..length], out var position) ? new CachedBoard(position, packed[length..].ToArray()) : null;
    }

    private static byte[] Count(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
