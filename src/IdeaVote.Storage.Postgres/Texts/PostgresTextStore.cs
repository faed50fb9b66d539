using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Postgres.Connections;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Texts;

/// <summary>
/// Texts in a PostgreSQL database. A deletion returns when the rows are gone and <c>VACUUM</c> has given up their room, so that no
/// query can find them again.
/// </summary>
/// <remarks>
/// What this can't do is overwrite: PostgreSQL does not. The bytes may stay in the free room of the table's file until other rows
/// take it, in the write-ahead log until its segments are recycled (see <c>max_wal_size</c>, <c>wal_keep_size</c>), and in archived
/// segments, standbys that lag and backups for as long as those are kept. Whoever must have them out of the table's file at once runs
/// <c>VACUUM FULL document</c>, which rewrites it and locks the table meanwhile; keep archives and backups no longer than erased data
/// may live. While an older transaction is open, or if the account does not own the table, <c>VACUUM</c> can't give up the room either;
/// autovacuum does it later.
/// </remarks>
public sealed class PostgresTextStore : ITextStore, IAsyncDisposable
{
    private readonly PostgresDatabase database;

    private PostgresTextStore(PostgresDatabase database) => this.database = database;

    /// <summary>Connects, and makes the table where there is none.</summary>
    /// <param name="connectionString">As for the journal.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="JournalException">The database can't be used; the message says why and what to do.</exception>
    public static async Task<PostgresTextStore> OpenAsync(string connectionString, CancellationToken cancellation = default) =>
        new(await PostgresDatabase.OpenAsync(connectionString, TextTables.Schema, cancellation));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The content is larger than <see cref="TextDocument.MaxContentBytes"/>.</exception>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask PutAsync(TextDocument document, CancellationToken cancellation = default)
    {
        if (document.Content.Length > TextDocument.MaxContentBytes)
            throw new ArgumentException($"A text has at most {TextDocument.MaxContentBytes} bytes.", nameof(document));
        await database.WriteAsync(
            async connection =>
            {
                await using var command = connection.Command(TextTables.Put)
                    .With(document.Stream).With(document.Id.Value).With(document.Owner?.Value).With(document.Salt).With(document.Content);
                return await command.ExecuteNonQueryAsync(CancellationToken.None);
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public ValueTask<TextDocument?> GetAsync(TextId id, CancellationToken cancellation = default) => database.ReadAsync(
        async (connection, stop) =>
        {
            await using var command = connection.Command(TextTables.Get).With(id.Value);
            return (await command.RowsAsync(ToDocument, stop)).SingleOrDefault();
        },
        cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyDictionary<TextId, TextDocument>> GetManyAsync(
        IReadOnlyCollection<TextId> ids, CancellationToken cancellation = default) => await database.ReadAsync(
        async (connection, stop) =>
        {
            await using var command = connection.Command(TextTables.GetMany).With(ids.Select(id => (byte[]?)id.Value.ToBytes()).ToArray());
            return (await command.RowsAsync(ToDocument, stop)).ToDictionary(document => document.Id);
        },
        cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The deletion failed or isn't complete; the message says why. Asking again completes it.</exception>
    public async ValueTask DeleteAsync(TextId id, CancellationToken cancellation = default)
    {
        await database.WriteAsync(
            async connection =>
            {
                await using var command = connection.Command(TextTables.Delete).With(id.Value);
                return await command.ExecuteNonQueryAsync(CancellationToken.None);
            },
            cancellation);
        await database.VacuumAsync(TextTables.Table);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The database can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyList<OwnedText>> OfPersonAsync(PersonId person, CancellationToken cancellation = default) => await database.ReadAsync(
        async (connection, stop) =>
        {
            await using var command = connection.Command(TextTables.OfPerson).With(person.Value);
            return await command.RowsAsync(ToOwned, stop);
        },
        cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The erasure failed or isn't complete; the message says why. Asking again completes it.</exception>
    public async ValueTask<IReadOnlyList<OwnedText>> EraseAsync(PersonId person, CancellationToken cancellation = default)
    {
        var erased = await database.WriteAsync(
            async connection =>
            {
                await using var command = connection.Command(TextTables.Erase).With(person.Value);
                return await command.RowsAsync(ToOwned, CancellationToken.None);
            },
            cancellation);
        await database.VacuumAsync(TextTables.Table);
        return erased;
    }

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static OwnedText ToOwned(NpgsqlDataReader row) => new(row.GetStreamId(0), new TextId(row.GetId(3)));

    private static TextDocument ToDocument(NpgsqlDataReader row) => new(
        new TextId(row.GetId(3)), row.GetStreamId(0), row.GetIdOrNull(4) is { } owner ? new PersonId(owner) : null,
        row.GetFieldValue<byte[]>(5), row.GetFieldValue<byte[]>(6));
}
