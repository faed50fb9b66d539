namespace IdeaVote.Server.Tests.PowerLoss;

/// <summary>One file: what is durable of it, and what would be if it were synced.</summary>
internal sealed class FragileFile(byte[]? content)
{
    private byte[] bytes = content ?? [];
    private int length = content?.Length ?? 0;

    /// <summary>Whether it would be there at all after a failure.</summary>
    public bool IsDurable { get; private set; } = content is not null;

    /// <summary>Whether the program sees it.</summary>
    public bool IsLinked { get; set; } = true;

    /// <summary>Whether its next sync syncs its folder too.</summary>
    public bool SyncsFolder { get; set; }

    /// <summary>What was done to it since its last sync.</summary>
    public List<FragileChange> Pending { get; } = [];

    /// <summary>What is durable of it.</summary>
    public ReadOnlySpan<byte> Content => bytes.AsSpan(0, length);

    /// <summary>Makes those of the pending changes durable that <paramref name="reaches"/> chooses (and perhaps shortens).</summary>
    public void ApplyPending(Func<FragileChange, FragileChange?> reaches)
    {
        foreach (var change in Pending)
            if (reaches(change) is { } done)
                Apply(done);
        Pending.Clear();
        IsDurable = true;
    }

    private void Apply(FragileChange change)
    {
        var end = checked((int)(change.Offset + (change.Written?.Length ?? 0)));
        if (end > bytes.Length)
            Array.Resize(ref bytes, Math.Max(end, bytes.Length * 2));
        if (change.Written is null)
        {
            if (end < length)
                bytes.AsSpan(end, length - end).Clear();
            length = end;
            return;
        }
        change.Written.CopyTo(bytes, change.Offset);
        length = Math.Max(length, end);
    }
}

/// <summary>One change of a file.</summary>
/// <param name="Offset">Where it was written, or the new length.</param>
/// <param name="Written">What was written; null if the file's length was set.</param>
internal sealed record FragileChange(long Offset, byte[]? Written)
{
    private const int Sector = 512;

    /// <summary>What reaches the disk of a change nobody waited for: all of it, its beginning, or nothing.</summary>
    public FragileChange? Torn(Random luck) => luck.Next(3) switch
    {
        0 => this,
        1 when Written is not null => this with { Written = Written[..(luck.Next(Written.Length / Sector + 1) * Sector)] },
        _ => null,
    };
}
