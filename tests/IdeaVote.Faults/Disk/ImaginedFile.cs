namespace IdeaVote.Faults.Disk;

/// <summary>A file as the process sees it, and as the disk would hold it if power failed now.</summary>
internal sealed class ImaginedFile
{
    private const int Sector = 512;

    private readonly List<(long Offset, byte[]? Written)> pending = [];

    /// <summary>What the process sees.</summary>
    public Bytes Seen { get; private set; } = new();

    /// <summary>What has been synced; null if the file itself never was.</summary>
    public Bytes? Synced { get; private set; }

    public static ImaginedFile Durable(byte[] content) => new() { Seen = new Bytes(content), Synced = new Bytes(content) };

    public void Write(long offset, byte[] bytes)
    {
        Seen.Write(offset, bytes);
        pending.Add((offset, bytes));
    }

    public void Truncate(long length)
    {
        Seen.Truncate(length);
        pending.Add((length, null));
    }

    public void Sync()
    {
        Synced ??= new Bytes();
        foreach (var (offset, written) in pending)
            Apply(Synced, offset, written);
        pending.Clear();
    }

    /// <summary>
    /// A sync that failed: as on Linux, what it should have written stays visible, counts as written, and never reaches the disk.
    /// </summary>
    public void LosePending() => pending.Clear();

    /// <summary>The last change was not made after all: what the process sees is what it saw before.</summary>
    public void Undo(Bytes before) => Seen = before;

    /// <summary>Loses power.</summary>
    /// <param name="luck">Also keeps some of what was never synced, in parts and out of order, as disks do; null for none.</param>
    public void LosePower(Random? luck)
    {
        foreach (var (offset, written) in pending)
        {
            if (luck is null)
                continue;
            // None of it, all of it, or its beginning.
            var fate = luck.Next(3);
            if (fate == 0)
                continue;
            Synced ??= new Bytes();
            Apply(Synced, offset, fate == 1 || written is null ? written : written[..(luck.Next(written.Length / Sector + 1) * Sector)]);
        }
        pending.Clear();
        if (Synced is not null)
            Seen = Synced.Copy();
    }

    private static void Apply(Bytes content, long offset, byte[]? written)
    {
        if (written is null)
            content.Truncate(offset);
        else
            content.Write(offset, written);
    }
}

/// <summary>Bytes that grow.</summary>
internal sealed class Bytes
{
    private byte[] buffer;

    public Bytes()
        : this([])
    {
    }

    public Bytes(byte[] content) => (buffer, Length) = ([.. content], content.Length);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, Length);

    public void Write(long offset, byte[] bytes)
    {
        Reserve(checked((int)offset + bytes.Length));
        bytes.CopyTo(buffer, offset);
    }

    public void Truncate(long length)
    {
        var wanted = checked((int)length);
        if (wanted < Length)
            buffer.AsSpan(wanted, Length - wanted).Clear();
        else
            Reserve(wanted);
        Length = wanted;
    }

    public Bytes Copy() => new(Span.ToArray());

    private void Reserve(int length)
    {
        if (length > buffer.Length)
            Array.Resize(ref buffer, Math.Max(length, buffer.Length * 2));
        Length = Math.Max(Length, length);
    }
}
