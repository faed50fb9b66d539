using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Postgres.Connections;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Accounts;

/// <summary>
/// Accounts in a PostgreSQL database, where all processes that share it find them. An erasure returns when the rows are gone and
/// <c>VACUUM</c> has given up their room; for what may remain in files and logs see <see cref="Access.PostgresAccessStore"/>.
/// </summary>
public sealed class PostgresAccountStore : IAccountStore, IAsyncDisposable
{
    private const int HashBytes = 32;

    private readonly PostgresDatabase database;

    private PostgresAccountStore(PostgresDatabase database) => this.database = database;

    /// <summary>Connects, and makes the tables where there are none.</summary>
    /// <param name="connectionString">As for the journal.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="JournalException">The database can't be used; the message says why and what to do.</exception>
    public static async Task<PostgresAccountStore> OpenAsync(string connectionString, CancellationToken cancellation = default) =>
        new(await PostgresDatabase.OpenAsync(connectionString, AccountTables.Schema, cancellation));

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public ValueTask<bool> AddAsync(Account account, bool onlyIfNoAdmin = false, CancellationToken cancellation = default) => onlyIfNoAdmin
        ? database.TransactAsync(
            async connection =>
            {
                // Of two that look at once both would see none.
                await using var keepOut = connection.Command(AccountTables.LockAccounts);
                await keepOut.ExecuteNonQueryAsync(CancellationToken.None);
                await using var look = connection.Command(AccountTables.HasAdmin);
                return !(bool)(await look.ExecuteScalarAsync(CancellationToken.None))! && await AddAsync(connection, account);
            },
            cancellation)
        : database.WriteAsync(connection => AddAsync(connection, account), cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public ValueTask<Account?> FindAsync(Id id, CancellationToken cancellation = default) =>
        OneAsync(connection => connection.Command(AccountTables.Find).With(id), cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public ValueTask<Account?> FindByEmailAsync(string email, CancellationToken cancellation = default) => IsStorable(email)
        ? OneAsync(connection => connection.Command(AccountTables.FindByEmail).With(email), cancellation)
        : new ValueTask<Account?>((Account?)null);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyDictionary<PersonId, Account>> FindByPersonsAsync(
        IReadOnlyCollection<PersonId> persons, CancellationToken cancellation = default)
    {
        byte[]?[] ids = [.. persons.Select(person => person.Value.ToBytes())];
        var found = await ManyAsync(connection => connection.Command(AccountTables.FindByPersons).With(ids), cancellation);
        return found.ToDictionary(account => account.Person);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyList<Account>> ListAsync(string? after, string? containing, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IAccountStore.MaxListed);
        return IsStorable(after) && IsStorable(containing)
            ? await ManyAsync(connection => connection.Command(AccountTables.List).With(after ?? "").With(containing).With((long)limit), cancellation)
            : [];
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public ValueTask<bool> HasAdminAsync(CancellationToken cancellation = default) => database.ReadAsync(
        async (connection, stop) =>
        {
            await using var look = connection.Command(AccountTables.HasAdmin);
            return (bool)(await look.ExecuteScalarAsync(stop))!;
        },
        cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask<Account?> ReplaceAsync(Account account, CancellationToken cancellation = default) => await database.WriteAsync(
        async connection =>
        {
            await using var replace = connection.Command(AccountTables.Replace)
                .With(account.Id).With(account.Version).With(account.Email).With(account.Name).With((short)account.Role).With(AccountJson.Write(account));
            try
            {
                return await replace.ExecuteNonQueryAsync(CancellationToken.None) > 0;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                return false;
            }
        },
        cancellation)
        ? account with { Version = account.Version + 1 }
        : null;

    /// <inheritdoc/>
    /// <exception cref="JournalException">The erasure failed or isn't complete; the message says why. Asking again completes it.</exception>
    public async ValueTask<bool> EraseAsync(Id id, CancellationToken cancellation = default)
    {
        var removed = await database.TransactAsync(
            async connection =>
            {
                await using var codes = connection.Command(AccountTables.RemoveCodes).With(id);
                await codes.ExecuteNonQueryAsync(CancellationToken.None);
                await using var remove = connection.Command(AccountTables.Remove).With(id);
                return await remove.ExecuteNonQueryAsync(CancellationToken.None) > 0;
            },
            cancellation);
        await database.VacuumAsync(AccountTables.PersonalTables);
        return removed;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The hash is not 32 bytes.</exception>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask PutCodeAsync(OneTimeCode code, CancellationToken cancellation = default)
    {
        if (code.Hash.Length != HashBytes)
            throw new ArgumentException($"A code's hash is {HashBytes} bytes.", nameof(code));
        await database.WriteAsync(
            async connection =>
            {
                await using var put = connection.Command(AccountTables.PutCode)
                    .With(code.Account).With((short)code.Purpose).With(code.Hash.AsMemory()).With(code.Expires.UnixMilliseconds);
                return await put.ExecuteNonQueryAsync(CancellationToken.None);
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask<OneTimeCode?> TakeCodeAsync(
        ReadOnlyMemory<byte> hash, CodePurpose purpose, Instant now, CancellationToken cancellation = default)
    {
        var taken = await database.WriteAsync(
            async connection =>
            {
                await using var take = connection.Command(AccountTables.TakeCode).With(hash).With((short)purpose);
                return await take.RowsAsync(row => new OneTimeCode(hash.ToArray(), purpose, row.GetId(0), new Instant(row.GetInt64(1))), CancellationToken.None);
            },
            cancellation);
        return taken is [var code] && code.Expires > now ? code : null;
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyList<string>> CookieKeysAsync(CancellationToken cancellation = default) => await database.ReadAsync(
        async (connection, stop) =>
        {
            await using var keys = connection.Command(AccountTables.CookieKeys);
            return await keys.RowsAsync(static row => row.GetString(0), stop);
        },
        cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask AddCookieKeyAsync(string key, CancellationToken cancellation = default) => await database.WriteAsync(
        async connection =>
        {
            await using var add = connection.Command(AccountTables.AddCookieKey).With(key);
            return await add.ExecuteNonQueryAsync(CancellationToken.None);
        },
        cancellation);

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static async Task<bool> AddAsync(NpgsqlConnection connection, Account account)
    {
        await using var add = connection.Command(AccountTables.Add)
            .With(account.Id).With(account.Email).With(account.Person.Value).With(account.Name).With((short)account.Role).With(AccountJson.Write(account));
        return await add.ExecuteNonQueryAsync(CancellationToken.None) > 0;
    }

    /// <summary>Whether a text could be in the database at all: PostgreSQL takes neither a NUL nor half a character.</summary>
    private static bool IsStorable(string? text)
    {
        if (text is null)
            return true;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i)))
                return false;
            if (char.IsSurrogate(text[i]))
                i++;
        }
        return true;
    }

    private async ValueTask<Account?> OneAsync(Func<NpgsqlConnection, NpgsqlCommand> ask, CancellationToken cancellation) =>
        (await ManyAsync(ask, cancellation)).SingleOrDefault();

    private ValueTask<List<Account>> ManyAsync(Func<NpgsqlConnection, NpgsqlCommand> ask, CancellationToken cancellation) => database.ReadAsync(
        async (connection, stop) =>
        {
            await using var command = ask(connection);
            return await command.RowsAsync(ToAccount, stop);
        },
        cancellation);

    private static Account ToAccount(NpgsqlDataReader row) => AccountJson.Read(
        row.GetId(0), row.GetInt64(1), row.GetString(2), new PersonId(row.GetId(3)), row.GetString(4), (Role)row.GetInt16(5), row.GetString(6));
}
