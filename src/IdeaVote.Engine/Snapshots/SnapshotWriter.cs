using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Snapshots;

/// <summary>Writes the compact form of snapshots; <see cref="SnapshotReader"/> reads it.</summary>
internal sealed class SnapshotWriter
{
    private readonly ArrayBufferWriter<byte> output = new(256);

    /// <summary>What was written, with a checksum behind it, as a copy.</summary>
    public byte[] ToArray()
    {
        var checksum = Checksum(output.WrittenSpan);
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(4), checksum);
        output.Advance(4);
        var copy = output.WrittenSpan.ToArray();
        output.ResetWrittenCount();
        return copy;
    }

    /// <summary>CRC-32C, so that a flipped bit in a snapshot is found before it becomes a wrong vote.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }
        foreach (var b in bytes)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }

    public void Write(long value)
    {
        // Zigzag, then seven bits a byte: small numbers of either sign are short.
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var span = output.GetSpan(10);
        var length = 0;
        while (rest >= 0x80)
        {
            span[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }
        span[length++] = (byte)rest;
        output.Advance(length);
    }

    public void Write(bool value) => Write(value ? 1 : 0);

    public void Write(Instant value) => Write(value.UnixMilliseconds);

    public void Write(Id id)
    {
        id.WriteBytes(output.GetSpan(Id.ByteLength));
        output.Advance(Id.ByteLength);
    }

    public void Write(Id? id)
    {
        Write(id.HasValue);
        if (id is { } value)
            Write(value);
    }

    public void Write(decimal? value)
    {
        Write(value.HasValue);
        if (value is not { } number)
            return;
        foreach (var part in decimal.GetBits(number))
            Write(part);
    }

    public void WriteMaybe(int? value)
    {
        Write(value.HasValue);
        if (value is { } number)
            Write((long)number);
    }

    public void Write(TextRef? text)
    {
        Write(text is not null);
        if (text is null)
            return;
        Write(text.Id.Value);
        Convert.FromHexString(text.Hash, output.GetSpan(32), out _, out var written);
        output.Advance(written);
    }

    public void Write(ImmutableArray<TermId> terms)
    {
        Write(terms.Length);
        foreach (var term in terms)
            Write(term.Value);
    }
}
