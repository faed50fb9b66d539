using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;

namespace IdeaVote.Gateway.News;

/// <summary>What kind of news something is.</summary>
internal enum NewsKind
{
    /// <summary>An idea that the person wrote or backed has another status, or an answer.</summary>
    Status,

    /// <summary>The result of a campaign in which the person took part.</summary>
    Results,

    /// <summary>Somebody answered a comment of theirs.</summary>
    Reply,

    /// <summary>Somebody commented on an idea of theirs.</summary>
    Comment,

    /// <summary>Somebody commented on an idea that they discuss: news if it mentions them.</summary>
    Discussion,

    /// <summary>The team has hidden a comment of theirs.</summary>
    Hidden,
}

/// <summary>Something that is news to somebody, as far as no text tells more.</summary>
/// <param name="Kind">What kind of news.</param>
/// <param name="At">When it happened.</param>
/// <param name="Idea">The idea; null for a result.</param>
/// <param name="Text">What the team or somebody said; null for nothing.</param>
internal sealed record NewsItem(NewsKind Kind, Instant At, IdeaId? Idea, TextId? Text)
{
    /// <summary>Of a status: the one before and the one after, which may be the same.</summary>
    public (IdeaStatus Old, IdeaStatus New) Status { get; init; }

    /// <summary>Of a status: whether the idea is the person's own.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Of a status: how many credits came back with it; 0 for none.</summary>
    public int CreditsReturned { get; init; }

    /// <summary>Of a result: whether it was corrected.</summary>
    public bool IsCorrection { get; init; }

    /// <summary>Of a comment: where it stands; null for what is none.</summary>
    public (ThreadId Thread, CommentId Comment)? Place { get; init; }

    /// <summary>Of a comment: whether the team wrote it.</summary>
    public bool IsTeam { get; init; }

    /// <summary>Of a hidden comment: why.</summary>
    public Concern? Concern { get; init; }
}
