using System.Collections.Concurrent;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine;
using IdeaVote.Gateway.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Access;

/// <summary>All tokens in memory, by hash: whoever calls is found by one look-up. The store beside it is the truth.</summary>
/// <param name="store">Where tokens lie.</param>
/// <param name="pseudonyms">Names the persons that tokens are of.</param>
/// <param name="time">The clock, for tokens that expire.</param>
public sealed class TokenBook(IAccessStore store, Pseudonyms pseudonyms, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    private readonly ConcurrentDictionary<TokenHash, Entry> byHash = new();
    private readonly ConcurrentDictionary<Id, TokenHash> byId = new();

    /// <summary>Reads all tokens of the store. Before it has, nobody but the administrator is known.</summary>
    public async Task LoadAsync(CancellationToken cancellation = default)
    {
        foreach (var token in await store.ListTokensAsync(cancellation))
            Add(token);
    }

    /// <summary>Reads all tokens of the store anew, because somebody else may have issued or revoked some.</summary>
    public async Task RefreshAsync(CancellationToken cancellation = default)
    {
        // Of those known before the store was asked, for one that is issued meanwhile need not be among its answer.
        var gone = byId.Keys.ToHashSet();
        foreach (var token in await store.ListTokensAsync(cancellation))
        {
            if (!gone.Remove(token.Id))
                Add(token);
        }
        foreach (var id in gone)
            Forget(id);
    }

    /// <summary>The caller a token stands for; null if there is no such token or it has expired.</summary>
    /// <param name="hash">SHA-256 of the token, 32 bytes.</param>
    public Caller? Find(ReadOnlySpan<byte> hash)
    {
        if (!byHash.TryGetValue(TokenHash.Of(hash), out var entry))
            return null;
        var now = Instant.From(time.GetUtcNow());
        if (entry.Expires is { } expires && expires <= now)
            return null;
        entry.Use(now);
        return entry.Caller;
    }

    /// <summary>When a token was last used at this process since it started; null if it has not been.</summary>
    public Instant? LastUsed(Id id) => byId.TryGetValue(id, out var hash) && byHash.TryGetValue(hash, out var entry) ? entry.LastUsed : null;

    /// <summary>Adds a token, durably.</summary>
    public async ValueTask AddAsync(TokenRecord token, CancellationToken cancellation = default)
    {
        await store.AddTokenAsync(token, cancellation);
        Add(token);
    }

    /// <summary>All tokens, oldest first, without the tokens themselves.</summary>
    public ValueTask<IReadOnlyList<TokenRecord>> ListAsync(CancellationToken cancellation = default) => store.ListTokensAsync(cancellation);

    /// <summary>Revokes a token: refused from now on, and durably gone on return.</summary>
    /// <returns>False if there was none.</returns>
    public async ValueTask<bool> RevokeAsync(Id id, CancellationToken cancellation = default)
    {
        Forget(id);
        return await store.RemoveTokenAsync(id, cancellation);
    }

    /// <summary>Drops a token that the store has already removed.</summary>
    public void Forget(Id id)
    {
        if (byId.TryRemove(id, out var hash))
            byHash.TryRemove(hash, out _);
    }

    private void Add(TokenRecord token)
    {
        var hash = TokenHash.Of(token.Hash);
        byHash[hash] = new Entry(new Caller(token.Scopes, token.Id, token.Voter, token.Address, pseudonyms), token.Expires);
        byId[token.Id] = hash;
    }

    private sealed class Entry(Caller caller, Instant? expires)
    {
        private long lastUsed;

        public Caller Caller { get; } = caller;

        public Instant? Expires { get; } = expires;

        public Instant? LastUsed => Volatile.Read(ref lastUsed) is var at and not 0 ? new Instant(at) : null;

        public void Use(Instant now) => Volatile.Write(ref lastUsed, now.UnixMilliseconds);
    }
}
