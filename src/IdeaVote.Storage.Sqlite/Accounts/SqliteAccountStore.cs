using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Accounts;

/// <summary>Accounts in one SQLite file. An erasure rewrites the file.</summary>
public sealed class SqliteAccountStore : IAccountStore, IAsyncDisposable
{
    private const int HashBytes = 32;

    private SqliteAccountStore(SqliteDatabase database) => Database = database;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file, such as <c>accounts.db</c> in the server's folder.</param>
    /// <exception cref="JournalException">The file can't be used; the message says why and what to do.</exception>
    public static SqliteAccountStore Open(string path) => Open(path, new SqliteFileOptions());

    internal static SqliteAccountStore Open(string path, SqliteFileOptions options) =>
        new(SqliteDatabase.Open(path, options with { SecureDelete = true }, AccountTables.Schema));

    /// <summary>The file, for tests.</summary>
    internal SqliteDatabase Database { get; }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask<bool> AddAsync(Account account, bool onlyIfNoAdmin = false, CancellationToken cancellation = default) =>
        await Database.WriteAsync(
            session => session.Execute(
                onlyIfNoAdmin ? AccountTables.AddFirstAdmin : AccountTables.Add,
                account.Id.ToBytes(), account.Email, account.Person.Value.ToBytes(), account.Name, (long)account.Role, AccountJson.Write(account)) > 0,
            cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<Account?> FindAsync(Id id, CancellationToken cancellation = default) =>
        Database.ReadAsync(session => session.Row(ToAccount, AccountTables.Find, id.ToBytes()), cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<Account?> FindByEmailAsync(string email, CancellationToken cancellation = default) =>
        Database.ReadAsync(session => session.Row(ToAccount, AccountTables.FindByEmail, email), cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyDictionary<PersonId, Account>> FindByPersonsAsync(
        IReadOnlyCollection<PersonId> persons, CancellationToken cancellation = default) =>
        Database.ReadAsync<IReadOnlyDictionary<PersonId, Account>>(
            session =>
            {
                var found = new Dictionary<PersonId, Account>(persons.Count);
                foreach (var person in persons)
                    if (session.Row(ToAccount, AccountTables.FindByPerson, person.Value.ToBytes()) is { } account)
                        found[person] = account;
                return found;
            },
            cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<Account>> ListAsync(string? after, string? containing, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IAccountStore.MaxListed);
        return Database.ReadAsync<IReadOnlyList<Account>>(
            session => session.Rows(ToAccount, AccountTables.List, after ?? "", containing, (long)limit), cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<bool> HasAdminAsync(CancellationToken cancellation = default) =>
        Database.ReadAsync(static session => (long)session.Scalar(AccountTables.HasAdmin)! > 0, cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask<Account?> ReplaceAsync(Account account, CancellationToken cancellation = default) =>
        await Database.WriteAsync(
            session => session.Execute(
                AccountTables.Replace, account.Id.ToBytes(), account.Version, account.Email, account.Name, (long)account.Role, AccountJson.Write(account)) > 0,
            cancellation)
            ? account with { Version = account.Version + 1 }
            : null;

    /// <inheritdoc/>
    /// <exception cref="JournalException">The erasure failed or isn't complete; the message says why. Asking again completes it.</exception>
    public async ValueTask<bool> EraseAsync(Id id, CancellationToken cancellation = default) =>
        await Database.WriteAsync(
            session =>
            {
                session.Execute(AccountTables.RemoveCodes, id.ToBytes());
                return session.Execute(AccountTables.Remove, id.ToBytes()) > 0;
            },
            cancellation,
            AfterCommit.Rewrite);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The hash is not 32 bytes.</exception>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask PutCodeAsync(OneTimeCode code, CancellationToken cancellation = default)
    {
        if (code.Hash.Length != HashBytes)
            throw new ArgumentException($"A code's hash is {HashBytes} bytes.", nameof(code));
        await Database.WriteAsync(
            session => session.Execute(AccountTables.PutCode, code.Account.ToBytes(), (long)code.Purpose, code.Hash, code.Expires.UnixMilliseconds),
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask<OneTimeCode?> TakeCodeAsync(
        ReadOnlyMemory<byte> hash, CodePurpose purpose, Instant now, CancellationToken cancellation = default)
    {
        var bytes = hash.ToArray();
        var code = await Database.WriteAsync(
            session => session.Row(
                row => new OneTimeCode(bytes, purpose, row.GetId(0), new Instant(row.GetInt64(1))), AccountTables.TakeCode, bytes, (long)purpose),
            cancellation);
        return code is not null && code.Expires > now ? code : null;
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<string>> CookieKeysAsync(CancellationToken cancellation = default) =>
        Database.ReadAsync<IReadOnlyList<string>>(static session => session.Rows(static row => row.GetString(0), AccountTables.CookieKeys), cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask AddCookieKeyAsync(string key, CancellationToken cancellation = default) =>
        await Database.WriteAsync(session => session.Execute(AccountTables.AddCookieKey, key), cancellation);

    /// <summary>Commits what waits and closes the file.</summary>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static Account ToAccount(SqliteDataReader row) => AccountJson.Read(
        row.GetId(0), row.GetInt64(1), row.GetString(2), new PersonId(row.GetId(3)), row.GetString(4), (Role)row.GetByte(5), row.GetString(6));
}
