using IdeaVote.Domain.Ideas;

namespace IdeaVote.Gateway.Ideas;

/// <summary>What statuses are called outside. Callers program against these: never rename one.</summary>
internal static class IdeaStatusNames
{
    private static readonly Dictionary<string, IdeaStatus> ByName = Enum.GetValues<IdeaStatus>().ToDictionary(Of, StringComparer.Ordinal);

    /// <summary>All names, for a message.</summary>
    public static readonly string Known = string.Join(", ", ByName.Keys);

    /// <summary>The name of a status.</summary>
    public static string Of(IdeaStatus status) => status switch
    {
        IdeaStatus.Submitted => "submitted",
        IdeaStatus.Published => "published",
        IdeaStatus.UnderReview => "under_review",
        IdeaStatus.Planned => "planned",
        IdeaStatus.Building => "building",
        IdeaStatus.Shipped => "shipped",
        IdeaStatus.Declined => "declined",
        IdeaStatus.Withdrawn => "withdrawn",
        IdeaStatus.Merged => "merged",
        IdeaStatus.Hidden => "hidden",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };

    /// <summary>The status of a name.</summary>
    public static bool TryParse(string name, out IdeaStatus status) => ByName.TryGetValue(name, out status);
}
