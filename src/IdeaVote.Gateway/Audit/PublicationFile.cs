using System.IO.Pipelines;
using Microsoft.Win32.SafeHandles;

namespace IdeaVote.Gateway.Audit;

/// <summary>A publication as a file of this process, which goes with it: made anew it is the same, and a large one has no place in memory.</summary>
internal sealed class PublicationFile : IDisposable
{
    private const int PieceBytes = 64 * 1024;

    // Closed by the collector where the file is given up while somebody still reads it.
    private readonly SafeFileHandle file;

    private PublicationFile(SafeFileHandle file, long length) => (this.file, Length) = (file, length);

    /// <summary>Its length in bytes.</summary>
    public long Length { get; }

    /// <summary>Makes a file.</summary>
    /// <param name="write">Writes it.</param>
    public static PublicationFile Make(Action<Stream> write)
    {
        var path = Path.Combine(Path.GetTempPath(), $"ideavote-publication-{Guid.NewGuid():n}");
        using (var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, PieceBytes))
        {
            try
            {
                write(stream);
            }
            catch
            {
                File.Delete(path);
                throw;
            }
        }
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        return new PublicationFile(file, RandomAccess.GetLength(file));
    }

    /// <summary>Sends it, as fast as the caller reads.</summary>
    public async Task CopyToAsync(PipeWriter output, CancellationToken cancellation)
    {
        for (var sent = 0L; sent < Length;)
        {
            var read = await RandomAccess.ReadAsync(file, output.GetMemory(PieceBytes), sent, cancellation);
            if (read == 0)
                throw new EndOfStreamException("A publication's file is shorter than it was.");
            output.Advance(read);
            sent += read;
            if ((await output.FlushAsync(cancellation)).IsCompleted)
                return;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
