using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Accounts;
using Microsoft.Extensions.Caching.Memory;

namespace IdeaVote.Portal.Accounts;

/// <summary>Finds accounts, those in use without asking the store each time.</summary>
/// <param name="store">Has the accounts.</param>
public sealed class AccountBook(IAccountStore store) : IDisposable
{
    private const int MaxKept = 20_000;

    /// <summary>How long another process's change to an account (or its closing) may go unnoticed.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MaxKept });

    /// <summary>The account of this id; null if there is none.</summary>
    public async ValueTask<Account?> FindAsync(Id id, CancellationToken cancellation = default)
    {
        if (cache.TryGetValue(id, out Account? known))
            return known;
        var account = await store.FindAsync(id, cancellation);
        if (account is not null)
            Keep(account);
        return account;
    }

    /// <summary>Changes an account on top of whatever it has become meanwhile.</summary>
    /// <param name="id">The account.</param>
    /// <param name="change">The change; null to leave it as it is.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The account now; null if there is none, or another one has the address it wants.</returns>
    public async ValueTask<Account?> ChangeAsync(Id id, Func<Account, Account?> change, CancellationToken cancellation = default)
    {
        const int MaxAttempts = 10;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await store.FindAsync(id, cancellation) is not { } account)
                return null;
            if (change(account) is not { } wanted || wanted.Equals(account))
                return account;
            if (await store.ReplaceAsync(wanted, CancellationToken.None) is { } replaced)
            {
                Keep(replaced);
                return replaced;
            }
        }
        return null;
    }

    /// <summary>Forgets an account that has been erased.</summary>
    public void Forget(Id id) => cache.Remove(id);

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private void Keep(Account account) =>
        cache.Set(account.Id, account, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
}
