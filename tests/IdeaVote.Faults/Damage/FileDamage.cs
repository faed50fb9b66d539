namespace IdeaVote.Faults.Damage;

/// <summary>Something done to one file.</summary>
/// <param name="File">Its name.</param>
/// <param name="Offset">Which byte, or the new length.</param>
/// <param name="Mask">The bits that flip; 0 where the file is cut off.</param>
internal sealed record FileDamage(string File, long Offset, byte Mask)
{
    public static IEnumerable<FileDamage> Flips(string file, long from, long to)
    {
        // A different bit at each byte, so that all eight have their turn.
        for (var offset = from; offset < to; offset++)
            yield return new FileDamage(file, offset, (byte)(1 << (int)(offset * 5 % 8)));
    }

    public static IEnumerable<FileDamage> Cuts(string file, long from, long to)
    {
        for (var length = from; length < to; length++)
            yield return new FileDamage(file, length, 0);
    }

    public void Do(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, File), FileMode.Open, FileAccess.ReadWrite);
        if (Mask == 0)
        {
            file.SetLength(Offset);
            return;
        }
        file.Position = Offset;
        var flipped = (byte)(file.ReadByte() ^ Mask);
        file.Position = Offset;
        file.WriteByte(flipped);
    }
}
