using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Campaigns;

/// <summary>
/// What may still change once voting has opened: nothing that would make a ballot already cast invalid or
/// count for something else. Budgets and maxima only grow, minima only fall, no method or criterion is
/// removed or reweighted, hidden stays hidden.
/// </summary>
internal static class RuleFreeze
{
    public static Refusal? Check(Rules old, Rules @new)
    {
        if (old.Approve is { } approve)
        {
            if (@new.Approve is not { } now)
                return Frozen("Approving can't be turned off.", "approve");
            if (Falls(approve.Max, now.Max))
                return Frozen("The maximum number of approvals can only grow.", "approve.max");
        }
        if (old.Rate is { } rate)
        {
            if (@new.Rate is not { } now)
                return Frozen("Rating can't be turned off.", "rate");
            if (now.Weights.Length < rate.Weights.Length || !now.Weights.AsSpan(0, rate.Weights.Length).SequenceEqual(rate.Weights.AsSpan()))
                return Frozen("Criteria can only be added at the end; none can be removed, moved or reweighted.", "rate.criteria");
        }
        if (old.Invest is { } invest)
        {
            if (@new.Invest is not { } now)
                return Frozen("Investing can't be turned off.", "invest");
            if (now.BudgetCredits < invest.BudgetCredits)
                return Frozen("The budget per voter can only grow.", "invest.budgetCredits");
            if (Falls(invest.MaxCredits, now.MaxCredits))
                return Frozen("The maximum per idea can only grow.", "invest.maxCredits");
            if ((now.MinCredits ?? 1) > (invest.MinCredits ?? 1))
                return Frozen("The minimum per idea can only fall.", "invest.minCredits");
        }
        if (old.Invest is { } spent && spent.IsQuadratic != @new.Invest!.IsQuadratic)
            return Frozen("What votes cost can't be changed.", "invest.cost");
        if (old.Rank is { } rank)
        {
            if (@new.Rank is not { } now)
                return Frozen("Ranking can't be turned off.", "rank");
            // The points of each place follow from it: a longer order would recount every ballot already cast.
            if (now.MaxLength != rank.MaxLength)
                return Frozen("The length of an order can't be changed.", "rank.maxLength");
        }
        if (old.Duel is not null && @new.Duel is null)
            return Frozen("Duels can't be turned off.", "duel");
        if (old.Ranking != @new.Ranking)
            return Frozen("How rankings weigh votes can't be changed.", "ranking");
        if (old.VotesCanChange && !@new.VotesCanChange)
            return Frozen("Votes that could be changed stay changeable.", "canChangeVotes");
        if (old.ScoresHidden != @new.ScoresHidden)
            return Frozen("Whether scores are hidden can't be changed.", "hideScores");
        if (old.Publication != @new.Publication)
            return Frozen("Whether ballots are published can't be changed.", "publishBallots");
        if (old.Fund is { } fund && !(@new.Fund >= fund))
            return Frozen("The fund can only grow.", "fund.amount");
        if (old.Who != @new.Who || !old.Domains.ToHashSet().SetEquals(@new.Domains))
            return Frozen("Who may vote can't be changed.", "voters");
        return null;
    }

    /// <summary>Stages stay; only start times that have not come yet may move, and only into the future.</summary>
    public static Refusal? Check(ImmutableArray<Stage> old, ImmutableArray<Stage> @new, int current, Instant now)
    {
        if (old.Length != @new.Length)
            return Frozen("Stages can't be added or removed; move their start times.", "stages");
        for (var i = 0; i < old.Length; i++)
        {
            if (old[i].Allows != @new[i].Allows)
                return Frozen("What a stage allows can't be changed.", "stages");
            if (old[i].Starts == @new[i].Starts)
                continue;
            // A stage that the team went past by hand before its time still starts by itself then, unless it is moved.
            if (old[i].Starts is { } starts ? starts <= now : i <= current)
                return Frozen("A stage that has begun keeps its start time.", "stages");
            if (@new[i].Starts <= now)
                return Frozen("A new start time lies in the future; to begin a stage now, enter it.", "stages");
        }
        return null;
    }

    /// <summary>Whether an upper limit shrinks; null is no limit.</summary>
    private static bool Falls(int? old, int? @new) => @new is { } now && (old is null || now < old);

    private static Refusal Frozen(string why, string field) =>
        new(RefusalCode.RuleFrozen, why + " Voting has already been open under the present rules.", field);
}
