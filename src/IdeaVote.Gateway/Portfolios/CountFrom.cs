using IdeaVote.Domain.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>Which votes of a campaign make the ballots of an election.</summary>
internal enum CountFrom
{
    /// <summary>Approvals: each weighs 1.</summary>
    Approvals,

    /// <summary>Ratings: each weighs its stars, of several criteria the weighted mean.</summary>
    Ratings,

    /// <summary>Investments: each weighs its credits.</summary>
    Investments,

    /// <summary>Orders: each place weighs its Borda points, the campaign's longest order for the first and one less for each further down.</summary>
    Ranks,
}

/// <summary>What they are called outside.</summary>
internal static class CountFroms
{
    /// <summary>All names, for people to read.</summary>
    public static string Known { get; } = string.Join(", ", Enum.GetValues<CountFrom>().Select(Of));

    /// <summary>The name.</summary>
    public static string Of(CountFrom from) => from.ToString().ToLowerInvariant();

    /// <summary>The votes of a name; without one, those of the first method that is on.</summary>
    /// <exception cref="ApiException">400 <c>invalid_field</c>, or 409 <c>method_off</c>.</exception>
    public static CountFrom Parse(string? name, Rules rules)
    {
        if (name is null)
            return First(rules);
        foreach (var from in Enum.GetValues<CountFrom>())
        {
            if (Of(from) == name)
                return IsOn(from, rules) ? from : throw CommonProblems.MethodOff(Method(from));
        }
        throw CommonProblems.Invalid("from", $"Votes come from one of {Known}.");
    }

    private static CountFrom First(Rules rules)
    {
        foreach (var from in Enum.GetValues<CountFrom>())
        {
            if (IsOn(from, rules))
                return from;
        }
        throw CommonProblems.MethodOff("Every method that gives an idea a score of its own");
    }

    private static bool IsOn(CountFrom from, Rules rules) => from switch
    {
        CountFrom.Approvals => rules.Approve is not null,
        CountFrom.Ratings => rules.Rate is not null,
        CountFrom.Investments => rules.Invest is not null,
        _ => rules.Rank is not null,
    };

    private static string Method(CountFrom from) => from switch
    {
        CountFrom.Approvals => "Approving",
        CountFrom.Ratings => "Rating",
        CountFrom.Investments => "Investing",
        _ => "Ranking",
    };
}
