using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ranking;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;

namespace IdeaVote.Gateway.Votes;

/// <summary>What rankings are called outside.</summary>
internal static class RankNames
{
    /// <summary>The name of a ranking.</summary>
    public static string Of(RankBy by) => by switch
    {
        RankBy.Approvals => "approvals",
        RankBy.Rating => "rating",
        RankBy.Invested => "invested",
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "No such ranking."),
    };

    /// <summary>The ranking of a name; without one, the first of approvals, rating and invested whose method is on.</summary>
    /// <exception cref="ApiException">400 <c>invalid_field</c>, or 409 <c>method_off</c>.</exception>
    public static RankBy Parse(string? name, Rules rules)
    {
        RankBy by = name switch
        {
            "approvals" => RankBy.Approvals,
            "rating" => RankBy.Rating,
            "invested" => RankBy.Invested,
            null when rules.Approve is not null => RankBy.Approvals,
            null when rules.Rate is not null => RankBy.Rating,
            null => RankBy.Invested,
            _ => throw CommonProblems.Invalid("by", "Rank by approvals, rating or invested."),
        };
        RequireOn(by, rules);
        return by;
    }

    /// <summary>Makes sure that the method a ranking rests on is on.</summary>
    /// <exception cref="ApiException">409 <c>method_off</c>.</exception>
    public static void RequireOn(RankBy by, Rules rules)
    {
        var (isOn, method) = by switch
        {
            RankBy.Approvals => (rules.Approve is not null, "Approving"),
            RankBy.Rating => (rules.Rate is not null, "Rating"),
            _ => (rules.Invest is not null, "Investing"),
        };
        if (!isOn)
            throw CommonProblems.MethodOff(method);
    }
}
