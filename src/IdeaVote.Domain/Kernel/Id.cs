using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace IdeaVote.Domain.Kernel;

/// <summary>
/// A 100-bit identifier, written as 20 characters of Crockford's base 32 in lower case
/// (<c>0-9a-z</c> without <c>i l o u</c>). It says nothing about what it names: ids of persons and of
/// things that a caller named are keyed hashes made outside the domain.
/// </summary>
public readonly record struct Id : IComparable<Id>
{
    /// <summary>The number of characters of the written form.</summary>
    public const int Length = 20;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private const int HalfBits = 50;
    private const ulong HalfMask = (1UL << HalfBits) - 1;

    // Two halves of ten characters each: 64-bit arithmetic is several times faster than 128-bit, and a UInt128 would make every
    // nullable id 32 bytes long.
    private readonly ulong high;
    private readonly ulong low;

    private Id(ulong high, ulong low) => (this.high, this.low) = (high, low);

    /// <summary>Makes an id of the first 100 bits of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">At least 13 bytes, evenly distributed (a hash or random bytes).</param>
    /// <exception cref="ArgumentException">Fewer than 13 bytes were given.</exception>
    public static Id FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ByteLength)
            throw new ArgumentException("An id needs at least 13 bytes.", nameof(bytes));
        // Bits 0 to 63 and 40 to 103, of which the halves are bits 0 to 49 and 50 to 99.
        var first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var last = BinaryPrimitives.ReadUInt64BigEndian(bytes[(ByteLength - sizeof(ulong))..]);
        return new Id(first >> 14, (last >> 4) & HalfMask);
    }

    /// <summary>The length of the binary form, in bytes.</summary>
    public const int ByteLength = 13;

    /// <summary>Writes the binary form, which <see cref="FromBytes"/> reads back and which sorts as ids do.</summary>
    /// <param name="bytes">At least 13 bytes.</param>
    public void WriteBytes(Span<byte> bytes)
    {
        // The two writes overlap in the bytes of bits 40 to 63, and agree on them.
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (high << 14) | (low >> 36));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[(ByteLength - sizeof(ulong))..], (high << 54) | (low << 4));
    }

    /// <summary>Reads the written form; only lower case and exactly 20 characters are taken.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Id id)
    {
        Span<byte> ascii = stackalloc byte[Length];
        id = default;
        return text.Length == Length
            && System.Text.Ascii.FromUtf16(text, ascii, out _) == OperationStatus.Done
            && TryParse(ascii, out id);
    }

    /// <summary>Reads the written form in UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out Id id)
    {
        id = default;
        if (utf8.Length != Length)
            return false;
        ulong high = 0, low = 0;
        for (var i = 0; i < 10; i++)
        {
            var a = utf8[i] < 128 ? Digits[utf8[i]] : -1;
            var b = utf8[i + 10] < 128 ? Digits[utf8[i + 10]] : -1;
            if ((a | b) < 0)
                return false;
            high = (high << 5) | (byte)a;
            low = (low << 5) | (byte)b;
        }
        id = new Id(high, low);
        return true;
    }

    /// <summary>Reads the written form.</summary>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static Id Parse([NotNull] string? text) =>
        text is not null && TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not an id.");

    /// <summary>Writes the 20 characters in UTF-8 to the start of <paramref name="utf8"/>.</summary>
    /// <param name="utf8">At least 20 bytes.</param>
    public void Format(Span<byte> utf8)
    {
        var (first, second) = (high, low);
        for (var i = 9; i >= 0; i--)
        {
            utf8[i] = (byte)Alphabet[(int)(first & 31)];
            utf8[i + 10] = (byte)Alphabet[(int)(second & 31)];
            first >>= 5;
            second >>= 5;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(Length, this, static (chars, id) =>
    {
        Span<byte> utf8 = stackalloc byte[Length];
        id.Format(utf8);
        for (var i = 0; i < Length; i++)
            chars[i] = (char)utf8[i];
    });

    /// <summary>The highest bits, as a number: ids that sort side by side have the same.</summary>
    /// <param name="count">How many bits, 1 to 31.</param>
    public int Prefix(int count) => (int)(high >> (HalfBits - count));

    /// <inheritdoc/>
    public int CompareTo(Id other) => high == other.high ? low.CompareTo(other.low) : high.CompareTo(other.high);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)low;

    private static ReadOnlySpan<sbyte> Digits => DigitTable;

    private static readonly sbyte[] DigitTable = MakeDigits();

    private static sbyte[] MakeDigits()
    {
        var table = new sbyte[128];
        Array.Fill(table, (sbyte)-1);
        for (var i = 0; i < Alphabet.Length; i++)
            table[Alphabet[i]] = (sbyte)i;
        return table;
    }
}
