using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>
/// Full-text search in a SQLite file of its own. It holds the words of current texts only; before a fold that erases a text
/// returns, none of its words that no other text has is left in the file.
/// </summary>
public sealed class SqliteSearchIndex : ISearchIndex, IAsyncDisposable
{
    private readonly ITextStore texts;

    private SqliteSearchIndex(SqliteDatabase database, ITextStore texts)
    {
        Database = database;
        this.texts = texts;
    }

    /// <summary>Opens the file, or makes it; a new one starts before the first event.</summary>
    /// <param name="path">The file, such as <c>search.db</c> in the server's folder.</param>
    /// <param name="texts">Where the ideas' texts lie.</param>
    /// <exception cref="JournalException">The file can't be used; the message says why and what to do.</exception>
    public static SqliteSearchIndex Open(string path, ITextStore texts)
    {
        var options = new SqliteFileOptions { Synchronous = SqliteSynchronous.Normal, SecureDelete = true, Rebuildable = true };
        return new SqliteSearchIndex(SqliteDatabase.Open(path, options, SearchTables.Schema), texts);
    }

    /// <summary>The file, for tests.</summary>
    internal SqliteDatabase Database { get; }

    /// <inheritdoc/>
    public string Name => "search";

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<Position> LoadPositionAsync(CancellationToken cancellation = default) =>
        Database.ReadAsync(ProjectionPosition.Read, cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be written; the message says why.</exception>
    public async ValueTask ApplyAsync(IReadOnlyList<RecordedEvent> events, Position upTo, CancellationToken cancellation = default)
    {
        var fold = new SearchFold(events);
        var found = await texts.GetManyAsync(fold.Wanted, cancellation);
        var erases = await Database.ReadAsync(fold.Erases, cancellation);
        await Database.WriteAsync(
            session =>
            {
                fold.Apply(session, found, mergesAll: erases);
                return ProjectionPosition.Write(session, upTo);
            },
            cancellation,
            erases ? AfterCommit.Rewrite : AfterCommit.Nothing);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<IdeaId>> SearchAsync(
        CampaignId campaign, string query, int max, CancellationToken cancellation = default) =>
        FindAsync(campaign, word => SearchQuery.ToMatch(word, query), max, cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The file can't be read; the message says why.</exception>
    public ValueTask<IReadOnlyList<IdeaId>> SimilarAsync(
        CampaignId campaign, string text, int max, CancellationToken cancellation = default) =>
        FindAsync(campaign, word => SearchQuery.ToAnyMatch(word, text), max, cancellation);

    private ValueTask<IReadOnlyList<IdeaId>> FindAsync(
        CampaignId campaign, Func<string, string?> toMatch, int max, CancellationToken cancellation) =>
        Database.ReadAsync<IReadOnlyList<IdeaId>>(
            session =>
            {
                if (session.Scalar(SearchTables.FindCampaign, campaign.Value.ToBytes()) is not long number)
                    return [];
                return toMatch(SearchTables.CampaignWord(number)) is { } match
                    ? session.Rows(row => new IdeaId(row.GetId(0)), SearchTables.Search, match, (long)Math.Max(max, 0))
                    : [];
            },
            cancellation);

    /// <summary>Closes the file.</summary>
    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
