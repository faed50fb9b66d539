using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Threads;

/// <summary>One comment of a thread.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Author">Who wrote it; null for the team.</param>
/// <param name="ReplyTo">The comment of the same thread that it answers; null for the first of a thread and for replies to it as a whole.</param>
/// <param name="At">When it was posted.</param>
/// <param name="Texts">Every text it has had, oldest first, at least one.</param>
public sealed record Comment(CommentId Id, VoterId? Author, CommentId? ReplyTo, Instant At, ImmutableArray<TextRef> Texts)
{
    /// <summary>When it was last edited; null if it never was.</summary>
    public Instant? EditedAt { get; init; }

    /// <summary>Whether its author deleted it.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Why the team hid it; null while it is not hidden.</summary>
    public Concern? Hidden { get; init; }

    /// <summary>Who reported it, one report a person, oldest first.</summary>
    public ImmutableArray<Report> Reports { get; init; } = [];

    /// <summary>Those of its texts that have been erased.</summary>
    public ImmutableArray<TextId> Erased { get; init; } = [];

    /// <summary>Its current text.</summary>
    public TextRef Text => Texts[^1];

    /// <summary>Whether its current text was erased with the person who wrote it.</summary>
    public bool IsErased => Erased.Contains(Text.Id);

    /// <summary>Whether everybody may read it. What is not leaves its place in the thread behind.</summary>
    public bool IsVisible => !IsDeleted && Hidden is null && !IsErased;

    /// <summary>How many reports the team has not decided on yet.</summary>
    public int OpenReports => Reports.Count(static report => !report.IsSettled);
}

/// <summary>A person's report of a comment.</summary>
/// <param name="By">Who reported it.</param>
/// <param name="Concern">What the person says is wrong with it.</param>
/// <param name="IsSettled">Whether the team has decided since; that person's report counts once.</param>
public sealed record Report(VoterId By, Concern Concern, bool IsSettled);
