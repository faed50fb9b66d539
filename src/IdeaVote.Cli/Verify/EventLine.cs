using System.Buffers;
using System.Buffers.Text;
using System.Text;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Cli.Verify;

/// <summary>One line of the feed, taken apart byte for byte: an event's hash covers its bytes as they stand in the line.</summary>
internal readonly ref struct EventLine
{
    private const int HexChars = 2 * HashChain.HashBytes;
    private const int MaxPartition = 100_000;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    private EventLine(ReadOnlySpan<byte> position, byte[] prev, byte[] hash, int partition, ReadOnlySpan<byte> body)
    {
        Position = position;
        (Prev, Hash, Partition) = (prev, hash, partition);
        Body = body;
    }

    /// <summary>The position's written form.</summary>
    public ReadOnlySpan<byte> Position { get; }

    /// <summary>The hash that it says came before it.</summary>
    public byte[] Prev { get; }

    /// <summary>The hash that it says it has.</summary>
    public byte[] Hash { get; }

    /// <summary>The number of its partition, from 0.</summary>
    public int Partition { get; }

    /// <summary>The event.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Takes a line apart.</summary>
    /// <returns>False if it is not of the form that the feed has.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out EventLine parsed)
    {
        parsed = default;
        var rest = line;
        if (!Skip(ref rest, "{\"position\":\""u8) || !UpTo(ref rest, out var position) || position.IsEmpty
            || !Skip(ref rest, ",\"prev\":\""u8) || !Hex(ref rest, out var prev)
            || !Skip(ref rest, ",\"hash\":\""u8) || !Hex(ref rest, out var hash))
            return false;
        var partition = 0;
        if (Skip(ref rest, ",\"partition\":"u8))
        {
            // Partition 0 bears no number, so that each line has one form only.
            if (!Utf8Parser.TryParse(rest, out partition, out var digits) || partition is < 1 or > MaxPartition || rest[0] == '0' || rest[0] == '+')
                return false;
            rest = rest[digits..];
        }
        if (!Skip(ref rest, ",\"event\":"u8) || rest is not [(byte)'{', .., (byte)'}'])
            return false;
        parsed = new EventLine(position, prev, hash, partition, rest[..^1]);
        return true;
    }

    private static bool Skip(scoped ref ReadOnlySpan<byte> rest, scoped ReadOnlySpan<byte> expected)
    {
        if (!rest.StartsWith(expected))
            return false;
        rest = rest[expected.Length..];
        return true;
    }

    private static bool UpTo(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        var quote = rest.IndexOf((byte)'"');
        text = quote < 0 ? default : rest[..quote];
        rest = rest[(quote + 1)..];
        return quote >= 0 && !text.Contains((byte)'\\');
    }

    private static bool Hex(scoped ref ReadOnlySpan<byte> rest, out byte[] bytes)
    {
        bytes = [];
        if (!UpTo(ref rest, out var text) || text.Length != HexChars || text.ContainsAnyExcept(HexDigits))
            return false;
        bytes = Convert.FromHexString(Encoding.ASCII.GetString(text));
        return true;
    }
}
