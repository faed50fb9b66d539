using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Texts;
using IdeaVote.Gateway.Identity;
using Microsoft.Extensions.Caching.Memory;

namespace IdeaVote.Gateway.Texts;

/// <summary>Makes and reads the documents of the text store, and keeps those read lately in memory.</summary>
public sealed class TextDocuments : IDisposable
{
    private const long CacheBytes = 64L * 1024 * 1024;
    private const int OverheadBytes = 256;

    /// <summary>How long a document is kept that another process may erase.</summary>
    private static readonly TimeSpan KeptShared = TimeSpan.FromSeconds(30);

    // Without it, a text of any script but Latin would be stored at up to three times its size.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ITextStore store;
    private readonly Pseudonyms pseudonyms;
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = CacheBytes });
    private readonly TimeSpan? kept;
    private long forgotten;

    /// <summary>Makes the reader and writer of documents.</summary>
    /// <param name="store">Where documents lie.</param>
    /// <param name="pseudonyms">Makes ids.</param>
    /// <param name="options">Whether other processes erase documents too.</param>
    public TextDocuments(ITextStore store, Pseudonyms pseudonyms, GatewayOptions options)
    {
        this.store = store;
        this.pseudonyms = pseudonyms;
        kept = options.SharesStores ? KeptShared : null;
    }

    /// <summary>How often a document has been forgotten; what is kept of texts read at another count may hold one that was erased.</summary>
    public long Forgotten => Volatile.Read(ref forgotten);

    /// <summary>Makes a document with a fresh id and salt; it is not stored yet.</summary>
    /// <param name="stream">The aggregate whose events will refer to it.</param>
    /// <param name="owner">The person it is of; null if it is the team's.</param>
    /// <param name="content">What it says.</param>
    /// <param name="type">How that is written.</param>
    public (TextDocument Document, TextRef Ref) Make<T>(StreamId stream, PersonId? owner, T content, JsonTypeInfo<T> type)
    {
        var written = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(written, Plain))
            JsonSerializer.Serialize(writer, content, type);
        var document = new TextDocument(new TextId(pseudonyms.RandomId()), stream, owner, RandomNumberGenerator.GetBytes(16), written.WrittenMemory);
        return (document, document.ToRef());
    }

    /// <summary>Stores a document, and returns once it is durable.</summary>
    public ValueTask PutAsync(TextDocument document, CancellationToken cancellation = default) => store.PutAsync(document, cancellation);

    /// <summary>Deletes a document that nothing refers to.</summary>
    public ValueTask DeleteAsync(TextId id, CancellationToken cancellation = default)
    {
        Forget(id);
        return store.DeleteAsync(id, cancellation);
    }

    /// <summary>Reads a document; null if there is no reference or the document is erased.</summary>
    public ValueTask<T?> ReadAsync<T>(TextRef? reference, JsonTypeInfo<T> type, CancellationToken cancellation = default)
        where T : class
    {
        if (reference is null)
            return ValueTask.FromResult<T?>(null);
        return cache.TryGetValue(reference.Id, out T? cached) ? ValueTask.FromResult(cached) : LoadAsync(reference.Id, type, cancellation);
    }

    /// <summary>Reads several documents at once; those that are erased are left out.</summary>
    public async ValueTask<IReadOnlyDictionary<TextId, T>> ReadManyAsync<T>(
        IReadOnlyCollection<TextRef> references, JsonTypeInfo<T> type, CancellationToken cancellation = default)
        where T : class
    {
        var found = new Dictionary<TextId, T>(references.Count);
        List<TextId>? missing = null;
        foreach (var reference in references)
        {
            if (cache.TryGetValue(reference.Id, out T? cached))
                found[reference.Id] = cached!;
            else
                (missing ??= []).Add(reference.Id);
        }
        if (missing is null)
            return found;
        var seen = Volatile.Read(ref forgotten);
        foreach (var (id, document) in await store.GetManyAsync(missing, cancellation))
            found[id] = Keep(document, type, seen);
        return found;
    }

    /// <summary>Drops a document from memory; call it whenever one has been erased or replaced.</summary>
    public void Forget(TextId id)
    {
        // Before the removal: a reader that fetched the document earlier must see that it may not put it back.
        Interlocked.Increment(ref forgotten);
        cache.Remove(id);
    }

    /// <summary>Drops the memory.</summary>
    public void Dispose() => cache.Dispose();

    private async ValueTask<T?> LoadAsync<T>(TextId id, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        var seen = Volatile.Read(ref forgotten);
        return await store.GetAsync(id, cancellation) is { } document ? Keep(document, type, seen) : null;
    }

    private T Keep<T>(TextDocument document, JsonTypeInfo<T> type, long seen)
        where T : class
    {
        var content = JsonSerializer.Deserialize(document.Content.Span, type)
            ?? throw new InvalidDataException($"The document {document.Id} of the text store is empty.");
        if (Volatile.Read(ref forgotten) != seen)
            return content;
        cache.Set(document.Id, content, new MemoryCacheEntryOptions { Size = document.Content.Length * 2L + OverheadBytes, AbsoluteExpirationRelativeToNow = kept });
        // Erased between the look and the keeping: take it out again.
        if (Volatile.Read(ref forgotten) != seen)
            cache.Remove(document.Id);
        return content;
    }
}
