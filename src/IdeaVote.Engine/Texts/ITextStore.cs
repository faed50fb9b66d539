using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Texts;

/// <summary>
/// What people wrote, and what is known of them: erasable. Events carry only a document's id and salted hash.
/// </summary>
public interface ITextStore
{
    /// <summary>Stores a document, and returns once it is durable. Putting the same id again replaces it.</summary>
    ValueTask PutAsync(TextDocument document, CancellationToken cancellation = default);

    /// <summary>Reads a document; null if it was never put or is erased.</summary>
    ValueTask<TextDocument?> GetAsync(TextId id, CancellationToken cancellation = default);

    /// <summary>Reads several; those that are not there are left out.</summary>
    ValueTask<IReadOnlyDictionary<TextId, TextDocument>> GetManyAsync(IReadOnlyCollection<TextId> ids, CancellationToken cancellation = default);

    /// <summary>Deletes one document, if it is there, so that no file holds its content any more.</summary>
    ValueTask DeleteAsync(TextId id, CancellationToken cancellation = default);

    /// <summary>The documents a person owns, without their contents.</summary>
    ValueTask<IReadOnlyList<OwnedText>> OfPersonAsync(PersonId person, CancellationToken cancellation = default);

    /// <summary>
    /// Erases all documents a person owns. On return no file of the store holds any of their contents, salts or the person's id.
    /// </summary>
    /// <returns>What was erased.</returns>
    ValueTask<IReadOnlyList<OwnedText>> EraseAsync(PersonId person, CancellationToken cancellation = default);
}

/// <summary>Names a person across campaigns: a keyed hash of the id the caller uses. It never enters the journal.</summary>
public readonly record struct PersonId(Id Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>What a document belongs to.</summary>
/// <param name="Stream">The aggregate whose events refer to it.</param>
/// <param name="Id">The document.</param>
public sealed record OwnedText(StreamId Stream, TextId Id);

/// <summary>A document.</summary>
/// <param name="Id">Its id, random.</param>
/// <param name="Stream">The aggregate whose events refer to it.</param>
/// <param name="Owner">The person it is of; null if it is the team's.</param>
/// <param name="Salt">16 random bytes, hashed with the content and erased with it.</param>
/// <param name="Content">UTF-8 JSON, at most 256 KiB.</param>
public sealed record TextDocument(TextId Id, StreamId Stream, PersonId? Owner, ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Content)
{
    /// <summary>The largest content, in bytes.</summary>
    public const int MaxContentBytes = 256 * 1024;

    /// <summary>What events say of it.</summary>
    public TextRef ToRef()
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        hash.AppendData(Salt.Span);
        hash.AppendData(Content.Span);
        return new TextRef(Id, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
