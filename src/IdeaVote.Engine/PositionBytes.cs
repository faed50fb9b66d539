using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace IdeaVote.Engine;

/// <summary>
/// The binary form of positions. Partitions of one campaign have names that differ at their end only, so each name says how much
/// of the one before it it repeats. The length tells nothing of how much has happened: in one partition it is always the same, in
/// several it is rounded up.
/// </summary>
public static class PositionBytes
{
    private const byte Format = 1;
    private const int MaxNameBytes = 64;
    private const int RoundBytes = 256;

    /// <summary>Writes a position.</summary>
    /// <exception cref="ArgumentException">A partition's name has more than 64 bytes.</exception>
    public static void Write(IBufferWriter<byte> output, Position position)
    {
        output.Write([Format]);
        var written = 1;
        ReadOnlySpan<byte> last = [];
        foreach (var (partition, offset) in position.Partitions)
        {
            var name = Encoding.UTF8.GetBytes(partition);
            if (name.Length > MaxNameBytes)
                throw new ArgumentException($"The name {partition} is too long.", nameof(position));
            var shared = last.CommonPrefixLength(name);
            output.Write([(byte)shared, (byte)(name.Length - shared)]);
            output.Write(name.AsSpan(shared));
            BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(sizeof(long)), offset);
            output.Advance(sizeof(long));
            written += 2 + name.Length - shared + sizeof(long);
            last = name;
        }
        if (position.Partitions.Length > 1)
            output.Write(new byte[RoundBytes - written % RoundBytes]);
    }

    /// <summary>Reads a position.</summary>
    /// <returns>False if the bytes are none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Position position)
    {
        position = default;
        if (bytes.IsEmpty || bytes[0] != Format)
            return false;
        var offsets = new List<PartitionOffset>();
        ReadOnlySpan<byte> last = [];
        for (bytes = bytes[1..]; bytes.ContainsAnyExcept((byte)0);)
        {
            if (bytes.Length < 2)
                return false;
            var (shared, more) = (bytes[0], bytes[1]);
            if (shared > last.Length || shared + more > MaxNameBytes || bytes.Length < 2 + more + sizeof(long))
                return false;
            byte[] name = [.. last[..shared], .. bytes.Slice(2, more)];
            var offset = BinaryPrimitives.ReadInt64BigEndian(bytes[(2 + more)..]);
            if (offset <= 0 || last.SequenceCompareTo(name) >= 0)
                return false;
            offsets.Add(new PartitionOffset(Encoding.UTF8.GetString(name), offset));
            last = name;
            bytes = bytes[(2 + more + sizeof(long))..];
        }
        position = Position.Of(offsets);
        return true;
    }
}
