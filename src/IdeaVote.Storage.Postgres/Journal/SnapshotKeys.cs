using System.Buffers.Binary;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Storage.Postgres.Journal;

/// <summary>
/// Remembers, in a few bits each (a Bloom filter), which aggregates have a snapshot, so that asking for one that never had any
/// costs no round trip: every voter's first vote asks. It errs only towards "may have". Safe for concurrent use.
/// </summary>
internal sealed class SnapshotKeys
{
    // 32 MB of address space, of which memory is taken as bits are set. At 30 million snapshots one vain question in forty goes through.
    private const int IndexBits = 28;
    private const int Probes = 4;

    private readonly ulong[] words = new ulong[1 << (IndexBits - 6)];
    private volatile bool isComplete;
    private volatile bool isDisabled;

    /// <summary>Whether an aggregate may have a snapshot; true for all until all that were there before are added.</summary>
    public bool MayHave(StreamId stream)
    {
        if (!isComplete || isDisabled)
            return true;
        var (hash, step) = Hash(stream);
        for (var i = 0; i < Probes; i++, hash += step)
            if ((Volatile.Read(ref words[Word(hash)]) & Bit(hash)) == 0)
                return false;
        return true;
    }

    /// <summary>Adds an aggregate; before its snapshot can be seen by anybody.</summary>
    public void Add(StreamId stream)
    {
        var (hash, step) = Hash(stream);
        for (var i = 0; i < Probes; i++, hash += step)
            Interlocked.Or(ref words[Word(hash)], Bit(hash));
    }

    /// <summary>Says that all that were there before are added.</summary>
    public void Complete() => isComplete = true;

    /// <summary>Says that others may have saved snapshots, too: from now on everything may have one.</summary>
    public void Disable() => isDisabled = true;

    private static (ulong Hash, ulong Step) Hash(StreamId stream)
    {
        // Ids are evenly distributed already; the campaign matters to those who vote in many.
        Span<byte> key = stackalloc byte[Id.ByteLength], campaign = stackalloc byte[Id.ByteLength];
        stream.Key.WriteBytes(key);
        stream.Campaign.Value.WriteBytes(campaign);
        const ulong Odd = 0x9E37_79B9_7F4A_7C15;
        var first = BinaryPrimitives.ReadUInt64LittleEndian(key) ^ (BinaryPrimitives.ReadUInt64LittleEndian(campaign) * Odd);
        var last = BinaryPrimitives.ReadUInt64LittleEndian(key[(Id.ByteLength - sizeof(ulong))..]) ^ (ulong)stream.Kind;
        return (first * Odd, (last * Odd) | 1);
    }

    private static int Word(ulong hash) => (int)(hash >> (64 - IndexBits + 6));

    private static ulong Bit(ulong hash) => 1UL << (int)((hash >> (64 - IndexBits)) & 63);
}
