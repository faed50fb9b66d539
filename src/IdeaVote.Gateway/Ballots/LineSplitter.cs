using System.Buffers;

namespace IdeaVote.Gateway.Ballots;

/// <summary>
/// Cuts a stream into lines. A line that is too long is reported once and skipped to its end, so that one bad line costs
/// itself only. Not safe for concurrent use.
/// </summary>
internal sealed class LineSplitter
{
    /// <summary>The longest line, in bytes without its break.</summary>
    public const int MaxLineBytes = 256 * 1024;

    private byte[] joined = [];
    private long scanned;
    private bool skipping;

    /// <summary>What was found.</summary>
    public enum Found
    {
        /// <summary>No whole line is there yet.</summary>
        Nothing,

        /// <summary>A line.</summary>
        Line,

        /// <summary>The beginning of a line that is too long; the rest of it will be passed over.</summary>
        TooLong,
    }

    /// <summary>The number of the line found last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Takes the next line off the front of what has been received.</summary>
    /// <param name="received">What has been received and not taken; afterwards what is left of it.</param>
    /// <param name="line">The line without its break; valid until the next call.</param>
    public Found TryTake(ref ReadOnlySequence<byte> received, out ReadOnlySpan<byte> line)
    {
        line = default;
        while (true)
        {
            // What has been looked at in vain is not looked at again: a line may come one byte at a time.
            var end = received.Slice(scanned).PositionOf((byte)'\n');
            if (end is not { } position)
                return AwaitMore(ref received);
            var taken = received.Slice(0, position);
            received = received.Slice(received.GetPosition(1, position));
            scanned = 0;
            if (skipping)
            {
                skipping = false;
                continue;
            }
            Number++;
            if (taken.Length > MaxLineBytes)
                return Found.TooLong;
            line = Trim(Join(taken));
            return Found.Line;
        }
    }

    /// <summary>Takes what is left when nothing more will come.</summary>
    /// <param name="received">What has been received and not taken.</param>
    /// <param name="line">The last line, which had no break.</param>
    /// <returns>False if nothing is left.</returns>
    public bool TryTakeRest(ref ReadOnlySequence<byte> received, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (skipping || received.IsEmpty)
            return false;
        Number++;
        line = Trim(Join(received));
        received = received.Slice(received.End);
        scanned = 0;
        return true;
    }

    private Found AwaitMore(ref ReadOnlySequence<byte> received)
    {
        scanned = received.Length;
        if (!skipping && scanned <= MaxLineBytes)
            return Found.Nothing;
        received = received.Slice(received.End);
        scanned = 0;
        if (skipping)
            return Found.Nothing;
        skipping = true;
        Number++;
        return Found.TooLong;
    }

    private ReadOnlySpan<byte> Join(ReadOnlySequence<byte> line)
    {
        if (line.IsSingleSegment)
            return line.FirstSpan;
        var length = (int)line.Length;
        if (joined.Length < length)
            joined = new byte[Math.Max(length, 4_096)];
        line.CopyTo(joined);
        return joined.AsSpan(0, length);
    }

    private ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        // Some editors begin a file with a mark that is no JSON.
        if (Number == 1 && line.StartsWith("\uFEFF"u8))
            line = line[3..];
        return line.Trim(" \t\r"u8);
    }
}
