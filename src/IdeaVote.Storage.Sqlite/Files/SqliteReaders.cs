using System.Collections.Concurrent;

namespace IdeaVote.Storage.Sqlite.Files;

/// <summary>A few connections that only read, each used by one caller at a time.</summary>
internal sealed class SqliteReaders(string path, SqliteFileOptions options) : IDisposable
{
    private const int Most = 4;

    private readonly ConcurrentStack<SqliteSession> idle = new();
    private readonly SemaphoreSlim free = new(Most);

    /// <summary>Reads. Every statement is its own short transaction and ends before this returns.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        try
        {
            if (!idle.TryPop(out var session))
                session = new SqliteSession(SqliteFile.Open(path, options with { ReadOnly = true }));
            var result = Use(session, read);
            idle.Push(session);
            return result;
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>Waits until no connection reads, and keeps it so until <see cref="Resume"/>.</summary>
    public async Task PauseAsync()
    {
        for (var i = 0; i < Most; i++)
            await free.WaitAsync();
    }

    /// <summary>Lets the readers go on.</summary>
    public void Resume() => free.Release(Most);

    public void Dispose()
    {
        while (idle.TryPop(out var session))
            session.Dispose();
        free.Dispose();
    }

    private static T Use<T>(SqliteSession session, Func<SqliteSession, T> read)
    {
        try
        {
            return read(session);
        }
        catch
        {
            // A connection that failed once is not trusted again.
            session.Dispose();
            throw;
        }
    }
}
