using IdeaVote.Engine.Backup;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Sqlite.Access;
using IdeaVote.Storage.Sqlite.Accounts;
using IdeaVote.Storage.Sqlite.Files;
using IdeaVote.Storage.Sqlite.Journal;
using IdeaVote.Storage.Sqlite.Texts;

namespace IdeaVote.Storage.Sqlite.Backup;

/// <summary>
/// Backups of a data folder while a server uses it. Access is copied first: what was published speaks of events that must be in the journal. Then the
/// end of the journal is noted; texts and accounts are copied after that, so that everything an event speaks of is there, except what was erased
/// meanwhile. The journal is append-only and needs no copy: it is read up to that end, in short steps that stall nobody.
/// </summary>
/// <param name="folder">Where the copies lie as long as they are needed.</param>
/// <param name="journal">The journal.</param>
/// <param name="access">Tokens, rolls and secrets.</param>
/// <param name="texts">What people wrote.</param>
/// <param name="accounts">Who signs in.</param>
/// <param name="version">The product's version.</param>
/// <param name="time">The clock.</param>
public sealed class SqliteBackup(
    string folder, SqliteJournal journal, SqliteAccessStore access, SqliteTextStore texts, SqliteAccountStore accounts, string version, TimeProvider time) : IBackup, IDisposable
{
    /// <summary>The folder of the copies, in the data folder.</summary>
    public const string CopiesName = "backup.tmp";

    private const long SpareBytes = 64L * 1024 * 1024;

    private readonly SemaphoreSlim turn = new(1);
    private readonly string copies = Path.Combine(folder, CopiesName);

    /// <inheritdoc/>
    public async Task<IBackupCopy> CopyAsync(CancellationToken cancellation = default)
    {
        if (!await turn.WaitAsync(TimeSpan.Zero, cancellation))
            throw new BackupException("A backup is being taken already, or somebody still reads the last one. Ask again later.", isBusy: true);
        try
        {
            return await CopyInTurnAsync(cancellation);
        }
        catch
        {
            Clear();
            turn.Release();
            throw;
        }
    }

    /// <summary>Takes away what a process that was ended in the middle of a backup left behind.</summary>
    public void Clear()
    {
        if (Directory.Exists(copies))
            Directory.Delete(copies, recursive: true);
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<IBackupCopy> CopyInTurnAsync(CancellationToken cancellation)
    {
        Clear();
        CheckRoom();
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(copies);
        else
            Directory.CreateDirectory(copies, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await CopyAsync(access.Database, BackupNames.Access, cancellation);
        var at = time.GetUtcNow();
        var head = await journal.HeadAsync(SqliteJournal.Partition, cancellation);
        await CopyAsync(texts.Database, BackupNames.Texts, cancellation);
        await CopyAsync(accounts.Database, BackupNames.Accounts, cancellation);
        return new Copy(this, journal, version, at, head);
    }

    // On a thread of the pool: SQLite works through the whole file at once.
    private Task CopyAsync(SqliteDatabase database, string name, CancellationToken cancellation) =>
        Task.Run(async () => await database.CopyAsync(Path.Combine(copies, name), cancellation), cancellation);

    private void CheckRoom()
    {
        var needed = BackupNames.Databases.Sum(name => new FileInfo(Path.Combine(folder, name)).Length) + SpareBytes;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < needed)
        {
            throw new BackupException(
                $"There is no room for the copies of what changes while the backup is sent: {needed / 1_000_000:N0} MB are needed and {free / 1_000_000:N0} MB free. Free some space, then ask again.",
                isBusy: false);
        }
    }

    /// <summary>One backup.</summary>
    private sealed class Copy(SqliteBackup owner, SqliteJournal journal, string version, DateTimeOffset at, long head) : IBackupCopy
    {
        private const int Page = 5_000;

        public async Task WriteAsync(Stream output, CancellationToken cancellation = default)
        {
            try
            {
                await WriteFilesAsync(output, cancellation);
            }
            catch (FormatException e)
            {
                throw new JournalException($"The journal can't be backed up: {e.Message}. Restore the data folder from an earlier backup.", e);
            }
        }

        private async Task WriteFilesAsync(Stream output, CancellationToken cancellation)
        {
            await using var archive = new BackupArchive(output, at);
            foreach (var name in BackupNames.Databases)
            {
                await using var file = new FileStream(Path.Combine(owner.copies, name), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
                await archive.AddAsync(name, file, cancellation);
            }
            var chains = new JournalChains();
            var pieces = 0;
            using var piece = new MemoryStream();
            while (chains.Events < head)
            {
                foreach (var record in await ReadAsync(chains.Events, cancellation))
                {
                    chains.Take(record);
                    JournalPiece.Write(piece, record);
                    if (piece.Length >= JournalPiece.Bytes)
                        await AddAsync();
                }
            }
            if (piece.Length > 0)
                await AddAsync();
            await archive.FinishAsync(version, head, chains.ToList(), cancellation);

            async Task AddAsync()
            {
                piece.Position = 0;
                await archive.AddAsync(BackupNames.Piece(++pieces), piece, cancellation);
                piece.SetLength(0);
            }
        }

        private async Task<IReadOnlyList<StoredRecord>> ReadAsync(long after, CancellationToken cancellation)
        {
            var records = await journal.ReadAsync(SqliteJournal.Partition, after, null, (int)Math.Min(Page, head - after), cancellation);
            return records.Count > 0 && records[^1].Position == after + records.Count
                ? records
                : throw new FormatException($"it lacks an event after {after}");
        }

        public ValueTask DisposeAsync()
        {
            owner.Clear();
            owner.turn.Release();
            return ValueTask.CompletedTask;
        }
    }
}
