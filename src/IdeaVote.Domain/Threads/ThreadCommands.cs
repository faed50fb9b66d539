using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Threads;

/// <summary>Begin a thread on an idea. Where it exists already nothing changes; the caller compares the texts.</summary>
/// <param name="Comment">Its first comment; the id is the thread's own.</param>
/// <param name="Idea">The idea it is about.</param>
/// <param name="Author">Who writes; null for the team.</param>
/// <param name="Text">What the person writes.</param>
public sealed record StartThread(CommentId Comment, IdeaId Idea, VoterId? Author, TextRef Text) : Command;

/// <summary>Add a reply to a thread. Where the comment exists already nothing changes; the caller compares the texts.</summary>
/// <param name="Comment">The reply.</param>
/// <param name="Idea">The idea that the caller takes the thread to be about.</param>
/// <param name="Author">Who writes; null for the team.</param>
/// <param name="Text">What the person writes.</param>
/// <param name="ReplyTo">The comment it answers; null for the thread as a whole.</param>
public sealed record PostReply(CommentId Comment, IdeaId Idea, VoterId? Author, TextRef Text, CommentId? ReplyTo) : Command;

/// <summary>Change what a comment says. Its author alone may.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Editor">Who edits; null for the team, which edits what it wrote itself.</param>
/// <param name="Text">The new text.</param>
public sealed record EditComment(CommentId Comment, VoterId? Editor, TextRef Text) : Command;

/// <summary>Delete a comment for good. Its author alone may; the team hides.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Deleter">Who deletes; null for the team, which deletes what it wrote itself.</param>
public sealed record DeleteComment(CommentId Comment, VoterId? Deleter) : Command;

/// <summary>Report a comment to the team.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Reporter">Who reports it.</param>
/// <param name="Concern">What is wrong with it.</param>
public sealed record ReportComment(CommentId Comment, VoterId Reporter, Concern Concern) : Command;

/// <summary>Decide, for the team, whether a comment is hidden. All its reports so far are settled by it.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Hidden">Why it is hidden; null to show it.</param>
public sealed record ModerateComment(CommentId Comment, Concern? Hidden) : Command;

/// <summary>Record that a text of a comment has been erased.</summary>
/// <param name="Text">The document that is gone.</param>
public sealed record EraseCommentText(TextId Text) : Command;
