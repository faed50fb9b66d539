using System.Runtime.InteropServices;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Projections;

/// <summary>
/// The ideas of a board in the order of one ranking, kept up as votes come: a vote only marks its idea, and whoever reads moves the
/// marked ones. So no read ranks all ideas anew, and a vote costs the same however many orders are kept. Not safe for concurrent use.
/// </summary>
public sealed class RankOrder
{
    private readonly IRanker ranker;
    private SortedSet<Place> order = new(Comparer.Instance);
    private readonly List<Place> places = [];
    private readonly HashSet<int> marked = [];
    private bool isBuilt;

    internal RankOrder(IRanker ranker) => this.ranker = ranker;

    /// <summary>All ideas of any status, the best first: more votes come first among equal scores, then the earlier submission.</summary>
    /// <param name="ideas">All ideas of the board.</param>
    internal IReadOnlyCollection<Place> Read(IReadOnlyList<IdeaTally> ideas)
    {
        if (!isBuilt || marked.Count > ideas.Count / 4)
            Rebuild(ideas);
        else
            Update(ideas);
        marked.Clear();
        return order;
    }

    /// <summary>Marks an idea that is new or whose counts changed.</summary>
    internal void Mark(int ordinal)
    {
        if (isBuilt)
            marked.Add(ordinal);
    }

    private void Rebuild(IReadOnlyList<IdeaTally> ideas)
    {
        places.Clear();
        foreach (var idea in ideas)
            places.Add(PlaceOf(idea));
        order = new SortedSet<Place>(places, Comparer.Instance);
        isBuilt = true;
    }

    private void Update(IReadOnlyList<IdeaTally> ideas)
    {
        foreach (var ordinal in marked)
        {
            if (ordinal >= places.Count || PlaceOf(ideas[ordinal]) is var place && place == places[ordinal])
                continue;
            order.Remove(places[ordinal]);
            order.Add(places[ordinal] = place);
        }
        while (places.Count < ideas.Count)
        {
            places.Add(PlaceOf(ideas[places.Count]));
            order.Add(places[^1]);
        }
    }

    private Place PlaceOf(IdeaTally idea) => new(idea, ranker.Key(idea), ranker.Votes(idea));

    /// <summary>An idea in an order.</summary>
    /// <param name="Idea">The idea.</param>
    /// <param name="Key">What it is ranked by: the greater, the better; <see cref="Score.NoScore"/> for no score.</param>
    /// <param name="Votes">How many voters that rests on.</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Place(IdeaTally Idea, long Key, int Votes);

    /// <summary>The better one comes first.</summary>
    internal sealed class Comparer : IComparer<Place>
    {
        public static readonly Comparer Instance = new();

        public int Compare(Place x, Place y)
        {
            var byKey = y.Key.CompareTo(x.Key);
            if (byKey != 0)
                return byKey;
            var byVotes = y.Votes.CompareTo(x.Votes);
            return byVotes != 0 ? byVotes : x.Idea.Ordinal.CompareTo(y.Idea.Ordinal);
        }
    }
}
