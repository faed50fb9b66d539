namespace IdeaVote.Domain.Allocation;

/// <summary>Rules, utilities and completions as they are written on the command line, in the API and in files.</summary>
public static class MethodNames
{
    /// <summary>The rules; the first is the default.</summary>
    public static IReadOnlyDictionary<string, FundingRule> Rules { get; } = new Dictionary<string, FundingRule>(StringComparer.Ordinal)
    {
        ["equal-shares"] = FundingRule.EqualShares,
        ["greedy"] = FundingRule.Greedy,
        ["greedy-stop"] = FundingRule.GreedyStop,
        ["knapsack"] = FundingRule.Knapsack,
    };

    /// <summary>The utilities; the first is the default.</summary>
    public static IReadOnlyDictionary<string, Utility> Utilities { get; } = new Dictionary<string, Utility>(StringComparer.Ordinal)
    {
        ["cost"] = Utility.Cost,
        ["cardinality"] = Utility.Cardinality,
    };

    /// <summary>The completions; the first is the default.</summary>
    public static IReadOnlyDictionary<string, Completion> Completions { get; } = new Dictionary<string, Completion>(StringComparer.Ordinal)
    {
        ["add1u"] = Completion.Add1U,
        ["greedy"] = Completion.Greedy,
        ["none"] = Completion.None,
    };

    /// <summary>What a value is called.</summary>
    public static string Of<T>(IReadOnlyDictionary<string, T> names, T value) =>
        names.Single(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Key;

    /// <summary>All names, for people to read.</summary>
    public static string Known<T>(IReadOnlyDictionary<string, T> names) => string.Join(", ", names.Keys);
}
