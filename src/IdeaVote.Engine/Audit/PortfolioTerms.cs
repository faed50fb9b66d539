using System.Globalization;
using IdeaVote.Domain.Allocation;

namespace IdeaVote.Engine.Audit;

/// <summary>The written form of what decided a portfolio besides the votes, by the names that the API gives its parameters.</summary>
public static class PortfolioTerms
{
    /// <summary>Writes it.</summary>
    /// <param name="method">The rule and its parameters.</param>
    /// <param name="from">Which votes made the ballots; null where there is one kind only, as in a file.</param>
    /// <param name="fund">The money there was.</param>
    public static Dictionary<string, string> Write(FundingMethod method, CountFrom? from, decimal fund)
    {
        var terms = new Dictionary<string, string>(StringComparer.Ordinal) { ["rule"] = MethodNames.Of(MethodNames.Rules, method.Rule) };
        if (method.Rule == FundingRule.EqualShares)
        {
            terms.Add("utility", MethodNames.Of(MethodNames.Utilities, method.Utility));
            terms.Add("completion", MethodNames.Of(MethodNames.Completions, method.Completion));
        }
        if (from is { } votes)
            terms.Add("from", CountFroms.Of(votes));
        terms.Add("fund", (fund / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture));
        return terms;
    }
}
