using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Ideas;

/// <summary>An idea came to be.</summary>
/// <param name="Text">Its title, body, tags' names and reference.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Cost">What it would cost, in the campaign's unit, 0 or more; null if unknown.</param>
/// <param name="Authors">Who submitted it; empty when the team did.</param>
/// <param name="Status">Published, or submitted where the team looks first.</param>
/// <param name="BuildsOn">The idea of this campaign that it takes further; null for none.</param>
public sealed record IdeaSubmitted(
    TextRef Text, ImmutableArray<TermId> Tags, decimal? Cost, ImmutableArray<VoterId> Authors, IdeaStatus Status, IdeaId? BuildsOn = null) : Event;

/// <summary>The idea's text changed; the old one stays readable.</summary>
/// <param name="Old">The text until now.</param>
/// <param name="New">The text from now on.</param>
public sealed record IdeaEdited(TextRef Old, TextRef New) : Event;

/// <summary>The idea's tags changed.</summary>
/// <param name="Old">The tags until now.</param>
/// <param name="New">The tags from now on.</param>
public sealed record IdeaRetagged(ImmutableArray<TermId> Old, ImmutableArray<TermId> New) : Event;

/// <summary>The idea's cost changed.</summary>
/// <param name="Old">The cost until now.</param>
/// <param name="New">The cost from now on.</param>
public sealed record IdeaCostChanged(decimal? Old, decimal? New) : Event;

/// <summary>The idea's status changed, or the team answered anew.</summary>
/// <param name="Old">The status until now.</param>
/// <param name="New">The status from now on.</param>
/// <param name="Answer">The team's answer, if it gave one.</param>
public sealed record IdeaStatusChanged(IdeaStatus Old, IdeaStatus New, TextRef? Answer) : Event
{
    /// <summary>The idea it became part of; only where the new status is merged.</summary>
    public IdeaId? Into { get; init; }
}

/// <summary>A text of the idea was erased at a person's wish; its references stay and lead nowhere.</summary>
/// <param name="Text">The document that is gone.</param>
public sealed record IdeaTextErased(TextId Text) : Event;
