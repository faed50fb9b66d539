namespace IdeaVote.Benchmarks;

/// <summary>A folder that goes when it is done with.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ideavote-bench-");

    public string Path => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
