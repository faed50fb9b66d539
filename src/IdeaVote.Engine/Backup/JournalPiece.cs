using System.Buffers.Binary;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Backup;

/// <summary>
/// A stretch of the journal as a file: for each event the campaign's id (13 bytes), the chain's hash (32), the length of the body (4,
/// little-endian) and the body. No event is cut in two.
/// </summary>
public static class JournalPiece
{
    /// <summary>A piece ends with the event that makes it this long, in bytes.</summary>
    public const int Bytes = 4 * 1024 * 1024;

    private const int HeadBytes = Id.ByteLength + HashChain.HashBytes + sizeof(int);

    /// <summary>Writes an event.</summary>
    public static void Write(MemoryStream output, StoredRecord record)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        record.Campaign.Value.WriteBytes(head);
        record.Hash.CopyTo(head[Id.ByteLength..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[(Id.ByteLength + HashChain.HashBytes)..], record.Body.Length);
        output.Write(head);
        output.Write(record.Body);
    }

    /// <summary>Reads the events of a piece, in order.</summary>
    /// <param name="piece">The whole piece.</param>
    /// <param name="after">The position of the last event before it.</param>
    /// <exception cref="FormatException">It is no piece of a journal.</exception>
    public static List<StoredRecord> Read(ReadOnlySpan<byte> piece, long after)
    {
        var records = new List<StoredRecord>();
        while (piece.Length > 0)
        {
            if (piece.Length < HeadBytes)
                throw new FormatException("it ends in the middle of an event");
            var length = BinaryPrimitives.ReadInt32LittleEndian(piece[(Id.ByteLength + HashChain.HashBytes)..]);
            if (length < 0 || length > piece.Length - HeadBytes)
                throw new FormatException("it ends in the middle of an event");
            var campaign = new CampaignId(Id.FromBytes(piece[..Id.ByteLength]));
            var hash = piece.Slice(Id.ByteLength, HashChain.HashBytes).ToArray();
            records.Add(new StoredRecord(++after, campaign, piece.Slice(HeadBytes, length).ToArray(), hash));
            piece = piece[(HeadBytes + length)..];
        }
        return records;
    }
}
