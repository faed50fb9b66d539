namespace IdeaVote.Server.Tests.Support;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("ideavote-server-");

    public string Path => directory.FullName;

    /// <summary>The path of the server's data folder in it, which does not exist yet.</summary>
    public string Data => File("data");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string DataFile(string name) => System.IO.Path.Combine(Data, name);

    public void Dispose() => directory.Delete(recursive: true);
}
