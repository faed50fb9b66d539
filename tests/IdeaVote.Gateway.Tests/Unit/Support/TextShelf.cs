using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Texts;

namespace IdeaVote.Gateway.Tests.Unit.Support;

/// <summary>A text store in memory that counts its readers and can make them wait after they have looked.</summary>
internal sealed class TextShelf : ITextStore
{
    private readonly Dictionary<TextId, TextDocument> documents = [];

    /// <summary>How often anything was read.</summary>
    public int Reads { get; private set; }

    /// <summary>How many documents there are.</summary>
    public int Count => documents.Count;

    /// <summary>When set, readers have found what they find but do not return before it ends.</summary>
    public TaskCompletionSource? Hold { get; set; }

    public ValueTask PutAsync(TextDocument document, CancellationToken cancellation = default)
    {
        documents[document.Id] = document;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<TextDocument?> GetAsync(TextId id, CancellationToken cancellation = default)
    {
        Reads++;
        var found = documents.GetValueOrDefault(id);
        if (Hold is { } hold)
            await hold.Task;
        return found;
    }

    public ValueTask<IReadOnlyDictionary<TextId, TextDocument>> GetManyAsync(IReadOnlyCollection<TextId> ids, CancellationToken cancellation = default)
    {
        Reads++;
        return ValueTask.FromResult<IReadOnlyDictionary<TextId, TextDocument>>(
            ids.Where(documents.ContainsKey).Distinct().ToDictionary(id => id, id => documents[id]));
    }

    public ValueTask DeleteAsync(TextId id, CancellationToken cancellation = default)
    {
        documents.Remove(id);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<OwnedText>> OfPersonAsync(PersonId person, CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<OwnedText>>(
            [.. documents.Values.Where(document => document.Owner == person).Select(document => new OwnedText(document.Stream, document.Id))]);

    public async ValueTask<IReadOnlyList<OwnedText>> EraseAsync(PersonId person, CancellationToken cancellation = default)
    {
        var owned = await OfPersonAsync(person, cancellation);
        foreach (var text in owned)
            documents.Remove(text.Id);
        return owned;
    }
}
