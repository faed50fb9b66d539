namespace IdeaVote.Silo.Storage;

/// <summary>A folder for what can be made again: one that was named, or one of its own that is deleted at the end.</summary>
internal sealed class ScratchFolder : IAsyncDisposable
{
    private readonly bool isOwn;

    public ScratchFolder(string? path)
    {
        isOwn = path is null;
        Path = path is null ? Directory.CreateTempSubdirectory("ideavote-").FullName : Directory.CreateDirectory(path).FullName;
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public ValueTask DisposeAsync()
    {
        try
        {
            if (isOwn)
                Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // What is left lies among other temporary files.
        }
        return ValueTask.CompletedTask;
    }
}
