using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Access;

/// <summary>
/// Tokens, rolls, claims and the secret in one SQLite file. Concurrent changes share one commit. An erasure rewrites the
/// file, which stays small.
/// </summary>
public sealed class SqliteAccessStore : IAccessStore, IAsyncDisposable
{
    private const int SecretBytes = 32;
    private const int HashBytes = 32;

    private SqliteAccessStore(SqliteDatabase database) => Database = database;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file, such as <c>access.db</c> in the server's folder.</param>
    /// <exception cref="JournalException">The file can't be used; the message says why and what to do.</exception>
    public static SqliteAccessStore Open(string path) => Open(path, new SqliteFileOptions());

    internal static SqliteAccessStore Open(string path, SqliteFileOptions options) =>
        new(SqliteDatabase.Open(path, options with { SecureDelete = true }, AccessTables.Schema));

    /// <summary>The file, for tests.</summary>
    internal SqliteDatabase Database { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="fresh"/> is not 32 bytes.</exception>
    /// <exception cref="JournalException">The file can't be used; the message says why.</exception>
    public async ValueTask<byte[]> GetOrAddSecretAsync(ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default)
    {
        if (fresh.Length != SecretBytes)
            throw new ArgumentException($"The secret is {SecretBytes} bytes.", nameof(fresh));
        var bytes = fresh.ToArray();
        return await Database.WriteAsync(
            session =>
            {
                session.Execute(AccessTables.AddSecret, bytes);
                return (byte[])session.Scalar(AccessTables.GetSecret)!;
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="fresh"/> is empty or too long.</exception>
    /// <exception cref="JournalException">The file can't be used; the message says why.</exception>
    public async ValueTask<byte[]> GetOrAddSigningKeyAsync(ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default)
    {
        if (fresh.Length is 0 or > IAccessStore.MaxSigningKeyBytes)
            throw new ArgumentException($"A signing key is 1 to {IAccessStore.MaxSigningKeyBytes} bytes.", nameof(fresh));
        var bytes = fresh.ToArray();
        return await Database.WriteAsync(
            session =>
            {
                session.Execute(AccessTables.AddSigningKey, bytes);
                return (byte[])session.Scalar(AccessTables.GetSigningKey)!;
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<byte[]?> FindPublicationAsync(CampaignId campaign, CancellationToken cancellation = default) =>
        Database.ReadAsync(session => (byte[]?)session.Scalar(AccessTables.GetPublication, campaign.Value.ToBytes()), cancellation);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="fresh"/> is empty or too long.</exception>
    /// <exception cref="JournalException">The file can't be used; the message says why.</exception>
    public async ValueTask<byte[]> GetOrAddPublicationAsync(CampaignId campaign, ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default)
    {
        if (fresh.Length is 0 or > IAccessStore.MaxPublicationBytes)
            throw new ArgumentException($"A publication is 1 to {IAccessStore.MaxPublicationBytes} bytes.", nameof(fresh));
        var bytes = fresh.ToArray();
        return await Database.WriteAsync(
            session =>
            {
                session.Execute(AccessTables.AddPublication, campaign.Value.ToBytes(), bytes);
                return (byte[])session.Scalar(AccessTables.GetPublication, campaign.Value.ToBytes())!;
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The hash is not 32 bytes, or another token has this id.</exception>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask AddTokenAsync(TokenRecord token, CancellationToken cancellation = default)
    {
        if (token.Hash.Length != HashBytes)
            throw new ArgumentException($"A token's hash is {HashBytes} bytes.", nameof(token));
        await Database.WriteAsync(
            session =>
            {
                var id = token.Id.ToBytes();
                var added = session.Execute(
                    AccessTables.AddToken, id, token.Hash, token.Name, (long)token.Scopes, token.Voter, token.Person?.Value.ToBytes(),
                    token.Address, token.Created.UnixMilliseconds, token.Expires?.UnixMilliseconds);
                // Adding the same token again is a repetition after an answer that was lost.
                if (added == 0 && !token.Hash.AsSpan().SequenceEqual((byte[])session.Scalar(AccessTables.HashOfToken, id)!))
                    throw new ArgumentException($"Another token has the id {token.Id}.", nameof(token));
                return added;
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<TokenRecord>> ListTokensAsync(CancellationToken cancellation = default) =>
        Database.ReadAsync<IReadOnlyList<TokenRecord>>(session => session.Rows(ToToken, AccessTables.ListTokens), cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask<bool> RemoveTokenAsync(Id id, CancellationToken cancellation = default) =>
        await Database.WriteAsync(session => session.Execute(AccessTables.RemoveToken, id.ToBytes()) > 0, cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask PutRollAsync(
        CampaignId campaign, IReadOnlyCollection<RollEntry> entries, CancellationToken cancellation = default)
    {
        // In the order of the keys the tree is walked once instead of searched for each; the last of two entries of one voter counts.
        var sorted = entries.OrderBy(entry => entry.Voter).ToArray();
        await Database.WriteAsync(
            session =>
            {
                var id = campaign.Value.ToBytes();
                foreach (var entry in sorted)
                    session.Execute(AccessTables.PutOnRoll, id, entry.Voter.Value.ToBytes(), entry.Segment?.Value.ToBytes());
                return sorted.Length;
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<RollEntry?> FindOnRollAsync(CampaignId campaign, VoterId voter, CancellationToken cancellation = default) =>
        Database.ReadAsync(
            session => session.Row(
                row => new RollEntry(voter, row.GetIdOrNull(0) is { } segment ? new TermId(segment) : null),
                AccessTables.FindOnRoll, campaign.Value.ToBytes(), voter.Value.ToBytes()),
            cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why. Claiming again is safe.</exception>
    public async ValueTask<Claim> ClaimAsync(Id key, Id fingerprint, Instant now, CancellationToken cancellation = default) =>
        await Database.WriteAsync(session => Claims.Claim(session, key, fingerprint, now), cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The erasure failed or isn't complete; the message says why. Asking again completes it.</exception>
    public async ValueTask<IReadOnlyList<Id>> EraseAsync(
        PersonId person, IReadOnlyCollection<(CampaignId Campaign, VoterId Voter)> voters, CancellationToken cancellation = default) =>
        await Database.WriteAsync(
            session =>
            {
                var id = person.Value.ToBytes();
                var tokens = session.Rows(row => row.GetId(0), AccessTables.TokensOfPerson, id);
                session.Execute(AccessTables.RemoveTokensOfPerson, id);
                foreach (var (campaign, voter) in voters)
                    session.Execute(AccessTables.RemoveFromRoll, campaign.Value.ToBytes(), voter.Value.ToBytes());
                return tokens;
            },
            cancellation,
            AfterCommit.Rewrite);

    /// <summary>Commits what waits and closes the file.</summary>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static TokenRecord ToToken(SqliteDataReader row) => new(
        row.GetId(0), row.GetFieldValue<byte[]>(1), row.GetString(2), (Scopes)row.GetInt16(3),
        row.IsDBNull(4) ? null : row.GetString(4),
        row.GetIdOrNull(5) is { } person ? new PersonId(person) : null,
        row.IsDBNull(6) ? null : row.GetString(6),
        new Instant(row.GetInt64(7)),
        row.IsDBNull(8) ? null : new Instant(row.GetInt64(8)));
}
