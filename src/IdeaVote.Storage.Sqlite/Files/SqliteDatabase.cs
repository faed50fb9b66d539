using System.Threading.Channels;
using IdeaVote.Engine.Journal;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IdeaVote.Storage.Sqlite.Files;

/// <summary>
/// One file, one writer, a few readers. Changes that wait at the same time are committed together, so that hundreds of
/// callers pay for one sync of the disk; a change that fails is undone alone.
/// </summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private const int MaxWaiting = 4_096;
    private const int MaxTogether = 256;

    private readonly string path;
    private readonly SqliteFileOptions options;
    private readonly SqliteSession writer;
    private readonly SqliteReaders readers;
    private readonly Channel<SqliteWork> queue = Channel.CreateBounded<SqliteWork>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Task loop;

    private SqliteDatabase(string path, SqliteFileOptions options, SqliteSession writer)
    {
        this.path = path;
        this.options = options;
        this.writer = writer;
        readers = new SqliteReaders(path, options);
        loop = Task.Run(LoopAsync);
    }

    /// <summary>Opens a file, makes its tables if it is new, and finishes an erasure that a crash cut short.</summary>
    /// <exception cref="JournalException">The file can't be used; the message says why and what to do.</exception>
    public static SqliteDatabase Open(string path, SqliteFileOptions options, SqliteSchema schema)
    {
        path = Path.GetFullPath(path);
        var session = new SqliteSession(SqliteFile.Open(path, options));
        try
        {
            schema.Prepare(session.Connection, path);
            SqliteErasure.Resume(session, path);
            return new SqliteDatabase(path, options, session);
        }
        catch (SqliteException e)
        {
            session.Dispose();
            throw SqliteFile.Explain(e, path, options.Rebuildable);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The writer's connection, for tests that read its settings back. Never beside a change.</summary>
    internal SqliteSession Writer => writer;

    /// <summary>How many transactions have been committed.</summary>
    internal long Commits { get; private set; }

    /// <summary>Makes a change, together with what else waits, and returns once it is committed and what must follow has been done.</summary>
    /// <param name="change">The change; it may run twice, so it must not change anything but the file.</param>
    /// <param name="after">What must follow.</param>
    /// <param name="cancellation">Stops waiting; the change may still happen.</param>
    /// <exception cref="JournalException">The change failed; the message says why.</exception>
    public async Task<T> WriteAsync<T>(
        Func<SqliteSession, T> change, CancellationToken cancellation, AfterCommit after = AfterCommit.Nothing)
    {
        var work = new SqliteWork<T>(change, after);
        try
        {
            await queue.Writer.WriteAsync(work, cancellation);
        }
        catch (ChannelClosedException e)
        {
            throw new ObjectDisposedException($"The file {path} is closed already.", e);
        }
        return await work.Task.WaitAsync(cancellation);
    }

    /// <summary>Reads what is committed. Keep it short: an erasure waits for it.</summary>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation)
    {
        try
        {
            return await readers.ReadAsync(read, cancellation);
        }
        catch (SqliteException e)
        {
            throw SqliteFile.Explain(e, path, options.Rebuildable);
        }
    }

    /// <summary>Writes what is committed at one moment, and nothing of what was deleted, into a new file. Changes go on meanwhile; an erasure waits.</summary>
    /// <param name="copy">The new file, which must not exist.</param>
    /// <param name="cancellation">Stops waiting for a turn; what has begun is finished.</param>
    /// <exception cref="JournalException">The file can't be read or the new one not written; the message says why.</exception>
    public async ValueTask CopyAsync(string copy, CancellationToken cancellation) => await ReadAsync(
        session =>
        {
            session.RunOnce($"VACUUM INTO '{copy.Replace("'", "''", StringComparison.Ordinal)}'");
            return 0;
        },
        cancellation);

    /// <summary>Commits what waits, then closes the file. The writer goes last, since it then empties the write-ahead log.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        readers.Dispose();
        writer.Dispose();
    }

    private async Task LoopAsync()
    {
        var together = new List<SqliteWork>(MaxTogether);
        while (await queue.Reader.WaitToReadAsync())
        {
            together.Clear();
            while (together.Count < MaxTogether && queue.Reader.TryRead(out var work))
                together.Add(work);
            if (TryCommit(together) is null)
                await FinishAsync(together);
            else
                await CommitAloneAsync(together);
        }
    }

    private async Task CommitAloneAsync(List<SqliteWork> works)
    {
        foreach (var work in works)
        {
            if (TryCommit([work]) is { } failure)
                work.Fail(Explained(failure));
            else
                await FinishAsync([work]);
        }
    }

    private Exception? TryCommit(List<SqliteWork> works)
    {
        try
        {
            writer.Execute("BEGIN IMMEDIATE");
            foreach (var work in works)
                work.Run(writer);
            if (works.Exists(work => work.After == AfterCommit.Rewrite))
                SqliteErasure.MarkDue(writer);
            writer.Execute("COMMIT");
            Commits++;
            return null;
        }
        // Whatever a change throws is its caller's to hear; the loop must go on for the others.
        catch (Exception e)
        {
            RollBack();
            return e;
        }
    }

    private async Task FinishAsync(List<SqliteWork> works)
    {
        var after = AfterCommit.Nothing;
        foreach (var work in works)
        {
            if (work.After == AfterCommit.Nothing)
                work.Complete();
            else if (work.After > after)
                after = work.After;
        }
        if (after == AfterCommit.Nothing)
            return;
        var failure = await EraseAsync(after);
        foreach (var work in works.Where(work => work.After != AfterCommit.Nothing))
        {
            if (failure is null)
                work.Complete();
            else
                work.Fail(failure);
        }
    }

    private async Task<Exception?> EraseAsync(AfterCommit after)
    {
        // Nobody may hold on to an older state of the file, or the log can't be emptied.
        await readers.PauseAsync();
        try
        {
            SqliteErasure.Finish(writer, path, after);
            return null;
        }
        catch (Exception e)
        {
            return Explained(e);
        }
        finally
        {
            readers.Resume();
        }
    }

    private void RollBack()
    {
        try
        {
            // After some failures SQLite has rolled back by itself.
            if (raw.sqlite3_get_autocommit(writer.Connection.Handle) == 0)
                writer.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // The failure that led here is what the caller must hear; the next BEGIN fails if the transaction is still open.
        }
    }

    private Exception Explained(Exception e) => e is SqliteException sqlite ? SqliteFile.Explain(sqlite, path, options.Rebuildable) : e;
}
