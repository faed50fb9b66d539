using System.Buffers;
using System.Buffers.Binary;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Storage.Azure.Journal;

/// <summary>The written form of the records of one row of the feed, one after the other. Frozen: other forms get another first byte.</summary>
internal static class PackedRecords
{
    private const byte Format = 1;
    private const int HeaderBytes = 1;

    // Kind, campaign, key, version, length of the hash, length of the body.
    private const int FixedBytes = 1 + 2 * Id.ByteLength + sizeof(long) + 1 + sizeof(int);

    /// <summary>How many bytes records take together with what stands before them all.</summary>
    public static int SizeOfNone => HeaderBytes;

    /// <summary>How many bytes a record takes.</summary>
    public static long SizeOf(in JournalRecord record) => FixedBytes + (long)record.Hash.Length + record.Body.Length;

    /// <summary>Writes records.</summary>
    public static ReadOnlyMemory<byte> Write(ReadOnlySpan<JournalRecord> records)
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write([Format]);
        foreach (var record in records)
        {
            var place = bytes.GetSpan(FixedBytes);
            place[0] = (byte)record.Stream.Kind;
            record.Stream.Campaign.Value.WriteBytes(place[1..]);
            record.Stream.Key.WriteBytes(place[(1 + Id.ByteLength)..]);
            var rest = place[(1 + 2 * Id.ByteLength)..];
            BinaryPrimitives.WriteInt64BigEndian(rest, record.Version);
            rest[sizeof(long)] = (byte)record.Hash.Length;
            BinaryPrimitives.WriteInt32BigEndian(rest[(sizeof(long) + 1)..], record.Body.Length);
            bytes.Advance(FixedBytes);
            bytes.Write(record.Hash.Span);
            bytes.Write(record.Body.Span);
        }
        return bytes.WrittenMemory;
    }

    /// <summary>Reads records. Their bodies and hashes are parts of <paramref name="bytes"/>.</summary>
    /// <exception cref="JournalException">They are of a form this program does not know.</exception>
    public static List<JournalRecord> Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || bytes.Span[0] != Format)
            throw new JournalException("The journal was written by a newer version of this program, or is damaged. Use the newest version.");
        var records = new List<JournalRecord>();
        for (var at = HeaderBytes; at < bytes.Length;)
        {
            var place = bytes.Span[at..];
            var stream = new StreamId(
                (AggregateKind)place[0], new CampaignId(Id.FromBytes(place[1..])), Id.FromBytes(place[(1 + Id.ByteLength)..]));
            var rest = place[(1 + 2 * Id.ByteLength)..];
            var version = BinaryPrimitives.ReadInt64BigEndian(rest);
            var hash = bytes.Slice(at + FixedBytes, rest[sizeof(long)]);
            var body = bytes.Slice(at + FixedBytes + hash.Length, BinaryPrimitives.ReadInt32BigEndian(rest[(sizeof(long) + 1)..]));
            records.Add(new JournalRecord(stream, version, body, hash));
            at += FixedBytes + hash.Length + body.Length;
        }
        return records;
    }
}
