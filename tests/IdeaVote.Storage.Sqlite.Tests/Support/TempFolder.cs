namespace IdeaVote.Storage.Sqlite.Tests.Support;

/// <summary>A folder of one test, gone after it.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ideavote-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>What a crash at this moment would leave behind: the files as they are, without anybody closing them.</summary>
    public TempFolder CopyAsIfCrashed()
    {
        var copy = new TempFolder();
        foreach (var file in Directory.GetFiles(Path))
            if (!file.EndsWith("-shm", StringComparison.Ordinal))
                System.IO.File.Copy(file, copy.File(System.IO.Path.GetFileName(file)));
        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
