using IdeaVote.Domain.Allocation;

namespace IdeaVote.Domain.Tests.Allocation;

/// <summary>The rules once more, straight from their definitions, in fractions, voter by voter and without any haste.</summary>
internal static class Reference
{
    /// <summary>Equal shares: what is bought in which order, and what each voter pays for it.</summary>
    public static List<(int Project, Rational[] Paid)> EqualShares(Given given, Utility utility, Rational share)
    {
        var left = given.Ballots.Select(_ => share).ToArray();
        var bought = new List<(int Project, Rational[] Paid)>();
        while (true)
        {
            (Rational Rho, int Project)? best = null;
            foreach (var p in Enumerable.Range(0, given.Projects.Length).OrderBy(p => given.Projects[p].Id, StringComparer.Ordinal))
            {
                if (bought.Exists(each => each.Project == p) || Rho(given, p, utility, left) is not { } rho)
                    continue;
                if (best is null || rho < best.Value.Rho)
                    best = (rho, p);
            }
            if (best is null)
                return bought;
            var paid = given.Ballots.Select((ballot, i) => Min(left[i], best.Value.Rho * UtilityOf(given, ballot, best.Value.Project, utility))).ToArray();
            for (var i = 0; i < left.Length; i++)
                left[i] -= paid[i];
            bought.Add((best.Value.Project, paid));
        }
    }

    /// <summary>The completion by units: the projects in the order bought.</summary>
    public static (List<int> Bought, int Units) AddUnits(Given given, Utility utility)
    {
        List<int> before = [];
        for (var units = 0; ; units++)
        {
            var share = Rational.Of(given.Fund) / Rational.Of(given.Ballots.Length) + Rational.Of(units);
            var bought = EqualShares(given, utility, share).ConvertAll(each => each.Project);
            var spent = bought.Sum(p => given.Projects[p].Cost);
            if (spent > given.Fund)
                return (before, units - 1);
            var fits = Enumerable.Range(0, given.Projects.Length)
                .Any(p => !bought.Contains(p) && given.Projects[p].Cost <= given.Fund - spent && given.Ballots.Any(ballot => Weight(ballot, p) > 0));
            if (!fits)
                return (bought, units);
            before = bought;
        }
    }

    /// <summary>The knapsack by trying every choice: the best score, its least cost, and of these the choice the tie-break asks for.</summary>
    public static List<int> Knapsack(Given given)
    {
        var ranked = TieBreak.ByScore(given.Build()).Where(p => Score(given, p) > 0).ToList();
        var best = (Score: 0L, Cost: 0m, Chosen: new List<int>());
        // The first in rank is the highest bit: among equals a larger number has the best-ranked project that only one has.
        for (var bits = (1 << ranked.Count) - 1; bits >= 0; bits--)
        {
            var chosen = ranked.Where((_, i) => (bits >> (ranked.Count - 1 - i) & 1) == 1).ToList();
            var (score, cost) = (chosen.Sum(p => Score(given, p)), chosen.Sum(p => given.Projects[p].Cost));
            if (cost <= given.Fund && (score > best.Score || (score == best.Score && cost < best.Cost)))
                best = (score, cost, chosen);
        }
        return best.Chosen;
    }

    public static long Score(Given given, int project) => given.Ballots.Sum(ballot => (long)Weight(ballot, project));

    // The smallest ρ with Σ min(left, ρ·u) = cost lies where so many give all they have: try every number of them.
    private static Rational? Rho(Given given, int project, Utility utility, Rational[] left)
    {
        var supporters = Enumerable.Range(0, left.Length).Where(i => Weight(given.Ballots[i], project) > 0).ToList();
        var cost = Rational.Of(given.Projects[project].Cost);
        if (supporters.Count == 0 || supporters.Aggregate(default(Rational), (sum, i) => sum + left[i]) < cost)
            return null;
        if (cost == default)
            return default(Rational);
        var utilities = supporters.ToDictionary(i => i, i => UtilityOf(given, given.Ballots[i], project, utility));
        supporters.Sort((a, b) => (left[a] / utilities[a]).CompareTo(left[b] / utilities[b]));
        var (given1, weight) = (default(Rational), supporters.Aggregate(default(Rational), (sum, i) => sum + utilities[i]));
        foreach (var i in supporters)
        {
            var rho = (cost - given1) / weight;
            if (rho * utilities[i] <= left[i])
                return rho;
            given1 += left[i];
            weight -= utilities[i];
        }
        throw new InvalidOperationException("The supporters have enough, so some of them suffice.");
    }

    private static Rational UtilityOf(Given given, BallotEntry[] ballot, int project, Utility utility) =>
        Rational.Of(Weight(ballot, project)) * (utility == Utility.Cost ? Rational.Of(given.Projects[project].Cost) : Rational.Of(1));

    private static int Weight(BallotEntry[] ballot, int project) => ballot.FirstOrDefault(support => support.Project == project).Weight;

    private static Rational Min(Rational a, Rational b) => a < b ? a : b;
}
