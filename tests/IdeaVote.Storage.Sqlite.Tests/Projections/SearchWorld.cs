using System.Text.Json;
using IdeaVote.Domain.Kernel;
using IdeaVote.Storage.Sqlite.Projections;
using IdeaVote.Storage.Sqlite.Texts;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

/// <summary>A text store and a search index over it, and a feed that both know.</summary>
internal sealed class SearchWorld : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<RecordedEvent> history = [];

    public SearchWorld()
    {
        Some = new Some();
        Feed = new Feed(Some.Campaign());
        Directory.CreateDirectory(IndexFolder);
        Texts = SqliteTextStore.Open(folder.File("texts.db"));
        Index = SqliteSearchIndex.Open(IndexFile, Texts);
    }

    public Some Some { get; }

    public Feed Feed { get; }

    public SqliteTextStore Texts { get; }

    public SqliteSearchIndex Index { get; private set; }

    /// <summary>The index's own folder, so that a scan of it sees no other store's files.</summary>
    public string IndexFolder => folder.File("index");

    public string IndexFile => Path.Combine(IndexFolder, "search.db");

    public Task<TextId> PutAsync(string title, string body = "", params string[] tags) =>
        PutRawAsync(JsonSerializer.SerializeToUtf8Bytes(new { title, body, tags, reference = "beyond search" }));

    public async Task<TextId> PutRawAsync(byte[] content)
    {
        var document = Some.Document(content: content);
        await Texts.PutAsync(document);
        return document.Id;
    }

    /// <summary>Folds events, as one batch.</summary>
    public async Task FoldAsync(params RecordedEvent[] events)
    {
        history.AddRange(events);
        await Index.ApplyAsync(events, OnePartition.At(history.Count));
    }

    public async Task<IdeaId> SubmitAsync(string title, string body = "", params string[] tags)
    {
        var idea = Some.Idea();
        await FoldAsync(Feed.Submitted(idea, await PutAsync(title, body, tags)));
        return idea;
    }

    public ValueTask<IReadOnlyList<IdeaId>> SearchAsync(string query, int max = 100) => Index.SearchAsync(Feed.Campaign, query, max);

    public async Task ReopenAsync()
    {
        await Index.DisposeAsync();
        Index = SqliteSearchIndex.Open(IndexFile, Texts);
    }

    /// <summary>Loses the index and folds the whole feed again, in batches of a given size.</summary>
    public async Task RebuildAsync(int batch)
    {
        await Index.DisposeAsync();
        File.Delete(IndexFile);
        Index = SqliteSearchIndex.Open(IndexFile, Texts);
        (await Index.LoadPositionAsync()).Offset().ShouldBe(0);
        for (var from = 0; from < history.Count; from += batch)
        {
            var events = history.Skip(from).Take(batch).ToArray();
            await Index.ApplyAsync(events, OnePartition.At(from + events.Length));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Index.DisposeAsync();
        await Texts.DisposeAsync();
        folder.Dispose();
    }
}
