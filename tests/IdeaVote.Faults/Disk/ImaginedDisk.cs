using System.Runtime.InteropServices;
using System.Text;

namespace IdeaVote.Faults.Disk;

/// <summary>
/// What a disk would hold if power failed: of each file only what was synced. It reads what <c>faultdisk.c</c> wrote down.
/// </summary>
/// <remarks>
/// A new file is there once it or its folder is synced. What was deleted or renamed stays so once the folder is synced; until then it may come
/// back as it was.
/// </remarks>
internal sealed class ImaginedDisk
{
    private enum Kind { Start = 1, Open, Write, Truncate, Sync, SyncFailed, SyncFolder, Unlink, Rename }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Change(int Kind, int File, long Offset, long Length);

    private readonly string folder;
    private readonly string trace;
    private readonly Dictionary<int, ImaginedFile> open = [];
    private Dictionary<string, ImaginedFile> seen = new(StringComparer.Ordinal);
    private Dictionary<string, ImaginedFile> durable = new(StringComparer.Ordinal);
    private (Dictionary<string, ImaginedFile> Seen, ImaginedFile? File, Bytes? Content) beforeLast;

    /// <summary>Begins with what lies in a folder, all of it durable.</summary>
    /// <param name="folder">The folder, which is there.</param>
    /// <param name="trace">Where its changes are written down; it begins empty.</param>
    public ImaginedDisk(string folder, string trace)
    {
        (this.folder, this.trace) = (folder, trace);
        File.WriteAllBytes(trace, []);
        foreach (var path in Directory.GetFiles(folder))
            seen.Add(Path.GetFileName(path), ImaginedFile.Durable(File.ReadAllBytes(path)));
        durable = new(seen, StringComparer.Ordinal);
    }

    /// <summary>Takes in what has happened since. The process must have ended.</summary>
    /// <exception cref="InvalidOperationException">The folder is not what the changes make of it: something changed it past the trace.</exception>
    public void CatchUp()
    {
        beforeLast = default;
        using (var reader = new BinaryReader(new FileStream(trace, FileMode.Open, FileAccess.Read)))
        {
            var header = new byte[Marshal.SizeOf<Change>()];
            while (reader.BaseStream.Length > reader.BaseStream.Position)
            {
                reader.BaseStream.ReadExactly(header);
                var change = MemoryMarshal.Read<Change>(header);
                var bytes = reader.ReadBytes((int)change.Length);
                if (reader.BaseStream.Length == reader.BaseStream.Position)
                    beforeLast = (new(seen, StringComparer.Ordinal), open.GetValueOrDefault(change.File), open.GetValueOrDefault(change.File)?.Seen.Copy());
                Apply(change, bytes);
            }
        }
        // What is written down is taken in once; it would grow by every page that is written.
        File.WriteAllBytes(trace, []);
        var missed = Missed();
        if (missed.Count > 0 && beforeLast.Seen is not null)
        {
            // The process may have been killed after the last change was written down and before it was made.
            seen = beforeLast.Seen;
            beforeLast.File?.Undo(beforeLast.Content!);
            if (Missed().Count > 0)
                throw new InvalidOperationException($"Something changed {string.Join(", ", missed)} past the harness: it can't tell what would be left.");
        }
    }

    private List<string> Missed()
    {
        var missed = new List<string>();
        foreach (var path in Directory.GetFiles(folder).Where(path => !IsMapped(path)))
            if (!seen.TryGetValue(Path.GetFileName(path), out var file) || !file.Seen.Span.SequenceEqual(File.ReadAllBytes(path)))
                missed.Add(Path.GetFileName(path));
        missed.AddRange(seen.Keys.Where(name => !IsMapped(name) && !File.Exists(Path.Combine(folder, name))));
        return missed;
    }

    /// <summary>Loses power: the folder holds afterwards what the disk held.</summary>
    /// <param name="luck">Also keeps some of what was never synced; null for none.</param>
    public void LosePower(Random? luck)
    {
        foreach (var file in durable.Values.Concat(seen.Values).Distinct())
            file.LosePower(luck);
        var left = new Dictionary<string, ImaginedFile>(StringComparer.Ordinal);
        foreach (var name in durable.Keys.Union(seen.Keys, StringComparer.Ordinal))
        {
            var file = (luck is not null && luck.Next(2) == 0 ? seen : durable).GetValueOrDefault(name);
            if (file?.Synced is not null && !IsMapped(name))
                left.Add(name, file);
        }
        foreach (var path in Directory.GetFiles(folder))
            File.Delete(path);
        foreach (var (name, file) in left)
            File.WriteAllBytes(Path.Combine(folder, name), file.Seen.Span);
        seen = left;
        durable = new(left, StringComparer.Ordinal);
        // Mapped memory leaves anything at all.
        if (luck is not null && left.ContainsKey("journal.db-wal"))
        {
            var garbage = new byte[32 * 1024];
            luck.NextBytes(garbage);
            File.WriteAllBytes(Path.Combine(folder, "journal.db-shm"), garbage);
        }
    }

    private static bool IsMapped(string path) => path.EndsWith("-shm", StringComparison.Ordinal);

    private void Apply(in Change change, byte[] bytes)
    {
        switch ((Kind)change.Kind)
        {
            case Kind.Start:
                open.Clear();
                break;
            case Kind.Open:
                var name = Encoding.UTF8.GetString(bytes);
                if (!seen.TryGetValue(name, out var file))
                    seen.Add(name, file = new ImaginedFile());
                open[change.File] = file;
                break;
            case Kind.Write:
                open[change.File].Write(change.Offset, bytes);
                break;
            case Kind.Truncate:
                open[change.File].Truncate(change.Offset);
                break;
            case Kind.Sync:
                Sync(open[change.File]);
                break;
            case Kind.SyncFailed:
                open[change.File].LosePending();
                break;
            case Kind.SyncFolder:
                durable = new(seen, StringComparer.Ordinal);
                break;
            case Kind.Unlink:
                seen.Remove(Encoding.UTF8.GetString(bytes));
                break;
            case Kind.Rename:
                var (from, to) = Encoding.UTF8.GetString(bytes).Split('\0') is [var a, var b] ? (a, b) : throw new InvalidOperationException("A rename has two names.");
                if (seen.Remove(from, out var moved))
                    seen[to] = moved;
                break;
            default:
                throw new InvalidOperationException($"The trace holds a change of kind {change.Kind}.");
        }
    }

    private void Sync(ImaginedFile file)
    {
        file.Sync();
        foreach (var (name, other) in seen)
            if (ReferenceEquals(other, file) && !durable.ContainsKey(name))
                durable.Add(name, file);
    }
}
