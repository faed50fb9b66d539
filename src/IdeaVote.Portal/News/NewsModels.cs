using IdeaVote.Domain.Kernel;
using IdeaVote.Portal.Ideas;

namespace IdeaVote.Portal.News;

/// <summary>What the page of news shows.</summary>
/// <param name="Entries">The news, the newest first.</param>
/// <param name="IsCut">Whether there is older news that is not shown.</param>
public sealed record NewsModel(IReadOnlyList<NewsEntry> Entries, bool IsCut);

/// <summary>A piece of news.</summary>
/// <param name="Kind">What kind: status, results, reply, comment, mention or hidden.</param>
/// <param name="At">When it happened.</param>
/// <param name="Campaign">The campaign's title.</param>
/// <param name="Url">Where it can be read; null if nowhere any more.</param>
/// <param name="Title">The idea's title; null for a result, or if nobody may read it any more.</param>
/// <param name="Excerpt">What was said, without its markup; empty for nothing.</param>
/// <param name="IsNew">Whether the person sees it for the first time.</param>
public sealed record NewsEntry(string Kind, Instant At, string Campaign, string? Url, string? Title, string Excerpt, bool IsNew)
{
    /// <summary>Of a status: what it is now, as the API names it.</summary>
    public string? Status { get; init; }

    /// <summary>Of a status: whether it is another than before.</summary>
    public bool HasMoved { get; init; }

    /// <summary>Of a status: whether the idea is the person's own.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Of a status: the credits that came back with it.</summary>
    public int Credits { get; init; }

    /// <summary>Of a result: whether it was corrected.</summary>
    public bool IsCorrection { get; init; }

    /// <summary>Of a comment: who wrote it; empty for the team.</summary>
    public IReadOnlyList<AuthorName> Author { get; init; } = [];

    /// <summary>Of a hidden comment: why, as the API names it.</summary>
    public string? Reason { get; init; }
}
