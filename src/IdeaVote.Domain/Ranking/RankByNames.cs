using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace IdeaVote.Domain.Ranking;

/// <summary>What rankings are called in the API, on the command line and in files.</summary>
public static class RankByNames
{
    private static readonly FrozenDictionary<string, RankBy> ByName = Enum.GetValues<RankBy>().ToFrozenDictionary(Of, StringComparer.Ordinal);

    /// <summary>All names, in the order of <see cref="RankBy"/>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<RankBy>().Select(Of)];

    /// <summary>All names, for people to read.</summary>
    public static string Known { get; } = string.Join(", ", All);

    /// <summary>The name of a ranking.</summary>
    public static string Of(RankBy by) => by == RankBy.NeedsVotes ? "needs-votes" : by.ToString().ToLowerInvariant();

    /// <summary>The ranking of a name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out RankBy by)
    {
        by = default;
        return name is not null && ByName.TryGetValue(name, out by);
    }
}
