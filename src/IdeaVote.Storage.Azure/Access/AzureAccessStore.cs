using Azure.Data.Tables;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Access;

/// <summary>
/// Tokens, rolls, claims and the secret in the table <c>{prefix}access</c> of an Azure storage account. An erasure returns when Azure
/// gives the rows to nobody any more; as for the rest, see <see cref="Texts.AzureTextStore"/>.
/// </summary>
/// <remarks>
/// A token's name, voter and address have at most 32,768 characters each. A roll takes up to 3,000,000 voters at once; those of more
/// than 99 are first stored aside and then put on the roll by one change, after which no reader sees the roll as it was before.
/// </remarks>
public sealed class AzureAccessStore : IAccessStore
{
    private const string TableName = "access";
    private const string Secret = "secret";
    private const string SigningKey = "signingkey";
    private const string Publication = "publication";
    private const int SecretBytes = 32;
    private const int HashBytes = 32;

    private readonly Table table;
    private readonly Claims claims;
    private readonly Rolls rolls;
    private readonly TimeProvider time;
    private long lastAdded;

    internal AzureAccessStore(Table table, TimeProvider time)
    {
        (this.table, this.time) = (table, time);
        (claims, rolls) = (new Claims(table), new Rolls(table));
    }

    /// <summary>Connects, and makes the table if there is none.</summary>
    /// <param name="tables">The account and how to get in.</param>
    /// <param name="time">The time by which tokens of the same millisecond are put in order; null for this machine's.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="JournalException">The account can't be used; the message says why and what to do.</exception>
    public static async Task<AzureAccessStore> OpenAsync(AzureTables tables, TimeProvider? time = null, CancellationToken cancellation = default) =>
        new(await tables.OpenAsync(TableName, cancellation), time ?? TimeProvider.System);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="fresh"/> is not 32 bytes.</exception>
    /// <exception cref="JournalException">The account can't be used; the message says why.</exception>
    public async ValueTask<byte[]> GetOrAddSecretAsync(ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default)
    {
        if (fresh.Length != SecretBytes)
            throw new ArgumentException($"The secret is {SecretBytes} bytes.", nameof(fresh));
        return await GetOrAddAsync(Secret, Secret, fresh, cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="fresh"/> is empty or too long.</exception>
    /// <exception cref="JournalException">The account can't be used; the message says why.</exception>
    public async ValueTask<byte[]> GetOrAddSigningKeyAsync(ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default)
    {
        if (fresh.Length is 0 or > IAccessStore.MaxSigningKeyBytes)
            throw new ArgumentException($"A signing key is 1 to {IAccessStore.MaxSigningKeyBytes} bytes.", nameof(fresh));
        return await GetOrAddAsync(SigningKey, SigningKey, fresh, cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The account can't be read; the message says why.</exception>
    public async ValueTask<byte[]?> FindPublicationAsync(CampaignId campaign, CancellationToken cancellation = default) =>
        (await table.FindAsync(Publication, campaign.ToString(), cancellation))?.Bytes(Publication);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="fresh"/> is empty or too long.</exception>
    /// <exception cref="JournalException">The account can't be used; the message says why.</exception>
    public async ValueTask<byte[]> GetOrAddPublicationAsync(CampaignId campaign, ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default)
    {
        if (fresh.Length is 0 or > IAccessStore.MaxPublicationBytes)
            throw new ArgumentException($"A publication is 1 to {IAccessStore.MaxPublicationBytes} bytes.", nameof(fresh));
        return await GetOrAddAsync(Publication, campaign.ToString(), fresh, cancellation);
    }

    /// <summary>What lies in a row, in the column that is called like its partition; put there first if there is none.</summary>
    private async ValueTask<byte[]> GetOrAddAsync(string name, string row, ReadOnlyMemory<byte> fresh, CancellationToken cancellation)
    {
        if (await table.FindAsync(name, row, cancellation) is { } known)
            return known.Bytes(name);
        await table.TryAddAsync(new TableEntity(name, row) { [name] = fresh.ToArray() }, CancellationToken.None);
        // Whoever was first: what is stored now is what counts.
        return (await table.FindAsync(name, row, CancellationToken.None))?.Bytes(name)
            ?? throw new JournalException("A table is missing in the Azure storage account. Start again: tables are made at the start.");
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The hash is not 32 bytes, or another token has this id.</exception>
    /// <exception cref="JournalException">The outcome is unknown; the message says why. Adding it again is safe.</exception>
    public async ValueTask AddTokenAsync(TokenRecord token, CancellationToken cancellation = default)
    {
        if (token.Hash.Length != HashBytes)
            throw new ArgumentException($"A token's hash is {HashBytes} bytes.", nameof(token));
        cancellation.ThrowIfCancellationRequested();
        if (await table.TryAddAsync(AccessRows.Write(token, NextAdded()), CancellationToken.None) is not null)
            return;
        // Adding the same token again is a repetition after an answer that was lost.
        var known = await table.FindAsync(AccessRows.Tokens, token.Id.ToString(), CancellationToken.None);
        if (known is not null && !token.Hash.AsSpan().SequenceEqual(known.Bytes(nameof(token.Hash))))
            throw new ArgumentException($"Another token has the id {token.Id}.", nameof(token));
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The account can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyList<TokenRecord>> ListTokensAsync(CancellationToken cancellation = default)
    {
        var tokens = new List<(TokenRecord Token, long Added)>();
        await foreach (var row in table.QueryAsync(Keys.Range(AccessRows.Tokens, "0", "~"), cancellation: cancellation))
            tokens.Add((AccessRows.Read(row), row.Number(AccessRows.Added)));
        return [.. tokens.OrderBy(each => each.Token.Created).ThenBy(each => each.Added).Select(each => each.Token)];
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why. Removing it again is safe.</exception>
    public async ValueTask<bool> RemoveTokenAsync(Id id, CancellationToken cancellation = default)
    {
        var known = await table.FindAsync(AccessRows.Tokens, id.ToString(), cancellation);
        if (known is not null)
            await table.TryDeleteAsync(AccessRows.Tokens, known.RowKey, default, CancellationToken.None);
        return known is not null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are more than 3,000,000 entries.</exception>
    /// <exception cref="JournalException">The outcome is unknown; the message says why. Putting them again is safe.</exception>
    public async ValueTask PutRollAsync(CampaignId campaign, IReadOnlyCollection<RollEntry> entries, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        await rolls.PutAsync(campaign, entries);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The account can't be read; the message says why.</exception>
    public async ValueTask<RollEntry?> FindOnRollAsync(CampaignId campaign, VoterId voter, CancellationToken cancellation = default) =>
        await rolls.FindAsync(campaign, voter, cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why. Claiming again is safe.</exception>
    public async ValueTask<Claim> ClaimAsync(Id key, Id fingerprint, Instant now, CancellationToken cancellation = default) =>
        await claims.ClaimAsync(key, fingerprint, now, cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The erasure failed or isn't complete; the message says why. Asking again completes it.</exception>
    public async ValueTask<IReadOnlyList<Id>> EraseAsync(
        PersonId person, IReadOnlyCollection<(CampaignId Campaign, VoterId Voter)> voters, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var campaign in voters.GroupBy(each => each.Campaign, each => each.Voter))
            await rolls.RemoveAsync(campaign.Key, [.. campaign]);
        var removed = new List<Id>();
        await foreach (var row in table.QueryAsync(AccessRows.TokensOf(person), cancellation: CancellationToken.None))
            removed.Add(row.Id(nameof(row.RowKey)));
        foreach (var id in removed)
            await table.TryDeleteAsync(AccessRows.Tokens, id.ToString(), default, CancellationToken.None);
        return removed;
    }

    /// <summary>The time in ticks, later with each token of this process.</summary>
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
