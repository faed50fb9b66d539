namespace IdeaVote.Domain.Allocation;

/// <summary>
/// The projects a knapsack can hold, those with the most score for their cost first, and what can still be had from a place on.
/// </summary>
internal sealed class KnapsackItems
{
    // Doubles are a little off; a bound that is a little too high only prunes a little less.
    private const double Slack = 1 + 1e-12;

    private readonly Int128[] costBefore;
    private readonly long[] scoreBefore;
    private readonly double[] scorePerCost;

    /// <summary>Sorts the projects that have a score and fit.</summary>
    public KnapsackItems(Election election)
    {
        var order = TieBreak.ByScore(election);
        var rank = new int[order.Count];
        for (var i = 0; i < order.Count; i++)
            rank[order[i]] = i;
        Project = [.. order
            .Where(p => election.Score(p) > 0 && election.Money.Cost[p] <= election.Money.Fund)
            .OrderByDescending(p => election.Score(p) / (double)election.Money.Cost[p])
            .ThenBy(p => rank[p])];
        Rank = [.. Project.Select(p => rank[p])];
        Cost = [.. Project.Select(p => election.Money.Cost[p])];
        Score = [.. Project.Select(election.Score)];
        costBefore = new Int128[Count + 1];
        scoreBefore = new long[Count + 1];
        scorePerCost = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            costBefore[i + 1] = costBefore[i] + Cost[i];
            scoreBefore[i + 1] = scoreBefore[i] + Score[i];
            scorePerCost[i] = Score[i] / (double)Cost[i];
        }
    }

    /// <summary>How many.</summary>
    public int Count => Project.Length;

    /// <summary>Their ordinals.</summary>
    public int[] Project { get; }

    /// <summary>Their places in the order by score.</summary>
    public int[] Rank { get; }

    /// <summary>Their costs.</summary>
    public Int128[] Cost { get; }

    /// <summary>Their scores, above 0.</summary>
    public long[] Score { get; }

    /// <summary>What can be added with some money.</summary>
    /// <param name="from">The first item that may be taken.</param>
    /// <param name="money">The money, 0 or more.</param>
    /// <returns>
    /// A score that certainly can be had, by taking items in order; and one that certainly can't be exceeded: the same with a
    /// part of the first item that does not fit (Dantzig 1957, Discrete-Variable Extremum Problems).
    /// </returns>
    public (long Least, double Most) Bounds(int from, Int128 money)
    {
        int low = from, high = Count;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (costBefore[middle] - costBefore[from] <= money)
                low = middle;
            else
                high = middle - 1;
        }
        var least = scoreBefore[low] - scoreBefore[from];
        if (low == Count)
            return (least, least);
        var rest = (double)(money - (costBefore[low] - costBefore[from]));
        return (least, (least + rest * scorePerCost[low]) * Slack);
    }
}
