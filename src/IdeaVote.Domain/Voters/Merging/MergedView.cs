using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Voters.Merging;

/// <summary>
/// What votes say of merged ideas. Nobody counts twice: of several votes of one voter on ideas that became one, the vote on the idea they
/// became stands, else the one followed first; approving any approves it; credits add up; in an order it takes the best of their places; a
/// duel between them is void.
/// </summary>
internal sealed class MergedView
{
    private readonly MergedVotes votes;
    private readonly Dictionary<IdeaId, List<IdeaId>> groups = [];

    public MergedView(MergedVotes votes)
    {
        this.votes = votes;
        foreach (var link in votes.Links)
            if (votes.Find(link.Into) is null && !groups.ContainsKey(link.Into))
                groups.Add(link.Into, Gather(link.Into, []));
    }

    /// <summary>The ideas that others became part of, and that did not become part of another themselves.</summary>
    public IReadOnlyCollection<IdeaId> Roots => groups.Keys;

    /// <summary>The ideas that became one, the one that they became first.</summary>
    public IReadOnlyList<IdeaId> MembersOf(IdeaId root) => groups.TryGetValue(root, out var members) ? members : [root];

    /// <summary>When an idea's approval was first given; null if it has none.</summary>
    public Instant? Approval(IdeaId root) => First(root, votes.Cast.Approvals);

    /// <summary>The rating of an idea; null for none.</summary>
    public Rating? Rating(IdeaId root) => First(root, votes.Cast.Ratings);

    /// <summary>The credits invested in an idea, before any limit, and when they first were.</summary>
    public (long Credits, Instant First) Investment(IdeaId root)
    {
        var (sum, first) = (0L, default(Instant?));
        foreach (var member in MembersOf(root))
            if (votes.Cast.Investments.TryGetValue(member, out var investment))
                (sum, first) = (sum + investment.Credits, first ?? investment.First);
        return (sum, first ?? default);
    }

    /// <summary>The whole order.</summary>
    public Order Order()
    {
        var seen = new HashSet<IdeaId>();
        return votes.Cast.Order with { Ideas = [.. votes.Cast.Order.Ideas.Select(votes.RootOf).Where(seen.Add)] };
    }

    /// <summary>The duels that ideas with part in a merge fight.</summary>
    public SortedDictionary<Pair, DuelChoice> Duels()
    {
        var duels = new SortedDictionary<Pair, DuelChoice>();
        foreach (var (pair, choice) in votes.Cast.Duels.OrderBy(duel => PairOf(duel.Key) == duel.Key ? 0 : 1).ThenBy(duel => duel.Value.First.UnixMilliseconds))
        {
            if (PairOf(pair) is not { } now)
                continue;
            var winner = votes.RootOf(choice.Winner == Winner.One ? pair.One : pair.Other);
            duels.TryAdd(now, choice with { Winner = winner == now.One ? Winner.One : Winner.Other });
        }
        return duels;
    }

    /// <summary>The pair that a pair became; null if its two became one.</summary>
    public Pair? PairOf(Pair pair)
    {
        var (one, other) = (votes.RootOf(pair.One), votes.RootOf(pair.Other));
        return one == other ? null : Pair.Of(one, other);
    }

    /// <summary>Whether a pair has an idea that others became part of.</summary>
    public bool Touches(Pair pair) => groups.ContainsKey(pair.One) || groups.ContainsKey(pair.Other);

    // Of two ideas merged one into the other, what was said of the other comes first.
    private List<IdeaId> Gather(IdeaId idea, List<IdeaId> members)
    {
        members.Add(idea);
        foreach (var link in votes.Links)
            if (link.Into == idea)
                Gather(link.From, members);
        return members;
    }

    private T? First<T>(IdeaId root, VoteMap<IdeaId, T> cast)
        where T : struct
    {
        foreach (var member in MembersOf(root))
            if (cast.TryGetValue(member, out var vote))
                return vote;
        return null;
    }
}
