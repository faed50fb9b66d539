namespace IdeaVote.Cli.Verify;

/// <summary>Reads a file line by line, byte for byte, in the memory of its longest line.</summary>
/// <param name="stream">The file.</param>
internal sealed class ExportLines(Stream stream)
{
    /// <summary>The longest line taken, in bytes: many times what the longest event needs.</summary>
    public const int MaxLineBytes = 4 * 1024 * 1024;

    private byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    /// <summary>The number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line; empty at the end.</summary>
    /// <param name="line">The line without its LF; valid until the next is read.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="DisagreementException">A line is too long, or the last has no end.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var found = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                line = buffer.AsSpan(start, searched + found);
                start += searched + found + 1;
                Number++;
                return true;
            }
            searched = end - start;
            if (Fill())
                continue;
            line = default;
            if (searched > 0)
                throw DisagreementException.At(Number + 1, "it has no end: the file was cut off within it");
            return false;
        }
    }

    private bool Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end > MaxLineBytes)
            throw DisagreementException.At(Number + 1, $"it is longer than {MaxLineBytes} bytes: this is no export of a feed");
        if (end == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        var read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }
}
