using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Texts;

/// <summary>
/// Texts in one SQLite file. Concurrent changes share one commit; deleted content is overwritten, and the write-ahead log
/// emptied, before a deletion returns.
/// </summary>
public sealed class SqliteTextStore : ITextStore, IAsyncDisposable
{
    private SqliteTextStore(SqliteDatabase database) => Database = database;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file, such as <c>texts.db</c> in the server's folder.</param>
    /// <exception cref="JournalException">The file can't be used; the message says why and what to do.</exception>
    public static SqliteTextStore Open(string path) => Open(path, new SqliteFileOptions());

    internal static SqliteTextStore Open(string path, SqliteFileOptions options) =>
        new(SqliteDatabase.Open(path, options with { SecureDelete = true }, TextTables.Schema));

    /// <summary>The file, for tests.</summary>
    internal SqliteDatabase Database { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The content is larger than <see cref="TextDocument.MaxContentBytes"/>.</exception>
    /// <exception cref="JournalException">The outcome is unknown; the message says why.</exception>
    public async ValueTask PutAsync(TextDocument document, CancellationToken cancellation = default)
    {
        if (document.Content.Length > TextDocument.MaxContentBytes)
            throw new ArgumentException($"A text has at most {TextDocument.MaxContentBytes} bytes.", nameof(document));
        // The caller may use its memory for something else once it stops waiting.
        var (salt, content) = (document.Salt.ToArray(), document.Content.ToArray());
        await Database.WriteAsync(
            session =>
            {
                var id = document.Id.Value.ToBytes();
                session.Execute(TextTables.EmptyOne, id);
                return session.Execute(
                    TextTables.Add, id, (long)document.Stream.Kind, document.Stream.Campaign.Value.ToBytes(), document.Stream.Key.ToBytes(),
                    document.Owner?.Value.ToBytes(), salt, content);
            },
            cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<TextDocument?> GetAsync(TextId id, CancellationToken cancellation = default) =>
        Database.ReadAsync(session => Get(session, id), cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyDictionary<TextId, TextDocument>> GetManyAsync(
        IReadOnlyCollection<TextId> ids, CancellationToken cancellation = default) =>
        Database.ReadAsync<IReadOnlyDictionary<TextId, TextDocument>>(
            session =>
            {
                var found = new Dictionary<TextId, TextDocument>(ids.Count);
                foreach (var id in ids)
                    if (Get(session, id) is { } document)
                        found[id] = document;
                return found;
            },
            cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The deletion failed or isn't complete; the message says why.</exception>
    public async ValueTask DeleteAsync(TextId id, CancellationToken cancellation = default) =>
        await Database.WriteAsync(session => session.Execute(TextTables.EmptyOne, id.Value.ToBytes()), cancellation, AfterCommit.EmptyLog);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<OwnedText>> OfPersonAsync(PersonId person, CancellationToken cancellation = default) =>
        Database.ReadAsync<IReadOnlyList<OwnedText>>(session => OfPerson(session, person.Value.ToBytes()), cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The erasure failed or isn't complete; the message says why. Asking again completes it.</exception>
    public async ValueTask<IReadOnlyList<OwnedText>> EraseAsync(PersonId person, CancellationToken cancellation = default) =>
        await Database.WriteAsync(
            session =>
            {
                var owner = person.Value.ToBytes();
                var erased = OfPerson(session, owner);
                session.Execute(TextTables.EmptyPersons, owner);
                session.Execute(TextTables.WriteOwnersAnew);
                return erased;
            },
            cancellation,
            AfterCommit.EmptyLog);

    /// <summary>Commits what waits and closes the file.</summary>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static TextDocument? Get(SqliteSession session, TextId id) => session.Row(ToDocument, TextTables.Get, id.Value.ToBytes());

    private static List<OwnedText> OfPerson(SqliteSession session, byte[] owner) =>
        session.Rows(row => new OwnedText(ToStream(row), new TextId(row.GetId(0))), TextTables.OfPerson, owner);

    private static TextDocument ToDocument(SqliteDataReader row) => new(
        new TextId(row.GetId(0)), ToStream(row), row.GetIdOrNull(4) is { } owner ? new PersonId(owner) : null,
        row.GetFieldValue<byte[]>(5), row.GetFieldValue<byte[]>(6));

    private static StreamId ToStream(SqliteDataReader row) =>
        new((AggregateKind)row.GetByte(1), new CampaignId(row.GetId(2)), row.GetId(3));
}
