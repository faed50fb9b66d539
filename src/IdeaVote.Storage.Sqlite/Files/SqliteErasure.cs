using IdeaVote.Engine.Journal;

namespace IdeaVote.Storage.Sqlite.Files;

/// <summary>Makes sure that what was deleted is in no file any more, also after a crash in the middle of it.</summary>
internal static class SqliteErasure
{
    /// <summary>The table that says whether a rewriting is due. A schema whose changes ask for one includes it.</summary>
    public const string Tables = "CREATE TABLE rewrite_due (id INTEGER PRIMARY KEY CHECK (id = 1));";

    /// <summary>Remembers, in the transaction that deletes, that the file must be rewritten.</summary>
    public static void MarkDue(SqliteSession writer) => writer.Execute("INSERT OR IGNORE INTO rewrite_due VALUES (1)");

    /// <summary>Does, when a file is opened, what a crash may have left undone.</summary>
    public static void Resume(SqliteSession writer, string path)
    {
        var due = writer.Scalar("SELECT 1 FROM sqlite_schema WHERE name = 'rewrite_due'") is not null
            && writer.Scalar("SELECT 1 FROM rewrite_due") is not null;
        if (due)
            Finish(writer, path, AfterCommit.Rewrite);
        else
            writer.Scalar("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Does what must follow a deletion.</summary>
    /// <exception cref="JournalException">Another program keeps the write-ahead log in use.</exception>
    public static void Finish(SqliteSession writer, string path, AfterCommit after)
    {
        if (after == AfterCommit.Rewrite)
            writer.RunOnce("VACUUM");
        EmptyLog(writer, path);
        if (after == AfterCommit.Rewrite)
            writer.Execute("DELETE FROM rewrite_due");
    }

    private static void EmptyLog(SqliteSession writer, string path)
    {
        // SQLite waits for readers of other programs as long as the connection's patience goes.
        if (Convert.ToInt64(writer.Scalar("PRAGMA wal_checkpoint(TRUNCATE)")) != 0)
        {
            throw new JournalException(
                $"The deletion is done, but another program reads {path} and so keeps older content in {path}-wal. End that program, then ask for the deletion again.");
        }
    }
}
