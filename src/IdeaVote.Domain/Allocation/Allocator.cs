using System.Diagnostics.CodeAnalysis;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Allocation;

/// <summary>Decides what is funded. Pure and exact: the same election and method always give the same portfolio.</summary>
public static class Allocator
{
    /// <summary>Runs a rule.</summary>
    /// <param name="election">Projects, money and ballots.</param>
    /// <param name="method">The rule and its parameters.</param>
    /// <param name="portfolio">The result.</param>
    /// <param name="refusal">Why there is none: the election is too large for this rule (<see cref="RefusalCode.AllocationTooLarge"/>).</param>
    /// <param name="pause">Called again and again while it works; what it throws ends the work.</param>
    /// <returns>Whether there is a result.</returns>
    public static bool TryRun(
        Election election,
        FundingMethod method,
        [NotNullWhen(true)] out Portfolio? portfolio,
        [NotNullWhen(false)] out Refusal? refusal,
        Action? pause = null)
    {
        refusal = null;
        portfolio = method.Rule switch
        {
            FundingRule.Greedy => GreedyRule.Run(election, method, stop: false),
            FundingRule.GreedyStop => GreedyRule.Run(election, method, stop: true),
            FundingRule.Knapsack => KnapsackRule.Run(election, method, out refusal, pause),
            FundingRule.EqualShares => EqualSharesRule.Run(election, method, out refusal, pause),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method.Rule, "No such rule."),
        };
        return portfolio is not null;
    }
}
