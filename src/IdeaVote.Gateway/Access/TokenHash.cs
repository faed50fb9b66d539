using System.Buffers.Binary;

namespace IdeaVote.Gateway.Access;

/// <summary>The SHA-256 of a token, as a key.</summary>
/// <param name="High">Its first half.</param>
/// <param name="Low">Its second half.</param>
internal readonly record struct TokenHash(UInt128 High, UInt128 Low)
{
    /// <summary>Reads 32 bytes.</summary>
    public static TokenHash Of(ReadOnlySpan<byte> hash) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));

    /// <inheritdoc/>
    public override int GetHashCode() => (int)(ulong)Low;
}
