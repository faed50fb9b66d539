using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Ideas;

/// <summary>Submit an idea. Where it exists already nothing changes; the caller compares the texts.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Tags">Its tags, at most <see cref="Idea.MaxTags"/>, each once.</param>
/// <param name="Cost">Its cost, 0 or more.</param>
/// <param name="Author">Who submits it; null for the team.</param>
public sealed record SubmitIdea(TextRef Text, ImmutableArray<TermId> Tags, decimal? Cost, VoterId? Author) : Command
{
    /// <summary>The idea of this campaign that it takes further; null for none.</summary>
    public IdeaId? BuildsOn { get; init; }
}

/// <summary>Change an idea's text, tags or cost, all or nothing; what is null stays.</summary>
/// <param name="Text">The new text.</param>
/// <param name="Tags">The new tags, whole.</param>
/// <param name="Cost">The new cost.</param>
/// <param name="Editor">Who edits; null for the team, which may always.</param>
public sealed record EditIdea(TextRef? Text, ImmutableArray<TermId>? Tags, CostChange? Cost, VoterId? Editor) : Command;

/// <summary>A wish for a new cost.</summary>
/// <param name="Cost">The cost from now on; null for unknown.</param>
public sealed record CostChange(decimal? Cost);

/// <summary>Set an idea's status and answer its voters.</summary>
/// <param name="Status">The status from now on.</param>
/// <param name="Answer">The team's answer; null for none.</param>
public sealed record SetIdeaStatus(IdeaStatus Status, TextRef? Answer) : Command;

/// <summary>Make an idea part of another one; the votes on it follow.</summary>
/// <param name="Idea">The idea, so that it can be told from the other.</param>
/// <param name="Into">The other, one that takes votes.</param>
/// <param name="Answer">The team's answer; null for none.</param>
public sealed record MergeIdea(IdeaId Idea, IdeaId Into, TextRef? Answer) : Command;

/// <summary>Let an idea stand for itself again, as it did before it was merged; its votes come back.</summary>
public sealed record UnmergeIdea : Command;

/// <summary>Record that a text of the idea has been erased.</summary>
/// <param name="Text">The document that is gone.</param>
public sealed record EraseIdeaText(TextId Text) : Command;
