using IdeaVote.Domain.Allocation;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>What rules, utilities and completions are called outside. The first of each is the default.</summary>
internal static class PortfolioNames
{
    /// <summary>The rules.</summary>
    public static readonly (string Name, FundingRule Value)[] Rules =
        [("equal-shares", FundingRule.EqualShares), ("greedy", FundingRule.Greedy), ("greedy-stop", FundingRule.GreedyStop), ("knapsack", FundingRule.Knapsack)];

    /// <summary>The utilities.</summary>
    public static readonly (string Name, Utility Value)[] Utilities = [("cost", Utility.Cost), ("cardinality", Utility.Cardinality)];

    /// <summary>The completions.</summary>
    public static readonly (string Name, Completion Value)[] Completions =
        [("add1u", Completion.Add1U), ("greedy", Completion.Greedy), ("none", Completion.None)];

    /// <summary>The value of a name; the first without one.</summary>
    /// <exception cref="ApiException">400 <c>invalid_field</c>.</exception>
    public static T Parse<T>(string? name, (string Name, T Value)[] names, string field)
    {
        if (name is null)
            return names[0].Value;
        var at = Array.FindIndex(names, each => each.Name == name);
        return at >= 0 ? names[at].Value : throw CommonProblems.Invalid(field, $"\"{field}\" is one of {Known(names)}.");
    }

    /// <summary>The name of a value.</summary>
    public static string Of<T>((string Name, T Value)[] names, T value) =>
        names[Array.FindIndex(names, each => EqualityComparer<T>.Default.Equals(each.Value, value))].Name;

    /// <summary>All names, for people to read.</summary>
    public static string Known<T>((string Name, T Value)[] names) => string.Join(", ", names.Select(each => each.Name));
}
