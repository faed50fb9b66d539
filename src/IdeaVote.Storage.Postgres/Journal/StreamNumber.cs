using System.Security.Cryptography;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Storage.Postgres.Journal;

/// <summary>
/// The 128 bits by which batches are found that hold events of a stream. In a partition of a campaign's own the key and the kind alone
/// say which stream it is; elsewhere the campaign counts, too, and 128 bits of a SHA-256 hash stand for the three.
/// </summary>
internal static class StreamNumber
{
    private const int Bytes = 16;

    /// <summary>The number of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="own">The campaign whose partition it is; null where a partition is nobody's own.</param>
    public static Guid Of(StreamId stream, CampaignId? own)
    {
        Span<byte> name = stackalloc byte[1 + 2 * Id.ByteLength];
        stream.Key.WriteBytes(name);
        name[Id.ByteLength] = (byte)stream.Kind;
        if (stream.Campaign == own)
            return new Guid(name[..Bytes], bigEndian: true);
        stream.Campaign.Value.WriteBytes(name[(Id.ByteLength + 1)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        return new Guid(hash[..Bytes], bigEndian: true);
    }
}
