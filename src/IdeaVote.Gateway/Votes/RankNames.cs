using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ranking;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;

namespace IdeaVote.Gateway.Votes;

/// <summary>What rankings are called outside.</summary>
internal static class RankNames
{
    /// <summary>All names, for people to read.</summary>
    public static string Known => RankByNames.Known;

    /// <summary>The name of a ranking.</summary>
    public static string Of(RankBy by) => RankByNames.Of(by);

    /// <summary>The ranking of a name; null if there is none.</summary>
    public static RankBy? Find(string name) => RankByNames.TryParse(name, out var by) ? by : null;

    /// <summary>The ranking of a name; without one, the first whose method is on.</summary>
    /// <exception cref="ApiException">400 <c>invalid_field</c>, or 409 <c>method_off</c>.</exception>
    public static RankBy Parse(string? name, Rules rules)
    {
        var by = name is null
            ? First(rules)
            : Find(name) ?? throw CommonProblems.Invalid("by", $"Rank by one of {Known}.");
        RequireOn(by, rules);
        return by;
    }

    /// <summary>Makes sure that the method a ranking rests on is on.</summary>
    /// <exception cref="ApiException">409 <c>method_off</c>.</exception>
    public static void RequireOn(RankBy by, Rules rules)
    {
        if (Rankers.Missing(by, rules) is { } method)
            throw CommonProblems.MethodOff(method);
    }

    private static RankBy First(Rules rules) => rules switch
    {
        { Approve: not null } => RankBy.Approvals,
        { Rate: not null } => RankBy.Rating,
        { Invest: not null } => RankBy.Invested,
        { Rank: not null } => RankBy.Borda,
        { Duel: not null } => RankBy.Duels,
        _ => RankBy.Invested,
    };
}
