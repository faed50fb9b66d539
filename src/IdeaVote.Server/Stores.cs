using System.Security.Cryptography;
using IdeaVote.Engine.Embedded;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Sqlite.Access;
using IdeaVote.Storage.Sqlite.Journal;
using IdeaVote.Storage.Sqlite.Projections;
using IdeaVote.Storage.Sqlite.Texts;

namespace IdeaVote.Server;

/// <summary>Everything a server keeps in its data folder, opened together and closed together.</summary>
internal sealed class Stores : IAsyncDisposable
{
    private readonly DataFolder folder;
    private readonly Stack<object> opened = new();

    private Stores(DataFolder folder) => this.folder = folder;

    public SqliteJournal Journal { get; private set; } = null!;

    public SqliteTextStore Texts { get; private set; } = null!;

    public SqliteAccessStore Access { get; private set; } = null!;

    public SqliteSearchIndex Search { get; private set; } = null!;

    public SqliteBackersIndex Backers { get; private set; } = null!;

    /// <summary>The secret that ids are keyed with.</summary>
    public byte[] Secret { get; private set; } = [];

    /// <summary>Whether the folder held no journal before.</summary>
    public bool AreNew { get; private init; }

    public string Folder => folder.Path;

    public string File(string name) => folder.File(name);

    /// <summary>Locks the folder and opens what lies in it.</summary>
    /// <exception cref="JournalException">Something can't be used; the message says what, why and what to do.</exception>
    public static async Task<Stores> OpenAsync(string path)
    {
        var locked = DataFolder.Open(path);
        var stores = new Stores(locked) { AreNew = !System.IO.File.Exists(locked.File("journal.db")) };
        try
        {
            // Looked at before anything is opened: opening makes what is missing.
            if (!stores.AreNew && !System.IO.File.Exists(locked.File("access.db")))
                throw new JournalException($"The folder {locked.Path} has a journal but no access.db, which holds the secret its ids are keyed with. Put both back from one backup.");
            stores.Access = stores.Keep(SqliteAccessStore.Open(locked.File("access.db")));
            stores.Secret = await stores.Access.GetOrAddSecretAsync(RandomNumberGenerator.GetBytes(32));
            stores.Journal = stores.Keep(new SqliteJournal(locked.File("journal.db")));
            stores.Texts = stores.Keep(SqliteTextStore.Open(locked.File("texts.db")));
            stores.Search = stores.Keep(SqliteSearchIndex.Open(locked.File("search.db"), stores.Texts));
            stores.Backers = stores.Keep(SqliteBackersIndex.Open(locked.File("backers.db")));
            return stores;
        }
        catch
        {
            await stores.DisposeAsync();
            throw;
        }
    }

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

    private T Keep<T>(T part)
        where T : class
    {
        opened.Push(part);
        return part;
    }
}
