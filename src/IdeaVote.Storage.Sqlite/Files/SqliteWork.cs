namespace IdeaVote.Storage.Sqlite.Files;

/// <summary>What has to happen between a commit and its answer.</summary>
internal enum AfterCommit
{
    /// <summary>Nothing: it is durable.</summary>
    Nothing,

    /// <summary>The write-ahead log is copied into the file and emptied, so that it does not hold what was deleted.</summary>
    EmptyLog,

    /// <summary>
    /// The whole file is rewritten, then the log emptied. SQLite overwrites what it deletes, but a page that was split or joined
    /// earlier may still hold a copy of it beyond its used part; only rewriting leaves no such place.
    /// </summary>
    Rewrite,
}

/// <summary>One caller's change, waiting to be committed with others.</summary>
internal abstract class SqliteWork(AfterCommit after)
{
    public AfterCommit After => after;

    /// <summary>Makes the change. May run a second time, after a rollback.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>Answers the caller.</summary>
    public abstract void Complete();

    /// <summary>Answers the caller with a failure.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>One caller's change that returns something.</summary>
internal sealed class SqliteWork<T>(Func<SqliteSession, T> change, AfterCommit after) : SqliteWork(after)
{
    private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    public Task<T> Task => source.Task;

    public override void Run(SqliteSession session) => result = change(session);

    public override void Complete() => source.SetResult(result);

    public override void Fail(Exception exception) => source.SetException(exception);
}
