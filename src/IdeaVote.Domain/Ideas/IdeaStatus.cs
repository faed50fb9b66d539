namespace IdeaVote.Domain.Ideas;

/// <summary>How far an idea has come. The numbers are written to disk: never renumber.</summary>
public enum IdeaStatus : byte
{
    /// <summary>Waits for the team; seen by its author and the team only.</summary>
    Submitted = 1,

    /// <summary>Open to everybody.</summary>
    Published = 2,

    /// <summary>The team looks at it.</summary>
    UnderReview = 3,

    /// <summary>The team will do it.</summary>
    Planned = 4,

    /// <summary>The team is doing it.</summary>
    Building = 5,

    /// <summary>It is done.</summary>
    Shipped = 6,

    /// <summary>The team will not do it; investments go back.</summary>
    Declined = 7,

    /// <summary>It was taken back; investments go back.</summary>
    Withdrawn = 8,

    /// <summary>It became part of another idea.</summary>
    Merged = 9,

    /// <summary>The team has hidden it; seen by its author, who is told why, and the team only. Investments go back.</summary>
    Hidden = 10,
}

/// <summary>What follows from a status.</summary>
public static class IdeaStatuses
{
    /// <summary>Whether ideas of this status take new votes.</summary>
    public static bool TakesVotes(this IdeaStatus status) =>
        status is IdeaStatus.Published or IdeaStatus.UnderReview or IdeaStatus.Planned or IdeaStatus.Building;

    /// <summary>Whether what was invested in ideas of this status goes back to the voters.</summary>
    public static bool ReturnsInvestments(this IdeaStatus status) => status is IdeaStatus.Declined or IdeaStatus.Withdrawn or IdeaStatus.Hidden;

    /// <summary>The status in words, for a person.</summary>
    public static string InWords(this IdeaStatus status) => status == IdeaStatus.UnderReview ? "under review" : status.ToString().ToLowerInvariant();

    /// <summary>Whether leaderboards rank ideas of this status.</summary>
    public static bool IsRanked(this IdeaStatus status) => status.TakesVotes() || status == IdeaStatus.Shipped;

    /// <summary>Whether everybody may see ideas of this status.</summary>
    public static bool IsPublic(this IdeaStatus status) => status is not (IdeaStatus.Submitted or IdeaStatus.Hidden);
}
