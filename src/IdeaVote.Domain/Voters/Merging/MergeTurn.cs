using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Voters.Merging;

/// <summary>
/// Moves a voter's votes after a merge of ideas or its undoing, by exact differences. It never breaks a limit of the ballot: credits above
/// what one idea may get go back to the voter, and what no longer has room when ideas part (credits or approvals that the voter gave to
/// others meanwhile) is left out.
/// </summary>
internal sealed class MergeTurn(Ballot start, MergedVotes merged, TermId? segment, long version, Rules rules)
{
    private readonly List<Event> events = [];
    private List<Event> changes = [];
    private Ballot ballot = start;
    private MergedVotes votes = merged;

    public Decision Follow(FollowMerge follow)
    {
        var link = votes.Find(follow.Idea);
        if (link?.Cause > follow.Cause)
            return Decision.Unchanged;
        if (link?.Cause < follow.Cause)
            Undo(follow.Idea, follow.Cause);
        // An idea can't become part of one that is part of it; should two teams' wishes cross, the first stands until one is undone.
        if (follow.Into is { } into && HasVoteOn(follow.Idea) && votes.RootOf(into) != follow.Idea && votes.Links.Length < MergedVotes.MaxLinks)
            Merge(new MergeLink(follow.Idea, into, follow.Cause));
        return Decision.Of([.. events]);
    }

    private void Merge(MergeLink link)
    {
        var next = votes.Add(link, ballot, credits: 0);
        var view = new MergedView(next);
        var root = next.RootOf(link.From);
        var credits = Limit(view.Investment(root).Credits, besides: ballot.SpentCredits - CreditsIn(link.From) - CreditsIn(root));
        Approve(link.From, null);
        Rate(link.From, null);
        Invest(link.From, 0, default);
        Approve(root, view.Approval(root));
        Rate(root, view.Rating(root));
        Invest(root, credits, view.Investment(root).First);
        Arrange(view, link.From, root);
        credits = CreditsIn(root);
        votes = next with { Credits = next.Credits.SetItem(root, credits) };
        Close(new VotesMerged(link.From, link.Into, link.Cause, credits, changes.Count));
    }

    private void Undo(IdeaId from, long cause)
    {
        var before = ballot;
        var root = votes.RootOf(from);
        var view = new MergedView(votes.Without(from, ballot));
        var others = ballot.SpentCredits - CreditsIn(from) - CreditsIn(root);
        var rest = Limit(view.Investment(root).Credits, besides: others);
        var credits = Limit(view.Investment(from).Credits, besides: others + rest);
        Approve(root, view.Approval(root));
        Rate(root, view.Rating(root));
        Invest(root, rest, view.Investment(root).First);
        if (rules.Approve?.Max is not { } max || ballot.Approvals.Count < max)
            Approve(from, view.Approval(from));
        Rate(from, view.Rating(from));
        Invest(from, credits, view.Investment(from).First);
        Arrange(view, from, root);
        (credits, rest) = (CreditsIn(from), CreditsIn(root));
        votes = votes.Remove(from, before, credits, rest);
        Close(new VotesUnmerged(from, root, cause, credits, rest, changes.Count));
    }

    private bool HasVoteOn(IdeaId idea) =>
        ballot.Approvals.ContainsKey(idea) || ballot.Ratings.ContainsKey(idea) || ballot.Investments.ContainsKey(idea)
        || ballot.Order.Ideas.Contains(idea) || ballot.Duels.Keys.Any(pair => pair.One == idea || pair.Other == idea);

    private int CreditsIn(IdeaId idea) => ballot.Investments.TryGetValue(idea, out var investment) ? investment.Credits : 0;

    /// <summary>The most of some credits that one idea may get beside what else is spent.</summary>
    private int Limit(long credits, long besides)
    {
        if (rules.Invest is not { } invest)
            return (int)Math.Min(credits, int.MaxValue);
        var most = Math.Max(0, Math.Min(credits, Math.Min(invest.MaxCredits ?? int.MaxValue, invest.BudgetCredits - besides)));
        if (invest.IsQuadratic)
            most = (long)Math.Sqrt(most) * (long)Math.Sqrt(most);
        return most < invest.MinCredits ? 0 : (int)most;
    }

    private void Approve(IdeaId idea, Instant? first)
    {
        var was = ballot.Approvals.TryGetValue(idea, out var old);
        if (was != first.HasValue && HasRoom(first.HasValue))
            Change(new ApprovalChanged(idea, was, !was, segment, was ? old : first!.Value, ballot.Held + (was ? -1 : 1)));
    }

    private void Rate(IdeaId idea, Rating? rating)
    {
        var was = ballot.Ratings.TryGetValue(idea, out var old);
        var scores = rating?.Scores ?? Scores.None;
        if ((was ? old.Scores : Scores.None) != scores && HasRoom(!was))
            Change(new RatingChanged(
                idea, old.Scores, scores, segment, was ? old.First : rating!.Value.First, ballot.Held - (was ? 1 : 0) + (scores.IsEmpty ? 0 : 1)));
    }

    private void Invest(IdeaId idea, int credits, Instant first)
    {
        var was = ballot.Investments.TryGetValue(idea, out var old);
        if (old.Credits != credits && HasRoom(!was))
            Change(new InvestmentChanged(idea, old.Credits, credits, segment, was ? old.First : first, ballot.Held - (was ? 1 : 0) + (credits > 0 ? 1 : 0)));
    }

    /// <summary>Order and duels, of which any can speak of both ideas.</summary>
    private void Arrange(MergedView view, IdeaId from, IdeaId root)
    {
        var order = view.Order();
        var old = ballot.Order;
        var ideas = rules.Rank?.MaxLength is { } longest && order.Ideas.Length > longest ? order.Ideas[..longest] : order.Ideas;
        if (!ideas.AsSpan().SequenceEqual(old.Ideas.AsSpan()))
            Change(new OrderChanged(
                old.Ideas, ideas, segment, old.Ideas.IsEmpty ? order.First : old.First, ballot.Held - old.Ideas.Length + ideas.Length));
        var duels = view.Duels();
        foreach (var (pair, choice) in ballot.Duels)
            if ((pair.One == from || pair.Other == from || pair.One == root || pair.Other == root) && !duels.ContainsKey(pair))
                Change(new DuelChanged(pair.One, pair.Other, choice.Winner, Winner.None, segment, choice.First, ballot.Held - 1));
        foreach (var (pair, choice) in duels)
        {
            var was = ballot.Duels.TryGetValue(pair, out var standing);
            if (standing.Winner != choice.Winner && HasRoom(!was))
                Change(new DuelChanged(pair.One, pair.Other, standing.Winner, choice.Winner, segment, was ? standing.First : choice.First, ballot.Held + (was ? 0 : 1)));
        }
    }

    private bool HasRoom(bool grows) => !grows || ballot.Held < Ballot.MaxVotes;

    private void Change(BallotEvent change)
    {
        changes.Add(change);
        // The event that says why stands before its changes.
        ballot = ballot.Apply(change, version + events.Count + 1 + changes.Count);
    }

    private void Close(MergeEvent why)
    {
        events.Add(why);
        events.AddRange(changes);
        changes = [];
    }
}
