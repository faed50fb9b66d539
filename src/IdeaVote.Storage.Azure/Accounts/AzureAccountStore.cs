using Azure;
using Azure.Data.Tables;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Accounts;

/// <summary>
/// Accounts in the table <c>{prefix}people</c> of an Azure storage account. What must be unique has a row of its own, and rows that belong
/// together change in one transaction of their one partition. An erasure returns when Azure gives the rows to nobody any more; as for the rest,
/// see <see cref="Texts.AzureTextStore"/>.
/// </summary>
/// <remarks>A search reads all accounts after the place where it begins: Azure has no index of what a text contains.</remarks>
public sealed class AzureAccountStore : IAccountStore
{
    private const string TableName = "people";
    private const int HashBytes = 32;
    private const int MaxTries = 50;

    private readonly Table table;
    private readonly TimeProvider time;
    private long lastAdded;

    internal AzureAccountStore(Table table, TimeProvider time) => (this.table, this.time) = (table, time);

    /// <summary>Connects, and makes the table if there is none.</summary>
    /// <param name="tables">The account and how to get in.</param>
    /// <param name="time">The time by which the keys of cookies are put in order; null for this machine's.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="JournalException">The account can't be used; the message says why and what to do.</exception>
    public static async Task<AzureAccountStore> OpenAsync(AzureTables tables, TimeProvider? time = null, CancellationToken cancellation = default) =>
        new(await tables.OpenAsync(TableName, cancellation), time ?? TimeProvider.System);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask<bool> AddAsync(Account account, bool onlyIfNoAdmin = false, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var added = account with { Version = 1 };
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var admins = await table.FindAsync(AccountRows.Partition, AccountRows.Admins, CancellationToken.None);
            if (onlyIfNoAdmin && AdminsIn(admins) > 0)
                return false;
            var actions = Adding(added);
            if (onlyIfNoAdmin || account.Role == Role.Admin)
                actions.Add(Counting(admins, account.Role == Role.Admin ? 1 : 0));
            if (await table.TryAllAsync(actions, CancellationToken.None))
                return true;
            // Perhaps it was this very account that came through, and only the answer was lost.
            if (await FindAsync(account.Id, CancellationToken.None) is { } known)
                return known.Equals(added);
            if (await IsTakenAsync(account))
                return false;
        }
        throw Crowded();
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The account can't be read; the message says why.</exception>
    public async ValueTask<Account?> FindAsync(Id id, CancellationToken cancellation = default) =>
        await table.FindAsync(AccountRows.Partition, AccountRows.Of(id), cancellation) is { } row ? AccountRows.Read(row) : null;

    /// <inheritdoc/>
    /// <exception cref="JournalException">The account can't be read; the message says why.</exception>
    public async ValueTask<Account?> FindByEmailAsync(string email, CancellationToken cancellation = default) =>
        email.Length <= Account.MaxEmailChars && await table.FindAsync(AccountRows.Partition, AccountRows.Of(email), cancellation) is { } row
            ? AccountRows.Read(row)
            : null;

    /// <inheritdoc/>
    /// <exception cref="JournalException">The account can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyDictionary<PersonId, Account>> FindByPersonsAsync(
        IReadOnlyCollection<PersonId> persons, CancellationToken cancellation = default)
    {
        var found = new Dictionary<PersonId, Account>(persons.Count);
        foreach (var person in persons)
        {
            if (await table.FindAsync(AccountRows.Partition, AccountRows.Of(person), cancellation) is { } pointer
                && await FindAsync(pointer.Id(AccountRows.Account), cancellation) is { } account)
                found[person] = account;
        }
        return found;
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The account can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyList<Account>> ListAsync(string? after, string? containing, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IAccountStore.MaxListed);
        var words = containing is null ? null : Lower(containing);
        var found = new List<Account>();
        await foreach (var row in table.QueryAsync(AccountRows.After(after), words is null ? limit : 1_000, cancellation: cancellation))
        {
            var account = AccountRows.Read(row);
            if (words is not null && !account.Email.Contains(words, StringComparison.Ordinal) && !Lower(account.Name).Contains(words, StringComparison.Ordinal))
                continue;
            found.Add(account);
            if (found.Count == limit)
                break;
        }
        return found;
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The account can't be read; the message says why.</exception>
    public async ValueTask<bool> HasAdminAsync(CancellationToken cancellation = default) =>
        AdminsIn(await table.FindAsync(AccountRows.Partition, AccountRows.Admins, cancellation)) > 0;

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask<Account?> ReplaceAsync(Account account, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var replaced = account with { Version = account.Version + 1 };
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            if (await table.FindAsync(AccountRows.Partition, AccountRows.Of(account.Id), CancellationToken.None) is not { } row)
                return null;
            var before = AccountRows.Read(row);
            // If it is what this very call made of it, only the answer was lost.
            if (attempt > 0 && before.Equals(replaced))
                return replaced;
            if (before.Version != account.Version)
                return null;
            if (await table.TryAllAsync(await ReplacingAsync(row, before, replaced), CancellationToken.None))
                return replaced;
            if (before.Email != account.Email && await FindByEmailAsync(account.Email, CancellationToken.None) is { } other && other.Id != account.Id)
                return null;
        }
        throw Crowded();
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The erasure failed or isn't complete; the message says why. Asking again completes it.</exception>
    public async ValueTask<bool> EraseAsync(Id id, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var purpose in Enum.GetValues<CodePurpose>())
            await RemoveCodeAsync(id, purpose);
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            if (await table.FindAsync(AccountRows.Partition, AccountRows.Of(id), CancellationToken.None) is not { } row)
                return attempt > 0;
            var account = AccountRows.Read(row);
            List<TableTransactionAction> actions =
            [
                new(TableTransactionActionType.Delete, row, row.ETag),
                new(TableTransactionActionType.Delete, new TableEntity(AccountRows.Partition, AccountRows.Of(account.Email)), ETag.All),
                new(TableTransactionActionType.Delete, new TableEntity(AccountRows.Partition, AccountRows.Of(account.Person)), ETag.All),
            ];
            if (account.Role == Role.Admin)
                actions.Add(Counting(await table.FindAsync(AccountRows.Partition, AccountRows.Admins, CancellationToken.None), -1));
            if (await table.TryAllAsync(actions, CancellationToken.None))
                return true;
        }
        throw Crowded();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The hash is not 32 bytes.</exception>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask PutCodeAsync(OneTimeCode code, CancellationToken cancellation = default)
    {
        if (code.Hash.Length != HashBytes)
            throw new ArgumentException($"A code's hash is {HashBytes} bytes.", nameof(code));
        cancellation.ThrowIfCancellationRequested();
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            await RemoveCodeAsync(code.Account, code.Purpose);
            TableTransactionAction[] actions =
            [
                new(TableTransactionActionType.Add, AccountRows.Pointer(code)),
                new(TableTransactionActionType.Add, AccountRows.Write(code)),
            ];
            if (await table.TryAllAsync(actions, CancellationToken.None))
                return;
            // It is there already, by an answer that was lost; or another code of the same purpose was put at the same time.
            if (await table.FindAsync(AccountRows.Partition, AccountRows.Of(code.Account, code.Purpose), CancellationToken.None) is { } pointer
                && AccountRows.HashOf(pointer).AsSpan().SequenceEqual(code.Hash))
                return;
        }
        throw Crowded();
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask<OneTimeCode?> TakeCodeAsync(
        ReadOnlyMemory<byte> hash, CodePurpose purpose, Instant now, CancellationToken cancellation = default)
    {
        if (await table.FindAsync(AccountRows.Partition, AccountRows.OfCode(hash.Span), cancellation) is not { } row)
            return null;
        var code = AccountRows.ReadCode(row, hash);
        if (code.Purpose != purpose)
            return null;
        // Whoever deletes it has it. If the answer is lost, nobody has it: better than two.
        TableTransactionAction[] actions =
        [
            new(TableTransactionActionType.Delete, row, row.ETag),
            new(TableTransactionActionType.Delete, new TableEntity(AccountRows.Partition, AccountRows.Of(code.Account, purpose)), ETag.All),
        ];
        return await table.TryAllAsync(actions, CancellationToken.None) && code.Expires > now ? code : null;
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The account can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyList<string>> CookieKeysAsync(CancellationToken cancellation = default)
    {
        var keys = new List<string>();
        await foreach (var row in table.QueryAsync(AccountRows.CookieKeys, cancellation: cancellation))
            keys.Add(AccountRows.ReadCookieKey(row));
        return keys;
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask AddCookieKeyAsync(string key, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        await table.PutAsync(AccountRows.WriteCookieKey(key, NextAdded()), CancellationToken.None);
    }

    private static List<TableTransactionAction> Adding(Account account) =>
    [
        new(TableTransactionActionType.Add, AccountRows.Write(AccountRows.Of(account.Id), account)),
        new(TableTransactionActionType.Add, AccountRows.Write(AccountRows.Of(account.Email), account)),
        new(TableTransactionActionType.Add, AccountRows.Person(account)),
    ];

    private async Task<List<TableTransactionAction>> ReplacingAsync(TableEntity row, Account before, Account after)
    {
        List<TableTransactionAction> actions = [new(TableTransactionActionType.UpdateReplace, AccountRows.Write(AccountRows.Of(after.Id), after), row.ETag)];
        var byEmail = AccountRows.Write(AccountRows.Of(after.Email), after);
        if (before.Email == after.Email)
        {
            actions.Add(new TableTransactionAction(TableTransactionActionType.UpdateReplace, byEmail, ETag.All));
        }
        else
        {
            actions.Add(new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(AccountRows.Partition, AccountRows.Of(before.Email)), ETag.All));
            actions.Add(new TableTransactionAction(TableTransactionActionType.Add, byEmail));
        }
        if ((before.Role == Role.Admin) != (after.Role == Role.Admin))
            actions.Add(Counting(await table.FindAsync(AccountRows.Partition, AccountRows.Admins, CancellationToken.None), after.Role == Role.Admin ? 1 : -1));
        return actions;
    }

    /// <summary>Counts the administrators anew, on the number that was read: two that read the same one don't both get through.</summary>
    private static TableTransactionAction Counting(TableEntity? admins, int more)
    {
        var row = new TableEntity(AccountRows.Partition, AccountRows.Admins) { [AccountRows.Count] = AdminsIn(admins) + more };
        return admins is null
            ? new TableTransactionAction(TableTransactionActionType.Add, row)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, admins.ETag);
    }

    private static long AdminsIn(TableEntity? admins) => admins?.Number(AccountRows.Count) ?? 0;

    private async Task<bool> IsTakenAsync(Account account) =>
        await table.FindAsync(AccountRows.Partition, AccountRows.Of(account.Email)) is not null
        || await table.FindAsync(AccountRows.Partition, AccountRows.Of(account.Person)) is not null;

    private async Task RemoveCodeAsync(Id account, CodePurpose purpose)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            if (await table.FindAsync(AccountRows.Partition, AccountRows.Of(account, purpose), CancellationToken.None) is not { } pointer)
                return;
            TableTransactionAction[] actions =
            [
                new(TableTransactionActionType.Delete, pointer, pointer.ETag),
                new(TableTransactionActionType.Delete, new TableEntity(AccountRows.Partition, AccountRows.OfCode(AccountRows.HashOf(pointer))), ETag.All),
            ];
            if (await table.TryAllAsync(actions, CancellationToken.None))
                return;
        }
        throw Crowded();
    }

    private static string Lower(string text) => string.Create(text.Length, text, static (lower, text) =>
    {
        for (var i = 0; i < lower.Length; i++)
            lower[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
    });

    private static JournalException Crowded() => new("Too many requests change the same account at once. Send the request again.");

    /// <summary>The time in ticks, later with each key of this process.</summary>
    private long NextAdded()
    {
        while (true)
        {
            var last = Interlocked.Read(ref lastAdded);
            var next = Math.Max(last + 1, time.GetUtcNow().UtcTicks);
            if (Interlocked.CompareExchange(ref lastAdded, next, last) == last)
                return next;
        }
    }
}
