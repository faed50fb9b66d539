using System.Diagnostics.Metrics;

namespace IdeaVote.Server.Telemetry;

/// <summary>Tells how much the data folder holds and how much room is left for it.</summary>
internal sealed class StorageGauges : IDisposable
{
    /// <summary>The name of the meter to subscribe to.</summary>
    public const string Name = "IdeaVote.Server";

    /// <summary>The most databases that are told of: somebody may keep others in the folder.</summary>
    private const int MaxFiles = 16;

    private readonly Meter meter = new(Name);
    private readonly DirectoryInfo folder;

    /// <summary>Begins to tell.</summary>
    /// <param name="folder">The data folder.</param>
    public StorageGauges(string folder)
    {
        this.folder = new DirectoryInfo(Path.GetFullPath(folder));
        meter.CreateObservableGauge("ideavote.storage.size", Sizes, "By", "Bytes of each database in the data folder, with its write-ahead log.");
        meter.CreateObservableGauge("ideavote.storage.free", Free, "By", "Bytes that can still be written where the data folder is.");
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private List<Measurement<long>> Sizes()
    {
        try
        {
            return
            [
                .. folder.EnumerateFiles("*.db*")
                    .GroupBy(static file => file.Name[..file.Name.IndexOf(".db", StringComparison.Ordinal)], StringComparer.Ordinal)
                    .OrderBy(static files => files.Key, StringComparer.Ordinal)
                    .Take(MaxFiles)
                    .Select(static files => new Measurement<long>(files.Sum(LengthOf), new KeyValuePair<string, object?>("database", files.Key))),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private List<Measurement<long>> Free()
    {
        try
        {
            return [new Measurement<long>(new DriveInfo(folder.FullName).AvailableFreeSpace)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (IOException)
        {
            // Write-ahead logs come and go.
            return 0;
        }
    }
}
