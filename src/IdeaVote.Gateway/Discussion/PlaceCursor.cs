using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Input;

namespace IdeaVote.Gateway.Discussion;

/// <summary>Where a list of discussions goes on: after what has this time and id. What comes and goes meanwhile spoils nothing.</summary>
/// <param name="Kind">Which list it belongs to.</param>
/// <param name="At">The time.</param>
/// <param name="Id">The id.</param>
internal readonly record struct PlaceCursor(byte Kind, Instant At, Id Id)
{
    /// <summary>The kind of a list of reports; lists of threads have the number of their order.</summary>
    public const byte Reports = 100;

    private const int Bytes = 1 + sizeof(long) + Id.ByteLength;

    /// <summary>The written form.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bytes[0] = Kind;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], At.UnixMilliseconds);
        Id.WriteBytes(bytes[(1 + sizeof(long))..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads the written form; null if there is none.</summary>
    /// <param name="text">What the caller sent.</param>
    /// <param name="kind">The list it must belong to.</param>
    /// <exception cref="Http.ApiException">400 <c>invalid_cursor</c>.</exception>
    public static PlaceCursor? Read(string? text, byte kind)
    {
        if (text is null)
            return null;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done || length != Bytes || bytes[0] != kind)
            throw CommonProblems.Invalid("cursor", "This is not a cursor of this list; begin again without one.", "invalid_cursor");
        return new PlaceCursor(kind, new Instant(BinaryPrimitives.ReadInt64LittleEndian(bytes[1..])), Id.FromBytes(bytes[(1 + sizeof(long))..]));
    }
}
