using System.Buffers.Binary;
using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Snapshots;

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote.</summary>
internal ref struct SnapshotReader
{
    private ReadOnlySpan<byte> rest;

    /// <summary>Checks the checksum and begins.</summary>
    /// <exception cref="FormatException">The snapshot is damaged.</exception>
    public SnapshotReader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || SnapshotWriter.Checksum(bytes[..^4]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]))
            throw new FormatException("A snapshot is damaged.");
        rest = bytes[..^4];
    }

    public long ReadLong()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Take(1)[0];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return (long)(value >> 1) ^ -(long)(value & 1);
        }
        throw new FormatException("A number in a snapshot is too long.");
    }

    public int ReadInt() => checked((int)ReadLong());

    public bool ReadBool() => ReadLong() != 0;

    public Instant ReadInstant() => new(ReadLong());

    public Id ReadId() => Id.FromBytes(Take(Id.ByteLength));

    public Id? ReadMaybeId() => ReadBool() ? ReadId() : null;

    public decimal? ReadMaybeDecimal() =>
        ReadBool() ? new decimal([ReadInt(), ReadInt(), ReadInt(), ReadInt()]) : null;

    public int? ReadMaybeInt() => ReadBool() ? ReadInt() : null;

    public TextRef? ReadMaybeText() =>
        ReadBool() ? new TextRef(new TextId(ReadId()), Convert.ToHexStringLower(Take(32))) : null;

    public TextRef ReadText() => ReadMaybeText() ?? throw new FormatException("A snapshot lacks a text.");

    public ImmutableArray<TermId> ReadTerms()
    {
        var terms = ImmutableArray.CreateBuilder<TermId>();
        for (var count = ReadInt(); count > 0; count--)
            terms.Add(new TermId(ReadId()));
        return terms.DrainToImmutable();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (rest.Length < count)
            throw new FormatException("A snapshot is cut short.");
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
