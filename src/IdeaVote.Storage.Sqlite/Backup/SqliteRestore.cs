using IdeaVote.Engine.Backup;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Sqlite.Access;
using IdeaVote.Storage.Sqlite.Accounts;
using IdeaVote.Storage.Sqlite.Files;
using IdeaVote.Storage.Sqlite.Journal;
using IdeaVote.Storage.Sqlite.Texts;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Backup;

/// <summary>
/// Makes a data folder out of a backup's files, believing none: databases are looked through, and every event is read and followed along its campaign's chain.
/// Everything is made in a folder inside the new one and gets its place at the end, access last: a server refuses a folder that lacks it.
/// </summary>
public sealed class SqliteRestore : IDisposable
{
    private const string DraftName = "restore.tmp";
    private const string JournalName = "journal.db";

    private readonly string folder;
    private readonly string draft;
    private readonly JournalChains chains = new();
    private SqliteJournal? journal;
    private JournalHead head;

    private SqliteRestore(string folder) => (this.folder, draft) = (folder, Path.Combine(folder, DraftName));

    /// <summary>What the journal's chains have come to so far.</summary>
    public JournalChains Chains => chains;

    /// <summary>Begins in a folder that is empty or not there yet.</summary>
    /// <exception cref="IOException">The folder holds something, or can't be written to.</exception>
    public static async Task<SqliteRestore> BeginAsync(string folder)
    {
        folder = Path.GetFullPath(folder);
        // A new file system has that folder at its root.
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(static path => Path.GetFileName(path) != "lost+found") is { } there)
            throw new IOException($"the folder {folder} is not empty ({Path.GetFileName(there)}); name another one, or move what is there away");
        var restore = new SqliteRestore(folder);
        foreach (var path in (string[])[folder, restore.draft])
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        // Every commit on the disk would take an hour for what is repeated in a minute if the power fails.
        restore.journal = new SqliteJournal(Path.Combine(restore.draft, JournalName), new SqliteFileOptions { Synchronous = SqliteSynchronous.Normal });
        restore.head = await restore.journal.BeginAsync(SqliteJournal.Partition);
        return restore;
    }

    /// <summary>Opens one of the databases to be written.</summary>
    /// <param name="name">One of <see cref="BackupNames.Databases"/>.</param>
    public Stream Create(string name)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(draft, name), options);
    }

    /// <summary>Appends the next piece of the journal.</summary>
    /// <exception cref="FormatException">It is not what was written; the message says where.</exception>
    public async Task AppendAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellation)
    {
        var records = JournalPiece.Read(piece.Span, chains.Events);
        var append = new List<JournalRecord>(records.Count);
        foreach (var record in records)
        {
            chains.Take(record);
            var recorded = EventReader.Read(record.Body);
            if (recorded.Stream.Campaign != record.Campaign)
                throw new FormatException($"event {record.Position} is of another campaign than it says");
            append.Add(new JournalRecord(recorded.Stream, recorded.Version, record.Body, record.Hash));
        }
        await journal!.AppendAsync(SqliteJournal.Partition, head.Position, head.Fence, append, cancellation);
        head = head with { Position = head.Position + append.Count };
    }

    /// <summary>Looks through a database that was written.</summary>
    /// <param name="name">One of <see cref="BackupNames.Databases"/>.</param>
    /// <exception cref="JournalException">It is damaged, of another kind, or of a newer version; the message says which.</exception>
    public async Task CheckAsync(string name)
    {
        var path = Path.Combine(draft, name);
        await using (name switch
        {
            BackupNames.Access => (IAsyncDisposable)SqliteAccessStore.Open(path),
            BackupNames.Texts => SqliteTextStore.Open(path),
            BackupNames.Accounts => SqliteAccountStore.Open(path),
            _ => throw new ArgumentException($"There is no database {name}.", nameof(name)),
        })
        {
            using var session = new SqliteSession(SqliteFile.Open(path, new SqliteFileOptions { ReadOnly = true }));
            try
            {
                if (session.Scalar("PRAGMA integrity_check(1)") is not "ok" and var said)
                    throw new JournalException($"The database is damaged: {said}.");
            }
            catch (SqliteException e)
            {
                throw SqliteFile.Explain(e, path);
            }
        }
    }

    /// <summary>Gives everything its place. From now on a server can use the folder.</summary>
    public void Finish()
    {
        journal!.Dispose();
        journal = null;
        foreach (var name in (string[])[JournalName, BackupNames.Texts, BackupNames.Accounts, BackupNames.Access])
            File.Move(Path.Combine(draft, name), Path.Combine(folder, name));
        Directory.Delete(draft, recursive: true);
    }

    /// <summary>Takes away what was not finished.</summary>
    public void Dispose()
    {
        journal?.Dispose();
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
    }
}
