using System.Text;

namespace IdeaVote.Storage.Sqlite.Tests.Support;

/// <summary>Looks for bytes in every file of a folder, whoever has it open.</summary>
internal sealed class FileScan
{
    private readonly List<(string Name, byte[] Bytes)> files = [];

    public FileScan(string folder)
    {
        foreach (var file in Directory.GetFiles(folder))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            files.Add((Path.GetFileName(file), memory.ToArray()));
        }
    }

    /// <summary>The first file that holds these bytes; null if none does.</summary>
    public string? Find(ReadOnlySpan<byte> bytes)
    {
        foreach (var (name, content) in files)
            if (content.AsSpan().IndexOf(bytes) >= 0)
                return name;
        return null;
    }

    public string? Find(string text) => Find(Encoding.UTF8.GetBytes(text));
}
