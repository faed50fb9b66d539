using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Postgres.Connections;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Access;

/// <summary>
/// Tokens, rolls, claims and the secret in a PostgreSQL database. An erasure returns when the rows are gone and <c>VACUUM</c> has
/// given up their room.
/// </summary>
/// <remarks>
/// As with <see cref="Texts.PostgresTextStore"/>, erased bytes may stay in the free room of the tables' files until other rows take
/// it (<c>VACUUM FULL token, roll</c> rewrites them at once), and in the write-ahead log, standbys and backups until those are recycled.
/// </remarks>
public sealed class PostgresAccessStore : IAccessStore, IAsyncDisposable
{
    private const int SecretBytes = 32;
    private const int HashBytes = 32;

    private readonly PostgresDatabase database;

    private PostgresAccessStore(PostgresDatabase database) => this.database = database;

    /// <summary>Connects, and makes the tables where there are none.</summary>
    /// <param name="connectionString">As for the journal.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="JournalException">The database can't be used; the message says why and what to do.</exception>
    public static async Task<PostgresAccessStore> OpenAsync(string connectionString, CancellationToken cancellation = default) =>
        new(await PostgresDatabase.OpenAsync(connectionString, AccessTables.Schema, cancellation));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="fresh"/> is not 32 bytes.</exception>
    /// <exception cref="JournalException">The database can't be used; the message says why.</exception>
    public async ValueTask<byte[]> GetOrAddSecretAsync(ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default)
    {
        if (fresh.Length != SecretBytes)
            throw new ArgumentException($"The secret is {SecretBytes} bytes.", nameof(fresh));
        return await database.WriteAsync(
            async connection =>
            {
                await using var add = connection.Command(AccessTables.AddSecret).With(fresh);
                await add.ExecuteNonQueryAsync(CancellationToken.None);
                await using var get = connection.Command(AccessTables.GetSecret);
                return (byte[])(await get.ExecuteScalarAsync(CancellationToken.None))!;
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="fresh"/> is empty or too long.</exception>
    /// <exception cref="JournalException">The database can't be used; the message says why.</exception>
    public async ValueTask<byte[]> GetOrAddSigningKeyAsync(ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default)
    {
        if (fresh.Length is 0 or > IAccessStore.MaxSigningKeyBytes)
            throw new ArgumentException($"A signing key is 1 to {IAccessStore.MaxSigningKeyBytes} bytes.", nameof(fresh));
        return await database.WriteAsync(
            async connection =>
            {
                await using var add = connection.Command(AccessTables.AddSigningKey).With(fresh);
                await add.ExecuteNonQueryAsync(CancellationToken.None);
                await using var get = connection.Command(AccessTables.GetSigningKey);
                return (byte[])(await get.ExecuteScalarAsync(CancellationToken.None))!;
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public ValueTask<byte[]?> FindPublicationAsync(CampaignId campaign, CancellationToken cancellation = default) => database.ReadAsync(
        async (connection, stop) =>
        {
            await using var get = connection.Command(AccessTables.GetPublication).With(campaign.Value);
            return (byte[]?)await get.ExecuteScalarAsync(stop);
        },
        cancellation);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="fresh"/> is empty or too long.</exception>
    /// <exception cref="JournalException">The database can't be used; the message says why.</exception>
    public async ValueTask<byte[]> GetOrAddPublicationAsync(CampaignId campaign, ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default)
    {
        if (fresh.Length is 0 or > IAccessStore.MaxPublicationBytes)
            throw new ArgumentException($"A publication is 1 to {IAccessStore.MaxPublicationBytes} bytes.", nameof(fresh));
        return await database.WriteAsync(
            async connection =>
            {
                await using var add = connection.Command(AccessTables.AddPublication).With(campaign.Value).With(fresh);
                await add.ExecuteNonQueryAsync(CancellationToken.None);
                await using var get = connection.Command(AccessTables.GetPublication).With(campaign.Value);
                return (byte[])(await get.ExecuteScalarAsync(CancellationToken.None))!;
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
        await database.WriteAsync(
            async connection =>
            {
                await using var add = connection.Command(AccessTables.AddToken)
                    .With(token.Id).With(token.Hash.AsMemory()).With(token.Name).With((short)token.Scopes).With(token.Voter)
                    .With(token.Person?.Value).With(token.Address).With(token.Created.UnixMilliseconds).With(token.Expires?.UnixMilliseconds);
                if (await add.ExecuteNonQueryAsync(CancellationToken.None) > 0)
                    return true;
                // Adding the same token again is a repetition after an answer that was lost.
                await using var get = connection.Command(AccessTables.HashOfToken).With(token.Id);
                var known = await get.ExecuteScalarAsync(CancellationToken.None) as byte[];
                if (known is not null && !token.Hash.AsSpan().SequenceEqual(known))
                    throw new ArgumentException($"Another token has the id {token.Id}.", nameof(token));
                return false;
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyList<TokenRecord>> ListTokensAsync(CancellationToken cancellation = default) => await database.ReadAsync(
        async (connection, stop) =>
        {
            await using var command = connection.Command(AccessTables.ListTokens);
            return await command.RowsAsync(ToToken, stop);
        },
        cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public ValueTask<bool> RemoveTokenAsync(Id id, CancellationToken cancellation = default) => database.WriteAsync(
        async connection =>
        {
            await using var command = connection.Command(AccessTables.RemoveToken).With(id);
            return await command.ExecuteNonQueryAsync(CancellationToken.None) > 0;
        },
        cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask PutRollAsync(
        CampaignId campaign, IReadOnlyCollection<RollEntry> entries, CancellationToken cancellation = default)
    {
        // The last of two entries of one voter counts; and in one order for all, so that no two rolls wait for each other.
        var last = new SortedDictionary<VoterId, TermId?>();
        foreach (var entry in entries)
            last[entry.Voter] = entry.Segment;
        await database.WriteAsync(
            async connection =>
            {
                await using var command = connection.Command(AccessTables.PutOnRoll)
                    .With(campaign.Value)
                    .With(last.Keys.Select(voter => (byte[]?)voter.Value.ToBytes()).ToArray())
                    .With(last.Values.Select(segment => segment?.Value.ToBytes()).ToArray());
                return await command.ExecuteNonQueryAsync(CancellationToken.None);
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public ValueTask<RollEntry?> FindOnRollAsync(CampaignId campaign, VoterId voter, CancellationToken cancellation = default) => database.ReadAsync(
        async (connection, stop) =>
        {
            await using var command = connection.Command(AccessTables.FindOnRoll).With(campaign.Value).With(voter.Value);
            return (await command.RowsAsync(
                row => new RollEntry(voter, row.GetIdOrNull(0) is { } segment ? new TermId(segment) : null), stop)).SingleOrDefault();
        },
        cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The outcome is unknown; the message says why. Claiming again is safe.</exception>
    public ValueTask<Claim> ClaimAsync(Id key, Id fingerprint, Instant now, CancellationToken cancellation = default) =>
        database.TransactAsync(connection => Claims.ClaimAsync(connection, key, fingerprint, now), cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The erasure failed or isn't complete; the message says why. Asking again completes it.</exception>
    public async ValueTask<IReadOnlyList<Id>> EraseAsync(
        PersonId person, IReadOnlyCollection<(CampaignId Campaign, VoterId Voter)> voters, CancellationToken cancellation = default)
    {
        var removed = await database.TransactAsync(
            async connection =>
            {
                await using var tokens = connection.Command(AccessTables.RemoveTokensOfPerson).With(person.Value);
                var ids = await tokens.RowsAsync(row => row.GetId(0), CancellationToken.None);
                await using var roll = connection.Command(AccessTables.RemoveFromRoll)
                    .With(voters.Select(voter => (byte[]?)voter.Campaign.Value.ToBytes()).ToArray())
                    .With(voters.Select(voter => (byte[]?)voter.Voter.Value.ToBytes()).ToArray());
                await roll.ExecuteNonQueryAsync(CancellationToken.None);
                return ids;
            },
            cancellation);
        await database.VacuumAsync(AccessTables.PersonalTables);
        return removed;
    }

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static TokenRecord ToToken(NpgsqlDataReader row) => new(
        row.GetId(0), row.GetFieldValue<byte[]>(1), row.GetString(2), (Scopes)row.GetInt16(3),
        row.IsDBNull(4) ? null : row.GetString(4),
        row.GetIdOrNull(5) is { } person ? new PersonId(person) : null,
        row.IsDBNull(6) ? null : row.GetString(6),
        new Instant(row.GetInt64(7)),
        row.IsDBNull(8) ? null : new Instant(row.GetInt64(8)));
}
