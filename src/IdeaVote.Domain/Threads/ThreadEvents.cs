using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Threads;

/// <summary>Something happened to a comment.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Idea">The idea its thread is about.</param>
/// <param name="Change">By how much the number of the idea's comments that everybody may read changes: −1, 0 or 1.</param>
public abstract record CommentEvent(CommentId Comment, IdeaId Idea, int Change) : Event;

/// <summary>A comment was posted.</summary>
/// <param name="Comment">The comment; the first of a thread has the thread's own id.</param>
/// <param name="Idea">The idea its thread is about.</param>
/// <param name="Author">Who wrote it; null for the team.</param>
/// <param name="Text">What it says.</param>
/// <param name="ReplyTo">The comment of the same thread that it answers; null for none in particular.</param>
public sealed record CommentPosted(CommentId Comment, IdeaId Idea, VoterId? Author, TextRef Text, CommentId? ReplyTo)
    : CommentEvent(Comment, Idea, 1);

/// <summary>A comment's text changed.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Idea">The idea its thread is about.</param>
/// <param name="Old">The text until now.</param>
/// <param name="New">The text from now on.</param>
public sealed record CommentEdited(CommentId Comment, IdeaId Idea, TextRef Old, TextRef New) : CommentEvent(Comment, Idea, 0);

/// <summary>A comment was deleted by its author. Its place in the thread stays.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Idea">The idea its thread is about.</param>
/// <param name="Change">−1, or 0 if it could not be read any more.</param>
public sealed record CommentDeleted(CommentId Comment, IdeaId Idea, int Change) : CommentEvent(Comment, Idea, Change);

/// <summary>A person reported a comment to the team.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Idea">The idea its thread is about.</param>
/// <param name="By">Who reported it.</param>
/// <param name="Old">What the person said was wrong with it until now; null for nothing.</param>
/// <param name="New">What the person says is wrong with it.</param>
public sealed record CommentReported(CommentId Comment, IdeaId Idea, VoterId By, Concern? Old, Concern New) : CommentEvent(Comment, Idea, 0);

/// <summary>The team hid a comment; its reports are settled.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Idea">The idea its thread is about.</param>
/// <param name="Old">Why it was hidden until now; null if it was not.</param>
/// <param name="New">Why it is hidden.</param>
/// <param name="Change">−1, or 0 if it could not be read before either.</param>
public sealed record CommentHidden(CommentId Comment, IdeaId Idea, Concern? Old, Concern New, int Change) : CommentEvent(Comment, Idea, Change);

/// <summary>The team shows a comment again, or left it as it was; its reports are settled.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Idea">The idea its thread is about.</param>
/// <param name="Old">Why it was hidden until now; null if it was not.</param>
/// <param name="Change">1, or 0 if it could be read before or can't be still.</param>
public sealed record CommentShown(CommentId Comment, IdeaId Idea, Concern? Old, int Change) : CommentEvent(Comment, Idea, Change);

/// <summary>A text of a comment was erased at a person's wish; its place stays.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Idea">The idea its thread is about.</param>
/// <param name="Text">The document that is gone.</param>
/// <param name="Change">−1 if it was what could be read, else 0.</param>
public sealed record CommentTextErased(CommentId Comment, IdeaId Idea, TextId Text, int Change) : CommentEvent(Comment, Idea, Change);
