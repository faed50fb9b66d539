namespace IdeaVote.Domain.Allocation;

/// <summary>What some of the items cost and score together.</summary>
/// <param name="Cost">The cost.</param>
/// <param name="Score">The score.</param>
/// <param name="Node">Which items: the last one taken, in <see cref="KnapsackNodes"/>; -1 for none.</param>
internal readonly record struct KnapsackState(Int128 Cost, long Score, int Node);

/// <summary>Choices of items as chains that share their beginnings.</summary>
internal sealed class KnapsackNodes
{
    private readonly List<(int Item, int Before)> nodes = [];

    /// <summary>How many were made.</summary>
    public int Count => nodes.Count;

    /// <summary>A choice with one more item, which comes after all it has.</summary>
    public int Add(int item, int before)
    {
        nodes.Add((item, before));
        return nodes.Count - 1;
    }

    /// <summary>The items of a choice, the last first.</summary>
    public IEnumerable<int> Items(int node)
    {
        for (; node >= 0; node = nodes[node].Before)
            yield return nodes[node].Item;
    }

    /// <summary>Of two choices the one that has the best-ranked item which only one of them has.</summary>
    /// <param name="a">A choice.</param>
    /// <param name="b">Another.</param>
    /// <param name="rank">Each item's rank; lower is better.</param>
    public int Better(int a, int b, int[] rank)
    {
        var (x, y, better, best) = (a, b, a, int.MaxValue);
        while (x != y)
        {
            var (itemX, itemY) = (ItemOf(x), ItemOf(y));
            if (itemX == itemY)
            {
                (x, y) = (nodes[x].Before, nodes[y].Before);
                continue;
            }
            var (item, owner) = itemX > itemY ? (itemX, a) : (itemY, b);
            if (rank[item] < best)
                (best, better) = (rank[item], owner);
            if (itemX > itemY)
                x = nodes[x].Before;
            else
                y = nodes[y].Before;
        }
        return better;
    }

    private int ItemOf(int node) => node < 0 ? -1 : nodes[node].Item;
}
