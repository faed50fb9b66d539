using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Embedded;

/// <summary>The folder that holds everything of one server, locked for one process at a time.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream lockFile;

    private DataFolder(string path, FileStream lockFile)
    {
        Path = path;
        this.lockFile = lockFile;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder if there is none, and locks it.</summary>
    /// <exception cref="JournalException">It can't be used, or another process uses it; the message says which.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(full);
            else
                Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            // The lock goes with the process, however it ends; the file itself stays and means nothing.
            var held = new FileStream(System.IO.Path.Combine(full, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataFolder(full, held);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new JournalException($"The data folder {full} can't be written to: {e.Message} Give this user the right to write there, or choose another folder with --data.", e);
        }
        catch (IOException e) when (System.IO.File.Exists(System.IO.Path.Combine(full, "lock")))
        {
            throw new JournalException($"The data folder {full} is in use by another process. Stop that one first, or choose another folder with --data.", e);
        }
        catch (IOException e)
        {
            throw new JournalException($"The data folder {full} can't be used: {e.Message} Choose another folder with --data.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => lockFile.Dispose();
}
