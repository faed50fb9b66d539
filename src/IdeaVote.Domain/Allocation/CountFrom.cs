using System.Diagnostics.CodeAnalysis;
using IdeaVote.Domain.Campaigns;

namespace IdeaVote.Domain.Allocation;

/// <summary>Which votes of a campaign make the ballots of an election.</summary>
public enum CountFrom
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

/// <summary>What they are called, and which there are.</summary>
public static class CountFroms
{
    /// <summary>All names, for people to read.</summary>
    public static string Known { get; } = string.Join(", ", Enum.GetValues<CountFrom>().Select(Of));

    /// <summary>The name.</summary>
    public static string Of(CountFrom from) => from.ToString().ToLowerInvariant();

    /// <summary>The votes of a name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out CountFrom from)
    {
        foreach (var each in Enum.GetValues<CountFrom>())
        {
            from = each;
            if (Of(each) == name)
                return true;
        }
        from = default;
        return false;
    }

    /// <summary>The votes of the first method that is on; null if none gives an idea a score of its own.</summary>
    public static CountFrom? First(Rules rules)
    {
        foreach (var from in Enum.GetValues<CountFrom>())
        {
            if (IsOn(from, rules))
                return from;
        }
        return null;
    }

    /// <summary>Whether the method is on.</summary>
    public static bool IsOn(CountFrom from, Rules rules) => from switch
    {
        CountFrom.Approvals => rules.Approve is not null,
        CountFrom.Ratings => rules.Rate is not null,
        CountFrom.Investments => rules.Invest is not null,
        _ => rules.Rank is not null,
    };

    /// <summary>The method in words, for a message.</summary>
    public static string Method(CountFrom from) => from switch
    {
        CountFrom.Approvals => "Approving",
        CountFrom.Ratings => "Rating",
        CountFrom.Investments => "Investing",
        _ => "Ranking",
    };
}
