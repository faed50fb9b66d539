using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Texts;

namespace IdeaVote.Engine.Accounts;

/// <summary>
/// Accounts of the portal, their one-time codes, and the keys that its cookies are protected with. Every change is durable on return.
/// </summary>
public interface IAccountStore
{
    /// <summary>The most accounts that one listing returns.</summary>
    const int MaxListed = 200;

    /// <summary>Adds an account, at version 1.</summary>
    /// <param name="account">The account; its <see cref="Account.Version"/> is 0.</param>
    /// <param name="onlyIfNoAdmin">Add it only if no account is an administrator's: of many who try at once, one succeeds.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>False if the id, address or person is taken, or there is an administrator.</returns>
    ValueTask<bool> AddAsync(Account account, bool onlyIfNoAdmin = false, CancellationToken cancellation = default);

    /// <summary>The account of this id; null if there is none.</summary>
    ValueTask<Account?> FindAsync(Id id, CancellationToken cancellation = default);

    /// <summary>The account of this address, in lower case; null if there is none.</summary>
    ValueTask<Account?> FindByEmailAsync(string email, CancellationToken cancellation = default);

    /// <summary>The accounts of these persons; those who have none are left out.</summary>
    ValueTask<IReadOnlyDictionary<PersonId, Account>> FindByPersonsAsync(IReadOnlyCollection<PersonId> persons, CancellationToken cancellation = default);

    /// <summary>Accounts in the order of their addresses.</summary>
    /// <param name="after">The address to begin behind; null for the first.</param>
    /// <param name="containing">What address or name must contain, in whatever case of ASCII letters; null for anything.</param>
    /// <param name="limit">How many at most, 1 to <see cref="MaxListed"/>.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<IReadOnlyList<Account>> ListAsync(string? after, string? containing, int limit, CancellationToken cancellation = default);

    /// <summary>Whether an account is an administrator's.</summary>
    ValueTask<bool> HasAdminAsync(CancellationToken cancellation = default);

    /// <summary>Changes an account, if it is still the one that was read.</summary>
    /// <param name="account">What it becomes, with the <see cref="Account.Version"/> that was read.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>It with its new version; null if it has changed meanwhile, is gone, or its new address is taken.</returns>
    ValueTask<Account?> ReplaceAsync(Account account, CancellationToken cancellation = default);

    /// <summary>Erases an account with its codes. On return no file of the store holds them.</summary>
    /// <returns>False if there was none.</returns>
    ValueTask<bool> EraseAsync(Id id, CancellationToken cancellation = default);

    /// <summary>Keeps a one-time code, in place of any other of the same account and purpose.</summary>
    ValueTask PutCodeAsync(OneTimeCode code, CancellationToken cancellation = default);

    /// <summary>Takes a code out, so that it is never found again.</summary>
    /// <param name="hash">SHA-256 of the secret, 32 bytes.</param>
    /// <param name="purpose">What it must be good for.</param>
    /// <param name="now">The time; a code that has expired is not found.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Null if there is none.</returns>
    ValueTask<OneTimeCode?> TakeCodeAsync(ReadOnlyMemory<byte> hash, CodePurpose purpose, Instant now, CancellationToken cancellation = default);

    /// <summary>The keys that cookies are protected with, as they were added.</summary>
    ValueTask<IReadOnlyList<string>> CookieKeysAsync(CancellationToken cancellation = default);

    /// <summary>Adds a key that cookies are protected with.</summary>
    ValueTask AddCookieKeyAsync(string key, CancellationToken cancellation = default);
}
