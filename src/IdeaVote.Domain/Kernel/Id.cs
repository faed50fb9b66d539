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

    private readonly UInt128 bits;

    private Id(UInt128 bits) => this.bits = bits;

    /// <summary>Makes an id of the first 100 bits of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">At least 13 bytes, evenly distributed (a hash or random bytes).</param>
    /// <exception cref="ArgumentException">Fewer than 13 bytes were given.</exception>
    public static Id FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ByteLength)
            throw new ArgumentException("An id needs at least 13 bytes.", nameof(bytes));
        UInt128 value = 0;
        for (var i = 0; i < ByteLength; i++)
            value = (value << 8) | bytes[i];
        return new Id(value >> 4);
    }

    /// <summary>The length of the binary form, in bytes.</summary>
    public const int ByteLength = 13;

    /// <summary>Writes the binary form, which <see cref="FromBytes"/> reads back and which sorts as ids do.</summary>
    /// <param name="bytes">At least 13 bytes.</param>
    public void WriteBytes(Span<byte> bytes)
    {
        var value = bits << 4;
        for (var i = ByteLength - 1; i >= 0; i--)
        {
            bytes[i] = (byte)value;
            value >>= 8;
        }
    }

    /// <summary>Reads the written form; only lower case and exactly 20 characters are taken.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Id id)
    {
        id = default;
        if (text.Length != Length)
            return false;
        UInt128 value = 0;
        foreach (var c in text)
        {
            var digit = c < 128 ? Digits[c] : -1;
            if (digit < 0)
                return false;
            value = (value << 5) | (byte)digit;
        }
        id = new Id(value);
        return true;
    }

    /// <summary>Reads the written form in UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out Id id)
    {
        id = default;
        if (utf8.Length != Length)
            return false;
        // Two halves of 50 bits: 64-bit shifts are several times faster than 128-bit ones, and this runs for every event read.
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
        id = new Id(((UInt128)high << 50) | low);
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
        var high = (ulong)(bits >> 50);
        var low = (ulong)bits & ((1UL << 50) - 1);
        for (var i = 9; i >= 0; i--)
        {
            utf8[i] = (byte)Alphabet[(int)(high & 31)];
            utf8[i + 10] = (byte)Alphabet[(int)(low & 31)];
            high >>= 5;
            low >>= 5;
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
    public int Prefix(int count) => (int)(bits >> (100 - count));

    /// <inheritdoc/>
    public int CompareTo(Id other) => bits.CompareTo(other.bits);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)(ulong)bits;

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
