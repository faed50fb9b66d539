using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Campaigns;

/// <summary>Whether rules and stages make sense by themselves.</summary>
internal static class RuleCheck
{
    private const decimal MaxWeight = 1_000;
    private const decimal MaxFund = 1_000_000_000_000_000m;

    public static Refusal? Check(Rules rules)
    {
        if (rules.Approve is { Max: < 1 })
            return Invalid("The maximum number of approvals is 1 or more; leave it out for any number.", "approve.max");
        if (rules.Rate is { } rate)
        {
            if (rate.Weights.Length is < 1 or > RateRule.MaxCriteria)
                return Invalid($"Rating takes 1 to {RateRule.MaxCriteria} criteria.", "rate.criteria");
            if (rate.Weights.Any(weight => weight is <= 0 or > MaxWeight))
                return Invalid($"A criterion's weight is over 0 and at most {MaxWeight}.", "rate.criteria");
        }
        if (rules.Invest is { } invest)
        {
            if (invest.BudgetCredits is < 1 or > InvestRule.MaxBudgetCredits)
                return Invalid($"A voter's budget is 1 to {InvestRule.MaxBudgetCredits} credits.", "invest.budgetCredits");
            if (invest.MinCredits is { } min && (min < 1 || min > invest.BudgetCredits))
                return Invalid("The minimum per idea is at least 1 credit and at most the budget.", "invest.minCredits");
            if (invest.MaxCredits is { } max && (max < (invest.MinCredits ?? 1) || max > invest.BudgetCredits))
                return Invalid("The maximum per idea is at least the minimum and at most the budget.", "invest.maxCredits");
        }
        if (rules.Invest?.Cost is { } cost && !Enum.IsDefined(cost))
            return Invalid("Votes cost linear or quadratic credits.", "invest.cost");
        if (rules.Rank is { MaxLength: < 1 or > RankRule.LongestOrder })
            return Invalid($"An order has at most 1 to {RankRule.LongestOrder} ideas.", "rank.maxLength");
        if (rules.Ranking is { } ranking)
        {
            if (ranking.HalfLifeHours is < 1 or > RankingRule.MaxHalfLifeHours)
                return Invalid($"A half-life is 1 to {RankingRule.MaxHalfLifeHours} hours.", "ranking.halfLifeHours");
            if (ranking.PriorWeight is < 0 or > RankingRule.MaxPriorWeight)
                return Invalid($"The prior's weight is 0 to {RankingRule.MaxPriorWeight} ratings.", "ranking.priorWeight");
            if (ranking.PriorMean is < 1 or > Voters.Scores.MaxStars)
                return Invalid($"The prior's mean is 1 to {Voters.Scores.MaxStars} stars.", "ranking.priorMean");
        }
        if (rules.Fund is < 0 or > MaxFund)
            return Invalid($"The fund is 0 to {MaxFund}.", "fund.amount");
        return null;
    }

    public static Refusal? Check(ImmutableArray<Stage> stages)
    {
        if (stages.Length is < 1 or > Campaign.MaxStages)
            return Invalid($"A campaign has 1 to {Campaign.MaxStages} stages.", "stages");
        Instant? last = null;
        foreach (var stage in stages)
        {
            if (stage.Starts is not { } starts)
                continue;
            if (last is { } previous && starts <= previous)
                return Invalid("Stages start in the order they are listed, each later than the one before.", "stages");
            last = starts;
        }
        return null;
    }

    private static Refusal Invalid(string detail, string field) => new(RefusalCode.InvalidRules, detail, field);
}
