using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IdeaVote.Engine.Backup;

/// <summary>Writes a backup's files one after the other into a tar archive, and what they are at its end.</summary>
/// <param name="output">Where to; left open.</param>
/// <param name="at">The moment of the backup.</param>
public sealed class BackupArchive(Stream output, DateTimeOffset at) : IAsyncDisposable
{
    private readonly TarWriter tar = new(output, TarEntryFormat.Pax, leaveOpen: true);
    private readonly List<BackupFile> files = [];

    /// <summary>Adds a file.</summary>
    /// <param name="name">One of <see cref="BackupNames"/>.</param>
    /// <param name="content">What it holds, from where it stands to its end; it is read twice.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public async Task AddAsync(string name, Stream content, CancellationToken cancellation)
    {
        var begin = content.Position;
        var sha256 = await SHA256.HashDataAsync(content, cancellation);
        files.Add(new BackupFile(name, content.Position - begin, Convert.ToHexStringLower(sha256)));
        content.Position = begin;
        await WriteAsync(name, content, cancellation);
    }

    /// <summary>Ends the archive with its manifest.</summary>
    /// <param name="version">The product's version.</param>
    /// <param name="events">How many events the journal has.</param>
    /// <param name="campaigns">What each campaign's chain came to.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public async Task FinishAsync(string version, long events, IReadOnlyList<BackupChain> campaigns, CancellationToken cancellation)
    {
        var manifest = JsonSerializer.SerializeToUtf8Bytes(
            new BackupManifest(BackupManifest.CurrentFormat, version, at, events, campaigns, files), BackupJson.Default.BackupManifest);
        await WriteAsync(BackupNames.Manifest, new MemoryStream(manifest), cancellation);
        await WriteAsync(BackupNames.ManifestHash, new MemoryStream(HashLine(manifest)), cancellation);
    }

    /// <summary>What <see cref="BackupNames.ManifestHash"/> holds of a manifest.</summary>
    public static byte[] HashLine(ReadOnlySpan<byte> manifest) =>
        Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(manifest))}  {BackupNames.Manifest}\n");

    /// <summary>Ends the archive's own form.</summary>
    public ValueTask DisposeAsync() => tar.DisposeAsync();

    private Task WriteAsync(string name, Stream content, CancellationToken cancellation) => tar.WriteEntryAsync(
        new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = content,
            // It holds the secret that ids are keyed with: for its owner's eyes only, wherever it is unpacked.
            Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            ModificationTime = at,
        },
        cancellation);
}
