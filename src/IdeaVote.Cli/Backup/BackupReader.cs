using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using IdeaVote.Engine.Backup;

namespace IdeaVote.Cli.Backup;

/// <summary>Reads a backup once, from its first file to its last, and compares each with what the manifest says of it.</summary>
internal static class BackupReader
{
    /// <summary>The largest manifest and the largest piece of a journal that are taken, in bytes.</summary>
    private const int MaxInMemoryBytes = 256 * 1024 * 1024;

    /// <summary>Takes one file of a backup.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">What it holds; may be read or left.</param>
    /// <param name="cancel">Ends the reading.</param>
    public delegate Task Take(string name, Stream content, CancellationToken cancel);

    /// <summary>Reads a backup.</summary>
    /// <param name="path">The archive; with .gz at its end, compressed.</param>
    /// <param name="take">Takes each file before the manifest, in order, before it is known whether its hash agrees.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="BackupException">It is none, is not whole, or a file is not what was written; the message names it.</exception>
    public static async Task<BackupManifest> ReadAsync(string path, Take take, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, useAsync: true);
        await using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        await using var tar = new TarReader(stream);
        var seen = new List<BackupFile>();
        byte[]? manifest = null;
        try
        {
            while (await tar.GetNextEntryAsync(cancellationToken: cancel) is { } entry)
            {
                var content = entry.DataStream ?? Stream.Null;
                if (manifest is not null)
                    return Check(path, manifest, await InMemoryAsync(entry, cancel), entry.Name, seen);
                if (entry.Name == BackupNames.Manifest)
                    manifest = await InMemoryAsync(entry, cancel);
                else
                    seen.Add(await TakeAsync(entry.Name, content, take, cancel));
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new BackupException($"{path} is damaged or no backup, {After(seen)}: {e.Message}", e);
        }
        throw new BackupException($"{path} is not whole: it ends {After(seen)} without its manifest. Take the backup again.");
    }

    private static async Task<BackupFile> TakeAsync(string name, Stream content, Take take, CancellationToken cancel)
    {
        await using var hashed = new HashedStream(content);
        try
        {
            await take(name, hashed, cancel);
        }
        catch (FormatException e)
        {
            throw new BackupException($"{name} of the backup is not what was written: {e.Message}", e);
        }
        await hashed.CopyToAsync(Stream.Null, cancel);
        return new BackupFile(name, hashed.Bytes, hashed.Sha256());
    }

    /// <summary>Reads a small file as a whole.</summary>
    public static async Task<byte[]> InMemoryAsync(Stream content, long length, CancellationToken cancel)
    {
        if (length > MaxInMemoryBytes)
            throw new FormatException($"it is larger than {MaxInMemoryBytes} bytes");
        var bytes = new byte[length];
        await content.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    private static Task<byte[]> InMemoryAsync(TarEntry entry, CancellationToken cancel) => InMemoryAsync(entry.DataStream ?? Stream.Null, entry.Length, cancel);

    private static BackupManifest Check(string path, byte[] bytes, byte[] hash, string hashName, List<BackupFile> seen)
    {
        if (hashName != BackupNames.ManifestHash || !hash.AsSpan().SequenceEqual(BackupArchive.HashLine(bytes)))
            throw new BackupException($"{BackupNames.Manifest} of the backup is not what was written: its SHA-256 is not that of {BackupNames.ManifestHash}");
        BackupManifest manifest;
        try
        {
            using var json = JsonDocument.Parse(bytes);
            if (json.RootElement.GetProperty("format").GetInt32() is var format && format != BackupManifest.CurrentFormat)
                throw new BackupException($"{path} is a backup in format {format}; this program knows format {BackupManifest.CurrentFormat}. Use the version of ideavote that wrote it, or a newer one.");
            manifest = JsonSerializer.Deserialize(bytes, BackupJson.Default.BackupManifest) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new BackupException($"{BackupNames.Manifest} of the backup can't be read: {e.Message}", e);
        }
        for (var i = 0; i < Math.Max(seen.Count, manifest.Files.Count); i++)
        {
            if (i >= seen.Count)
                throw new BackupException($"{manifest.Files[i].Name} of the backup is missing");
            if (i >= manifest.Files.Count || manifest.Files[i].Name != seen[i].Name)
                throw new BackupException($"{seen[i].Name} of the backup is not among the files of its manifest at this place");
            if (manifest.Files[i] != seen[i])
                throw new BackupException($"{seen[i].Name} of the backup is not what was written: its SHA-256 is {seen[i].Sha256}, not {manifest.Files[i].Sha256}");
        }
        return manifest;
    }

    private static string After(List<BackupFile> seen) => seen.Count == 0 ? "at its beginning" : $"after {seen[^1].Name}";
}
