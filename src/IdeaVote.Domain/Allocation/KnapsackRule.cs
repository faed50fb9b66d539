using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Allocation;

/// <summary>
/// The largest score that the fund can pay, exactly. Item by item it keeps the choices that no other beats in both cost and score
/// (Nemhauser, Ullmann 1969, Discrete Dynamic Programming and Capital Allocation), without those that can't reach the best score
/// known any more. Costs may be any amounts: no table over money is kept.
/// </summary>
internal static class KnapsackRule
{
    /// <summary>The most choices that are looked at. Elections need thousands; what needs more would run for minutes or fill the memory.</summary>
    public const int MaxChoices = 4_000_000;

    /// <summary>Runs the rule.</summary>
    /// <param name="election">Projects, money and ballots.</param>
    /// <param name="method">What the portfolio names as its rule.</param>
    /// <param name="refusal">Why there is no result.</param>
    /// <param name="pause">Called again and again while it works; what it throws ends the work.</param>
    public static Portfolio? Run(Election election, FundingMethod method, out Refusal? refusal, Action? pause = null)
    {
        var items = new KnapsackItems(election);
        if (Best(items, election.Money.Fund, pause) is not { } chosen)
        {
            refusal = new Refusal(
                RefusalCode.AllocationTooLarge,
                $"The best choice out of {items.Count} projects can't be found by looking at {MaxChoices} choices; use another rule, or leave out projects.",
                "rule");
            return null;
        }
        refusal = null;
        return Describe(election, method, [.. chosen.Select(item => items.Project[item])]);
    }

    private static IEnumerable<int>? Best(KnapsackItems items, Int128 fund, Action? pause)
    {
        var nodes = new KnapsackNodes();
        List<KnapsackState> states = [new(0, 0, -1)], next = [];
        var best = 0L;
        var looked = 0L;
        for (var item = 0; item < items.Count; item++)
        {
            pause?.Invoke();
            next.Clear();
            int without = 0, with = 0;
            while (without < states.Count || with < states.Count)
            {
                if (++looked > MaxChoices)
                    return null;
                // The cheaper of the two comes next; of equally cheap ones the one with more score.
                var added = with < states.Count ? states[with].Cost + items.Cost[item] : Int128.MaxValue;
                if (added > fund && without >= states.Count)
                    break;
                var score = with < states.Count ? states[with].Score + items.Score[item] : 0;
                var takes = without >= states.Count || added < states[without].Cost || (added == states[without].Cost && score > states[without].Score);
                var state = takes ? new KnapsackState(added, score, Node: -2) : states[without];
                var before = takes ? states[with++].Node : states[without++].Node;
                Keep(state, before, item);
            }
            (states, next) = (next, states);
        }
        return nodes.Items(states[^1].Node);

        void Keep(KnapsackState state, int before, int item)
        {
            if (next.Count > 0 && state.Score <= next[^1].Score)
            {
                // Equal in both: the tie-break decides. Otherwise it costs at least as much for no more.
                if (state.Cost == next[^1].Cost && state.Score == next[^1].Score)
                    next[^1] = state with { Node = nodes.Better(next[^1].Node, Node(), items.Rank) };
                return;
            }
            var (least, most) = items.Bounds(item + 1, fund - state.Cost);
            best = Math.Max(best, state.Score + least);
            if (Math.Floor(state.Score + most) < best)
                return;
            next.Add(state with { Node = Node() });

            int Node() => state.Node == -2 ? nodes.Add(item, before) : state.Node;
        }
    }

    private static Portfolio Describe(Election election, FundingMethod method, HashSet<int> chosen)
    {
        var selected = ImmutableArray.CreateBuilder<SelectedProject>();
        var rejected = ImmutableArray.CreateBuilder<RejectedProject>();
        var left = election.Money.Fund;
        foreach (var project in chosen)
            left -= election.Money.Cost[project];
        foreach (var project in TieBreak.ByScore(election))
        {
            var missing = election.Money.Cost[project] - left;
            if (chosen.Contains(project))
                selected.Add(Report.Selected(election, project, "part of the choice with the largest score that the fund can pay"));
            else if (election.Score(project) <= 0)
                rejected.Add(Report.Unsupported(election, project));
            else
                rejected.Add(Report.DoesNotFit(election, project, missing));
        }
        return Report.Portfolio(election, method, null, selected.ToImmutable(), rejected.ToImmutable());
    }
}
