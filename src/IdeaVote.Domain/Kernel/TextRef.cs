namespace IdeaVote.Domain.Kernel;

/// <summary>
/// What an event says of a text: where it lies and a salted hash of it. The text and its salt can be erased;
/// the event stays valid and no longer tells anything.
/// </summary>
/// <param name="Id">The document in the text store.</param>
/// <param name="Hash">SHA-256 of the document's salt followed by its content, as 64 lower-case hexadecimal digits.</param>
public sealed record TextRef(TextId Id, string Hash);
