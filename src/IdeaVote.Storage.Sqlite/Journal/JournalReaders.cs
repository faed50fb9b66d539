using System.Collections.Concurrent;

namespace IdeaVote.Storage.Sqlite.Journal;

/// <summary>Readers beside the journal's writer, as many as there are callers at once.</summary>
internal sealed class JournalReaders(string path) : IDisposable
{
    private readonly ConcurrentBag<JournalReader> idle = [];

    /// <summary>Reads with one that is free.</summary>
    public T Read<T>(Func<JournalReader, T> read)
    {
        if (!idle.TryTake(out var reader))
            reader = new JournalReader(path);
        try
        {
            return read(reader);
        }
        finally
        {
            idle.Add(reader);
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var reader))
            reader.Dispose();
    }
}
