namespace IdeaVote.Server.Tests.PowerLoss;

/// <summary>
/// What a disk would hold if power failed: of each file only what has been synced. The layer below SQLite
/// (<see cref="FragileFiles"/>) tells it all that is done to the files of one folder. Power fails in the middle of a
/// given operation; what is done after it never reaches the disk.
/// </summary>
/// <remarks>
/// A new file is there once it is synced. A deleted one is gone once its folder is synced, which SQLite does with the first
/// sync of a new journal or write-ahead log; until then it may come back with its last synced content.
/// </remarks>
internal sealed class FragileDisk
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, FragileFile> files = new(StringComparer.Ordinal);
    private long operationsLeft = long.MaxValue;

    /// <summary>Begins with what lies in a folder, all of it durable.</summary>
    public FragileDisk(string folder)
    {
        Folder = folder;
        Directory.CreateDirectory(folder);
        foreach (var path in Directory.GetFiles(folder))
            files.Add(Path.GetFileName(path), new FragileFile(File.ReadAllBytes(path)));
    }

    /// <summary>The folder that the program writes to.</summary>
    public string Folder { get; }

    /// <summary>Whether power has failed.</summary>
    public bool IsDead => Volatile.Read(ref operationsLeft) <= 0;

    /// <summary>Lets power fail in the middle of this many operations from now, 1 or more.</summary>
    public void FailAfter(int operations) => Volatile.Write(ref operationsLeft, operations);

    public void Open(string name) => Do(() =>
    {
        if (!files.TryGetValue(name, out var file))
            files.Add(name, file = new FragileFile(content: null));
        // What SQLite opens with its folder to be synced: journals that are new.
        file.SyncsFolder |= (!file.IsLinked || !file.IsDurable) && (name.EndsWith("-wal", StringComparison.Ordinal) || name.EndsWith("-journal", StringComparison.Ordinal));
        file.IsLinked = true;
    });

    public void Write(string name, long offset, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Do(() => files[name].Pending.Add(new FragileChange(offset, copy)));
    }

    public void Truncate(string name, long length) => Do(() => files[name].Pending.Add(new FragileChange(length, null)));

    public void Sync(string name) => Do(() =>
    {
        var file = files[name];
        file.ApplyPending(change => change);
        if (!file.SyncsFolder)
            return;
        file.SyncsFolder = false;
        foreach (var gone in files.Where(f => !f.Value.IsLinked).Select(f => f.Key).ToList())
            files.Remove(gone);
    });

    public void Delete(string name, bool syncsFolder) => Do(() =>
    {
        if (!files.TryGetValue(name, out var file))
            return;
        // A file of the same name that comes after it begins empty.
        file.Pending.Clear();
        file.Pending.Add(new FragileChange(0, null));
        file.IsLinked = false;
        if (syncsFolder)
            files.Remove(name);
    });

    /// <summary>Writes down what is left after the failure.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="luck">Also saves some of the changes that were never synced, in parts and out of order, as disks do; null for none.</param>
    public void SaveTo(string folder, Random? luck)
    {
        lock (gate)
        {
            Directory.CreateDirectory(folder);
            foreach (var (name, file) in files)
            {
                if (luck is not null)
                    file.ApplyPending(change => change.Torn(luck));
                if (file.IsDurable)
                    File.WriteAllBytes(Path.Combine(folder, name), file.Content);
            }
        }
    }

    private void Do(Action operation)
    {
        lock (gate)
        {
            if (Interlocked.Decrement(ref operationsLeft) > 0)
                operation();
        }
    }
}
