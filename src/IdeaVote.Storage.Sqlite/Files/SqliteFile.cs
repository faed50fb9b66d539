using IdeaVote.Engine.Journal;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IdeaVote.Storage.Sqlite.Files;

/// <summary>Opens SQLite files the one way this product uses them, and says in plain words when that fails.</summary>
public static class SqliteFile
{
    /// <summary>
    /// Opens a connection with its write-ahead log on and every setting read back from it. Unless it only reads, makes the
    /// file (and its folder) if it is missing, for its owner's eyes only. The connection is not pooled.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How.</param>
    /// <exception cref="JournalException">The file can't be used; the message says why and what to do.</exception>
    public static SqliteConnection Open(string path, SqliteFileOptions options)
    {
        var full = Path.GetFullPath(path);
        if (!options.ReadOnly)
            MakeIfMissing(full);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = full,
            Mode = options.ReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            // The library's own waiting comes on top of SQLite's; 1 second is its least, and 0 would mean for ever.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            Configure(connection, full, options);
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Explain(e, full, options.Rebuildable);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Says in plain words what happened to which file and what to do.</summary>
    /// <param name="e">What SQLite said.</param>
    /// <param name="path">The file.</param>
    /// <param name="rebuildable">Whether the file can be made again from the journal.</param>
    public static JournalException Explain(SqliteException e, string path, bool rebuildable = false)
    {
        var repair = RepairText(rebuildable);
        var text = e.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => $"The disk is full: {path} can't grow. Free some space, then start again; nothing that was acknowledged is lost.",
            raw.SQLITE_READONLY => ReadOnlyText(path),
            raw.SQLITE_CORRUPT => $"The file {path} is damaged. {repair}",
            raw.SQLITE_NOTADB => $"The file {path} is not a database, or its beginning is damaged. {repair}",
            raw.SQLITE_IOERR => $"Reading or writing {path} failed. Check the disk and its connection, then start again.",
            raw.SQLITE_CANTOPEN => $"The file {path} can't be opened. Check that its folder exists and that the account the server runs under may write there.",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"Another program holds the file {path}. Only one server may use it: end the other one, then try again.",
            raw.SQLITE_PERM or raw.SQLITE_AUTH => $"The account the server runs under may not use the file {path}. Give it the right to read and write there.",
            raw.SQLITE_NOMEM => $"There was not enough memory to use {path}. Give the server more, then start again.",
            _ => $"The file {path} can't be used as it should. If it goes on, report this with the message.",
        };
        return new JournalException($"{text} (SQLite {e.SqliteExtendedErrorCode}: {e.Message})", e);
    }

    private static void Configure(SqliteConnection connection, string path, SqliteFileOptions options)
    {
        Set(connection, path, "busy_timeout", (long)options.Patience.TotalMilliseconds);
        Set(connection, path, "cache_size", -options.CacheKib);
        // What sorts and rewrites leave behind must not end up in files outside the folder.
        Set(connection, path, "temp_store", 2);
        if (options.ReadOnly)
        {
            // Also what makes a damaged or foreign file show itself here.
            Read(connection, "PRAGMA schema_version");
            return;
        }
        // SQLite falls back to reading only, without a word, when it may not write.
        if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
            throw new JournalException(ReadOnlyText(path));
        if (IsCutShort(path, Convert.ToInt64(Read(connection, "PRAGMA page_size"))))
            throw new JournalException($"The file {path} is cut short: it ends in the middle of a page. {RepairText(options.Rebuildable)}");
        Read(connection, $"PRAGMA page_size = {options.PageBytes}");
        Set(connection, path, "journal_mode", "wal");
        Set(connection, path, "synchronous", (long)options.Synchronous);
        Set(connection, path, "secure_delete", options.SecureDelete ? 1 : 0);
        Set(connection, path, "wal_autocheckpoint", options.CheckpointPages);
        // A sync that failed leaves the log readable and not on disk; the system counts it as written, and no later sync writes it again. What a
        // killed process left in the log is therefore written anew before anything relies on it.
        Read(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>
    /// Whether a file ends in the middle of a page. SQLite notices whole pages that are missing and reads the missing part of one as zeros,
    /// without a word. While a write-ahead log stands beside the file, that page may still be in it.
    /// </summary>
    private static bool IsCutShort(string path, long pageBytes) =>
        new FileInfo(path).Length % pageBytes != 0 && new FileInfo(path + "-wal") is not { Exists: true, Length: > 0 };

    private static void Set(SqliteConnection connection, string path, string pragma, object value)
    {
        Read(connection, $"PRAGMA {pragma} = {value}");
        var now = Read(connection, $"PRAGMA {pragma}");
        if (!string.Equals(Convert.ToString(now), Convert.ToString(value), StringComparison.Ordinal))
        {
            throw new JournalException(
                $"The file {path} does not take the setting {pragma} = {value}: it stays at {now}. Put it on a local disk that the server may write to.");
        }
    }

    private static object? Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void MakeIfMissing(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (File.Exists(path))
                return;
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            new FileStream(path, options).Dispose();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new JournalException(ReadOnlyText(path), e);
        }
        catch (IOException e)
        {
            throw new JournalException(
                $"The file {path} can't be made: {e.Message} Check the folder, and that the account the server runs under may write there.", e);
        }
    }

    private static string RepairText(bool rebuildable) => rebuildable
        ? "Stop the server and delete this file and those beside it that end in -wal and -shm; it is made again from the journal."
        : "Stop the server and put a backup in its place.";

    private static string ReadOnlyText(string path) =>
        $"The file {path} can't be written: it, its folder or its disk is read-only. Let the account the server runs under write there.";
}
