using System.Buffers;
using System.Globalization;
using IdeaVote.Engine;

namespace IdeaVote.Gateway.Feed;

/// <summary>Writes events of the feed as lines of JSON or as server-sent events.</summary>
internal static class FeedLines
{
    /// <summary>Writes one event.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="entry">The event.</param>
    /// <param name="position">The written form of its position: letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="asServerSent">Whether as a server-sent event, rather than as a line.</param>
    public static void Write(IBufferWriter<byte> output, FeedEntry entry, string position, bool asServerSent)
    {
        if (asServerSent)
        {
            output.Write("id: "u8);
            WriteAscii(output, position);
            output.Write("\ndata: "u8);
        }
        // Put together by hand: the event's bytes are what the hash covers, and must come out exactly as they lie in the journal.
        output.Write("{\"position\":\""u8);
        WriteAscii(output, position);
        output.Write("\",\"prev\":\""u8);
        WriteHex(output, entry.Prev.Span);
        output.Write("\",\"hash\":\""u8);
        WriteHex(output, entry.Hash.Span);
        output.Write("\""u8);
        if (entry.Partition > 0)
            WritePartition(output, entry.Partition);
        output.Write(",\"event\":"u8);
        output.Write(entry.Body.Span);
        output.Write("}\n"u8);
        if (asServerSent)
            output.Write("\n"u8);
    }

    /// <summary>Writes a comment that keeps a quiet connection alive.</summary>
    public static void WriteHeartbeat(IBufferWriter<byte> output) => output.Write(":\n\n"u8);

    /// <summary>Each partition is a chain of its own; where there is one only, it needs no number.</summary>
    private static void WritePartition(IBufferWriter<byte> output, int partition)
    {
        output.Write(",\"partition\":"u8);
        WriteAscii(output, partition.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteAscii(IBufferWriter<byte> output, string text)
    {
        var span = output.GetSpan(text.Length);
        output.Advance(System.Text.Encoding.ASCII.GetBytes(text, span));
    }

    private static void WriteHex(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        var span = output.GetSpan(bytes.Length * 2);
        Convert.TryToHexStringLower(bytes, span, out var written);
        output.Advance(written);
    }
}
