using System.Security.Cryptography;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Backup;
using IdeaVote.Engine.Embedded;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Snapshots;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Postgres.Access;
using IdeaVote.Storage.Postgres.Accounts;
using IdeaVote.Storage.Postgres.Journal;
using IdeaVote.Storage.Postgres.Texts;
using IdeaVote.Storage.Sqlite.Access;
using IdeaVote.Storage.Sqlite.Accounts;
using IdeaVote.Storage.Sqlite.Backup;
using IdeaVote.Storage.Sqlite.Journal;
using IdeaVote.Storage.Sqlite.Projections;
using IdeaVote.Storage.Sqlite.Texts;

namespace IdeaVote.Server;

/// <summary>Everything a server keeps, in its data folder or in part in a PostgreSQL database; opened together and closed together.</summary>
internal sealed class Stores : IAsyncDisposable
{
    /// <summary>The one partition of the journal that the engine writes.</summary>
    public const string Partition = SqliteJournal.Partition;

    private readonly DataFolder folder;
    private readonly Stack<object> opened = new();
    private PostgresJournal? shared;

    private Stores(DataFolder folder) => this.folder = folder;

    public IJournalStore Journal { get; private set; } = null!;

    public ISnapshotStore Snapshots { get; private set; } = null!;

    public ITextStore Texts { get; private set; } = null!;

    public IAccessStore Access { get; private set; } = null!;

    public IAccountStore Accounts { get; private set; } = null!;

    public SqliteSearchIndex Search { get; private set; } = null!;

    public SqliteBackersIndex Backers { get; private set; } = null!;

    public SqliteDiscussionIndex Discussions { get; private set; } = null!;

    public SqliteNewsIndex News { get; private set; } = null!;

    public SqliteInvitationIndex Invitations { get; private set; } = null!;

    /// <summary>Takes backups of the folder; null where a database is to be backed up instead.</summary>
    public IBackup? Backup { get; private set; }

    /// <summary>The secret that ids are keyed with.</summary>
    public byte[] Secret { get; private set; } = [];

    /// <summary>Whether there was no journal, or nothing in it, before.</summary>
    public bool AreNew { get; private set; }

    public string Folder => folder.Path;

    /// <summary>Where the journal is, for people to read; null if in the folder.</summary>
    public string? Location => shared?.Location;

    public string File(string name) => folder.File(name);

    /// <summary>Locks the folder and opens what lies in it and in the database.</summary>
    /// <exception cref="JournalException">Something can't be used; the message says what, why and what to do.</exception>
    public static async Task<Stores> OpenAsync(ServerOptions options)
    {
        var stores = new Stores(DataFolder.Open(options.DataFolder));
        try
        {
            if (options.Journal is null)
                await stores.OpenFilesAsync(options.Time);
            else
                await stores.OpenDatabaseAsync(options.Journal);
            stores.Search = stores.Keep(SqliteSearchIndex.Open(stores.File("search.db"), stores.Texts));
            stores.Backers = stores.Keep(SqliteBackersIndex.Open(stores.File("backers.db")));
            stores.Discussions = stores.Keep(SqliteDiscussionIndex.Open(stores.File("discussions.db")));
            stores.News = stores.Keep(SqliteNewsIndex.Open(stores.File("news.db")));
            stores.Invitations = stores.Keep(SqliteInvitationIndex.Open(stores.File("invitations.db")));
            return stores;
        }
        catch
        {
            await stores.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether no other server has taken the journal over. A folder is locked, so nobody can take one in it.</summary>
    public ValueTask<bool> IsOwnerAsync(CancellationToken cancellation) =>
        shared is null ? new ValueTask<bool>(true) : shared.OwnsAsync(Partition, cancellation);

    public async ValueTask DisposeAsync()
    {
        while (opened.TryPop(out var part))
        {
            if (part is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (part as IDisposable)?.Dispose();
        }
        folder.Dispose();
    }

    private async Task OpenFilesAsync(TimeProvider time)
    {
        JournalMark.CheckNone(folder);
        AreNew = !System.IO.File.Exists(File("journal.db"));
        // Looked at before anything is opened: opening makes what is missing.
        if (!AreNew && !System.IO.File.Exists(File("access.db")))
            throw new JournalException($"The folder {Folder} has a journal but no access.db, which holds the secret its ids are keyed with. Put both back from one backup.");
        CheckForgotten("journal.db", "texts.db");
        var access = Keep(SqliteAccessStore.Open(File("access.db")));
        Access = access;
        await TakeSecretAsync();
        var journal = Keep(new SqliteJournal(File("journal.db")));
        (Journal, Snapshots) = (journal, journal.Snapshots);
        var texts = Keep(SqliteTextStore.Open(File("texts.db")));
        var accounts = Keep(SqliteAccountStore.Open(File("accounts.db")));
        (Texts, Accounts) = (texts, accounts);
        var backup = Keep(new SqliteBackup(Folder, journal, access, texts, accounts, Welcome.Version, time));
        backup.Clear();
        Backup = backup;
    }

    /// <summary>A first start makes these before search.db: where that is, one of them was taken away, and must not be made anew without a word.</summary>
    private void CheckForgotten(params string[] names)
    {
        if (System.IO.File.Exists(File("search.db")) && names.FirstOrDefault(name => !System.IO.File.Exists(File(name))) is { } missing)
            throw new JournalException($"The folder {Folder} has lost its {missing}. Put it back from the same backup as the files beside it, or begin anew in an empty folder with --data.");
    }

    private async Task OpenDatabaseAsync(string connectionString)
    {
        shared = Keep(await PostgresJournal.OpenAsync(connectionString));
        JournalMark.CheckOrSet(folder, shared.Identity);
        (Journal, Snapshots) = (shared, shared.Snapshots);
        AreNew = await Journal.HeadAsync(Partition) == 0;
        Access = Keep(await PostgresAccessStore.OpenAsync(connectionString));
        await TakeSecretAsync();
        Texts = Keep(await PostgresTextStore.OpenAsync(connectionString));
        Accounts = Keep(await PostgresAccountStore.OpenAsync(connectionString));
    }

    private async Task TakeSecretAsync() => Secret = await Access.GetOrAddSecretAsync(RandomNumberGenerator.GetBytes(32));

    private T Keep<T>(T part)
        where T : class
    {
        opened.Push(part);
        return part;
    }
}
