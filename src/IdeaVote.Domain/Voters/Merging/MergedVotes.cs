using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Voters.Merging;

/// <summary>
/// What a voter keeps of merged ideas: which merges the votes follow, and the votes as they were cast, so that undoing a merge gives them
/// back exactly. The ballot that counts follows from these by <see cref="MergedView"/>. A vote that the voter changes while ideas are merged
/// is a vote on the idea they became; it stays there when they part. Immutable.
/// </summary>
/// <param name="Links">The merges, in the order in which the votes followed them.</param>
/// <param name="Cast">The votes as they were cast, on all ideas that a link names, and the whole order.</param>
/// <param name="Credits">What the ballot invests in each idea that others became part of; nothing if not named.</param>
public sealed record MergedVotes(ImmutableArray<MergeLink> Links, Ballot Cast, ImmutableDictionary<IdeaId, int> Credits)
{
    /// <summary>The most merges that one voter's votes follow; votes on more merged ideas stay where they are.</summary>
    public const int MaxLinks = 1_000;

    /// <summary>No merges.</summary>
    public static readonly MergedVotes None = new([], Ballot.Empty, ImmutableDictionary<IdeaId, int>.Empty);

    /// <summary>The idea that an idea's votes count for now: itself, unless it was merged.</summary>
    public IdeaId RootOf(IdeaId idea)
    {
        // No chain is longer than there are links, and none leads back: a link that would is never made.
        for (var hops = 0; hops < Links.Length && Find(idea) is { } link; hops++)
            idea = link.Into;
        return idea;
    }

    /// <summary>The merge that an idea's votes follow; null for none.</summary>
    public MergeLink? Find(IdeaId from)
    {
        foreach (var link in Links)
            if (link.From == from)
                return link;
        return null;
    }

    /// <summary>Whether an idea has part in any merge.</summary>
    public bool Names(IdeaId idea)
    {
        foreach (var link in Links)
            if (link.From == idea || link.Into == idea)
                return true;
        return false;
    }

    /// <summary>Follows one more merge, or once more one that is followed: votes that stand on its first idea all the same came late, and count.</summary>
    /// <param name="link">The merge.</param>
    /// <param name="ballot">The ballot as it counts before.</param>
    /// <param name="credits">What it invests in the idea they became after.</param>
    public MergedVotes Add(MergeLink link, Ballot ballot, int credits)
    {
        var known = Refresh(ballot);
        var cast = Links.IsEmpty ? Ballot.Empty with { Order = ballot.Order } : known.Cast;
        var isNew = Find(link.From) is null;
        if (!isNew || !Names(link.From))
            cast = known.Capture(cast, ballot, link.From);
        if (!Names(link.Into))
            cast = known.Capture(cast, ballot, link.Into);
        var added = known with { Links = isNew ? known.Links.Add(link) : known.Links, Cast = cast };
        return added with { Credits = added.Credits.Remove(link.From).SetItem(added.RootOf(link.From), credits) };
    }

    /// <summary>What is left without a merge, the votes cast on its ideas still among it.</summary>
    /// <param name="from">The idea that stands for itself again.</param>
    /// <param name="ballot">The ballot as it counts before.</param>
    public MergedVotes Without(IdeaId from, Ballot ballot)
    {
        var known = Refresh(ballot);
        // What stands on the idea already was cast after it stood for itself again: the voter's last word on it.
        return known with { Links = known.Links.RemoveAll(link => link.From == from), Cast = known.Capture(known.Cast, ballot, from) };
    }

    /// <summary>Follows a merge no more.</summary>
    /// <param name="from">The idea that stands for itself again.</param>
    /// <param name="ballot">The ballot as it counts before.</param>
    /// <param name="credits">What it invests in that idea after.</param>
    /// <param name="rest">What it invests after in the idea that they had become.</param>
    public MergedVotes Remove(IdeaId from, Ballot ballot, int credits, int rest)
    {
        var left = Without(from, ballot);
        return left.Links.IsEmpty ? None : (left with { Credits = left.Credits.SetItem(from, credits).SetItem(RootOf(from), rest) }).Prune();
    }

    /// <summary>These with the changes that the voter has made to the ballot since: where it does not say what follows from the votes cast, it is right.</summary>
    public MergedVotes Refresh(Ballot ballot)
    {
        if (Links.IsEmpty)
            return this;
        var view = new MergedView(this);
        var cast = Cast;
        foreach (var root in view.Roots)
        {
            var members = view.MembersOf(root);
            var approved = ballot.Approvals.TryGetValue(root, out var first);
            if (approved != view.Approval(root).HasValue)
                cast = cast with { Approvals = Replace(cast.Approvals, members, root, approved ? first : null) };
            var rated = ballot.Ratings.TryGetValue(root, out var rating);
            if ((rated ? rating.Scores : Scores.None) != (view.Rating(root)?.Scores ?? Scores.None))
                cast = cast with { Ratings = Replace(cast.Ratings, members, root, rated ? rating : null) };
            var invested = ballot.Investments.TryGetValue(root, out var investment);
            if (investment.Credits != Credits.GetValueOrDefault(root))
                cast = cast with { Investments = Replace(cast.Investments, members, root, invested ? investment : null) };
        }
        if (!view.Order().Ideas.AsSpan().SequenceEqual(ballot.Order.Ideas.AsSpan()))
            cast = cast with { Order = ballot.Order };
        cast = cast with { Duels = RefreshDuels(view, cast.Duels, ballot.Duels) };
        var credits = Credits;
        foreach (var root in view.Roots)
            credits = credits.SetItem(root, ballot.Investments.TryGetValue(root, out var now) ? now.Credits : 0);
        return this with { Cast = cast, Credits = credits };
    }

    private static VoteMap<Pair, DuelChoice> RefreshDuels(MergedView view, VoteMap<Pair, DuelChoice> cast, VoteMap<Pair, DuelChoice> shown)
    {
        var expected = view.Duels();
        foreach (var pair in expected.Keys.Concat(shown.Keys.Where(view.Touches)).Distinct().ToList())
        {
            var now = shown.TryGetValue(pair, out var choice) ? choice : default(DuelChoice?);
            if (now?.Winner == (expected.TryGetValue(pair, out var was) ? was.Winner : default(Winner?)))
                continue;
            foreach (var old in cast.Keys.Where(old => view.PairOf(old) == pair).ToList())
                cast = cast.Remove(old);
            if (now is { } changed)
                cast = cast.SetItem(pair, changed);
        }
        return cast;
    }

    private static VoteMap<IdeaId, T> Replace<T>(VoteMap<IdeaId, T> votes, IEnumerable<IdeaId> members, IdeaId root, T? vote)
        where T : struct
    {
        foreach (var member in members)
            votes = votes.Remove(member);
        return vote is { } now ? votes.SetItem(root, now) : votes;
    }

    private Ballot Capture(Ballot cast, Ballot ballot, IdeaId idea)
    {
        if (ballot.Approvals.TryGetValue(idea, out var first))
            cast = cast with { Approvals = cast.Approvals.SetItem(idea, first) };
        if (ballot.Ratings.TryGetValue(idea, out var rating))
            cast = cast with { Ratings = cast.Ratings.SetItem(idea, rating) };
        if (ballot.Investments.TryGetValue(idea, out var investment))
            cast = cast with { Investments = cast.Investments.SetItem(idea, investment) };
        var view = new MergedView(this);
        var duels = cast.Duels;
        foreach (var (pair, choice) in ballot.Duels)
        {
            // A duel against an idea that others are part of follows from what is kept already, unless it came late: then it is the last word.
            if ((pair.One != idea && pair.Other != idea) || (view.Touches(pair) && Find(idea) is null))
                continue;
            foreach (var old in duels.Keys.Where(old => (old.One == idea || old.Other == idea) && view.PairOf(old) == view.PairOf(pair)).ToList())
                duels = duels.Remove(old);
            duels = duels.SetItem(pair, choice);
        }
        return cast with { Duels = duels };
    }

    private MergedVotes Prune()
    {
        var view = new MergedView(this);
        return this with
        {
            Cast = Cast with
            {
                Approvals = Only(Cast.Approvals, Names),
                Ratings = Only(Cast.Ratings, Names),
                Investments = Only(Cast.Investments, Names),
                Duels = Only(Cast.Duels, pair => Names(pair.One) || Names(pair.Other)),
            },
            Credits = Credits.RemoveRange(Credits.Keys.Where(idea => !view.Roots.Contains(idea))),
        };
    }

    private static VoteMap<TKey, T> Only<TKey, T>(VoteMap<TKey, T> votes, Func<TKey, bool> keeps)
        where TKey : struct, IComparable<TKey>
        where T : struct =>
        VoteMap<TKey, T>.FromOrdered([.. votes.Where(vote => keeps(vote.Key))]);
}
