namespace IdeaVote.Domain.Allocation;

/// <summary>
/// What decides among equals, so that the same votes always fund the same projects. Chance, time of submission and order in a
/// file have no say:
/// <list type="bullet">
/// <item>by score (greedy, greedy-stop, the greedy completion): the higher score, then the lower cost, then the id that comes
/// first in ordinal order;</item>
/// <item>knapsack: the larger score together, then the lower cost together, then the choice that has the first project, in the
/// order by score, which only one of the two has;</item>
/// <item>equal shares: among projects that give their supporters equally much for their money, the id that comes first in ordinal
/// order.</item>
/// </list>
/// </summary>
public static class TieBreak
{
    /// <summary>The ordinals of all projects, by score: the better first.</summary>
    public static IReadOnlyList<int> ByScore(Election election)
    {
        var order = Enumerable.Range(0, election.Projects.Length).ToArray();
        Array.Sort(order, (a, b) => Compare(election, a, b));
        return order;
    }

    private static int Compare(Election election, int a, int b)
    {
        var byScore = election.Score(b).CompareTo(election.Score(a));
        if (byScore != 0)
            return byScore;
        var byCost = election.Projects[a].Cost.CompareTo(election.Projects[b].Cost);
        return byCost != 0 ? byCost : election.IdOrder[a].CompareTo(election.IdOrder[b]);
    }
}
