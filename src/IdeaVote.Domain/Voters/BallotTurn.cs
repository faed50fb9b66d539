using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Voters;

/// <summary>
/// Builds what one command makes of a ballot, vote by vote. The first refusal ends it, and nothing of it happens:
/// a ballot changes as a whole or not at all.
/// </summary>
internal sealed class BallotTurn
{
    private readonly Ballot start;
    private readonly long version;
    private readonly TurnContext context;
    private readonly Rules rules;
    private readonly List<Event> events = new(1);
    private Ballot ballot;
    private TermId? segment;

    public BallotTurn(Ballot start, TermId? segment, long version, TurnContext context)
    {
        this.start = start;
        this.version = version;
        this.context = context;
        this.segment = segment;
        rules = context.Campaign.Rules;
        ballot = start;
    }

    public Refusal? Refusal { get; private set; }

    public Decision ToDecision() => Refusal is { } refusal ? refusal : Decision.Of([.. events]);

    /// <summary>Moves every vote to another segment: out of the old one first, then into the new one.</summary>
    public void MoveTo(TermId? newSegment)
    {
        if (newSegment == segment)
            return;
        Add(new SegmentChanged(segment, newSegment));
        var moved = ballot;
        foreach (var (idea, first) in moved.Approvals)
            Add(new ApprovalChanged(idea, true, false, segment, first, ballot.Held - 1));
        foreach (var (idea, rating) in moved.Ratings)
            Add(new RatingChanged(idea, rating.Scores, Scores.None, segment, rating.First, ballot.Held - 1));
        foreach (var (idea, investment) in moved.Investments)
            Add(new InvestmentChanged(idea, investment.Credits, 0, segment, investment.First, ballot.Held - 1));
        foreach (var (pair, duel) in moved.Duels)
            Add(new DuelChanged(pair.One, pair.Other, duel.Winner, Winner.None, segment, duel.First, ballot.Held - 1));
        var order = moved.Order;
        if (!order.Ideas.IsEmpty)
            Add(new OrderChanged(order.Ideas, [], segment, order.First, ballot.Held - order.Ideas.Length));
        foreach (var (idea, first) in moved.Approvals)
            Add(new ApprovalChanged(idea, false, true, newSegment, first, ballot.Held + 1));
        foreach (var (idea, rating) in moved.Ratings)
            Add(new RatingChanged(idea, Scores.None, rating.Scores, newSegment, rating.First, ballot.Held + 1));
        foreach (var (idea, investment) in moved.Investments)
            Add(new InvestmentChanged(idea, 0, investment.Credits, newSegment, investment.First, ballot.Held + 1));
        foreach (var (pair, duel) in moved.Duels)
            Add(new DuelChanged(pair.One, pair.Other, Winner.None, duel.Winner, newSegment, duel.First, ballot.Held + 1));
        if (!order.Ideas.IsEmpty)
            Add(new OrderChanged([], order.Ideas, newSegment, order.First, ballot.Held + order.Ideas.Length));
        segment = newSegment;
    }

    /// <summary>Puts ideas in order, in place of the order there was.</summary>
    public void Rank(ImmutableArray<IdeaId> ideas)
    {
        var old = ballot.Order;
        if (old.Ideas.AsSpan().SequenceEqual(ideas.AsSpan()))
            return;
        if (ideas.Distinct().Count() < ideas.Length)
        {
            Refuse(RefusalCode.InvalidOrder, "An order names each idea once.", "order");
            return;
        }
        var was = !old.Ideas.IsEmpty;
        if (!MayChange(was, !ideas.IsEmpty, rules.Rank is not null, "Ranking"))
            return;
        if (ideas.Length > rules.Rank?.MaxLength)
            Refuse(RefusalCode.OrderTooLong, $"An order has at most {rules.Rank.MaxLength} ideas.", "order");
        // An idea that was closed since may keep its place; a new one must take votes.
        foreach (var idea in ideas)
            if (!old.Ideas.Contains(idea) && !TakesVotes(idea))
                return;
        if (Refusal is null)
            Add(new OrderChanged(old.Ideas, ideas, segment, was ? old.First : context.Now, ballot.Held - old.Ideas.Length + ideas.Length));
    }

    /// <summary>Decides a duel, decides it otherwise, or takes the decision back.</summary>
    public void Decide(IdeaId one, IdeaId other, IdeaId? better)
    {
        if (one == other || (better is { } named && named != one && named != other))
        {
            Refuse(RefusalCode.InvalidOrder, "A duel is between two different ideas, and one of them wins.", "winner");
            return;
        }
        var pair = Pair.Of(one, other);
        var winner = better is null ? Winner.None : better == pair.One ? Winner.One : Winner.Other;
        var was = ballot.Duels.TryGetValue(pair, out var old);
        if (old.Winner == winner)
            return;
        var @is = winner != Winner.None;
        if (!MayChange(was, @is, rules.Duel is not null, "Deciding duels") || (@is && !(TakesVotes(pair.One) && TakesVotes(pair.Other))))
            return;
        var held = ballot.Held - (was ? 1 : 0) + (@is ? 1 : 0);
        Add(new DuelChanged(pair.One, pair.Other, old.Winner, winner, segment, was ? old.First : context.Now, held));
    }

    public void Approve(IdeaId idea, bool approve)
    {
        var was = ballot.Approvals.TryGetValue(idea, out var first);
        if (was == approve || !MayChange(idea, was, approve, rules.Approve is not null, "Approving"))
            return;
        Add(new ApprovalChanged(idea, was, approve, segment, was ? first : context.Now, ballot.Held + (approve ? 1 : -1)));
    }

    public void Rate(IdeaId idea, Scores scores)
    {
        var was = ballot.Ratings.TryGetValue(idea, out var old);
        if (was ? old.Scores == scores : scores.IsEmpty)
            return;
        if (!MayChange(idea, was, !scores.IsEmpty, rules.Rate is not null, "Rating"))
            return;
        if (!scores.IsEmpty && scores.Length > rules.Rate!.Weights.Length)
        {
            Refuse(RefusalCode.UnknownCriterion, "The campaign has no such criterion.", "scores");
            return;
        }
        var held = ballot.Held - (was ? 1 : 0) + (scores.IsEmpty ? 0 : 1);
        Add(new RatingChanged(idea, old.Scores, scores, segment, was ? old.First : context.Now, held));
    }

    public void Invest(IdeaId idea, int credits)
    {
        var was = ballot.Investments.TryGetValue(idea, out var old);
        if (old.Credits == credits)
            return;
        if (credits < 0)
        {
            Refuse(RefusalCode.InvalidCredits, "Credits are a whole number, 0 or more.", "credits");
            return;
        }
        if (!MayChange(idea, was, credits > 0, rules.Invest is not null, "Investing"))
            return;
        if (credits > 0 && rules.Invest!.IsQuadratic && !IsSquare(credits))
            Refuse(RefusalCode.InvalidCredits, "Here v votes cost v² credits, so an investment is a square number: 1, 4, 9, 16 and so on.", "credits");
        else if (credits > 0 && credits < rules.Invest!.MinCredits)
            Refuse(RefusalCode.InvestmentTooSmall, $"An investment is at least {rules.Invest.MinCredits} credits.", "credits");
        else if (credits > 0 && credits > rules.Invest!.MaxCredits)
            Refuse(RefusalCode.InvestmentTooLarge, $"An investment is at most {rules.Invest.MaxCredits} credits.", "credits");
        if (Refusal is not null)
            return;
        var held = ballot.Held - (was ? 1 : 0) + (credits > 0 ? 1 : 0);
        Add(new InvestmentChanged(idea, old.Credits, credits, segment, was ? old.First : context.Now, held));
    }

    /// <summary>Makes the ballot exactly <paramref name="wish"/>: takes back what it does not name, then casts the rest.</summary>
    public void Replace(SetBallot wish)
    {
        // Most ballots are a person's first: there is nothing to take back, and nothing to look up.
        if (start.Approvals.Count > 0)
            TakeBackApprovals([.. wish.Approvals]);
        var ratings = Last(wish.Ratings);
        foreach (var idea in start.Ratings.Keys)
            if (!ratings.ContainsKey(idea))
                Rate(idea, Scores.None);
        var investments = Last(wish.Investments);
        foreach (var idea in start.Investments.Keys)
            if (!investments.ContainsKey(idea))
                Invest(idea, 0);
        var duels = LastDuels(wish.Duels ?? []);
        if (duels is null)
            return;
        foreach (var pair in start.Duels.Keys)
            if (!duels.ContainsKey(pair))
                Decide(pair.One, pair.Other, null);
        if ((wish.Order ?? []).IsEmpty)
            Rank([]);
        // In the caller's order, so that the first thing wrong is the one that is named.
        foreach (var idea in wish.Approvals)
            Approve(idea, true);
        foreach (var (idea, scores) in ratings)
            Rate(idea, scores);
        foreach (var (idea, credits) in investments)
            Invest(idea, credits);
        if (wish.Order is { IsEmpty: false } order)
            Rank(order);
        foreach (var (better, worse) in duels.Values)
            Decide(better, worse, better);
    }

    /// <summary>Gives exactly the investment made at <paramref name="undoesVersion"/> back, if it still stands.</summary>
    public void GiveBack(IdeaId idea, long undoesVersion, long cause)
    {
        if (ballot.Investments.TryGetValue(idea, out var old) && old.Version == undoesVersion)
            Add(new InvestmentChanged(idea, old.Credits, 0, segment, old.First, ballot.Held - 1, cause));
    }

    /// <summary>Checks the ballot as a whole; what it spends in between does not matter, what it ends with does.</summary>
    public void CheckTotals()
    {
        if (Refusal is not null || events.Count == 0)
            return;
        // Only growth is refused: a ballot that was valid under older rules may always shrink.
        if (ballot.Approvals.Count > start.Approvals.Count && ballot.Approvals.Count > rules.Approve?.Max)
            Refuse(RefusalCode.ApprovalsExceeded, $"A ballot has at most {rules.Approve!.Max} approvals; take one back first.");
        else if (ballot.SpentCredits > start.SpentCredits && ballot.SpentCredits > rules.Invest?.BudgetCredits)
            Refuse(RefusalCode.BudgetExceeded, $"The budget is {rules.Invest!.BudgetCredits} credits, and this ballot would spend {ballot.SpentCredits}; take some back first.", "credits");
        else if (ballot.Held > start.Held && ballot.Held > Ballot.MaxVotes)
            Refuse(RefusalCode.BallotFull, $"A ballot holds at most {Ballot.MaxVotes} votes.");
    }

    private void TakeBackApprovals(HashSet<IdeaId> wished)
    {
        foreach (var idea in start.Approvals.Keys)
            if (!wished.Contains(idea))
                Approve(idea, false);
    }

    private static Dictionary<IdeaId, T> Last<T>(ImmutableArray<KeyValuePair<IdeaId, T>> votes)
    {
        var last = new Dictionary<IdeaId, T>(votes.Length);
        foreach (var (idea, vote) in votes)
            last[idea] = vote;
        return last;
    }

    private Dictionary<Pair, DuelVote>? LastDuels(ImmutableArray<DuelVote> votes)
    {
        var last = new Dictionary<Pair, DuelVote>(votes.Length);
        foreach (var vote in votes)
        {
            if (vote.Better == vote.Worse)
            {
                Refuse(RefusalCode.InvalidOrder, "A duel is between two different ideas.", "duels");
                return null;
            }
            last[Pair.Of(vote.Better, vote.Worse)] = vote;
        }
        return last;
    }

    private static bool IsSquare(int credits)
    {
        var votes = (int)Math.Sqrt(credits);
        return votes * votes == credits;
    }

    private bool MayChange(IdeaId idea, bool was, bool @is, bool methodOn, string method) =>
        MayChange(was, @is, methodOn, method) && (!@is || TakesVotes(idea));

    private bool MayChange(bool was, bool @is, bool methodOn, string method)
    {
        if (Refusal is not null)
            return false;
        if (was && !rules.VotesCanChange)
            return Refuse(RefusalCode.VotesFinal, "Votes can't be changed or taken back in this campaign.");
        return !@is || methodOn || Refuse(RefusalCode.MethodOff, $"{method} is off in this campaign.");
    }

    private bool TakesVotes(IdeaId idea) => context.StatusOf(idea) switch
    {
        null => Refuse(RefusalCode.IdeaNotFound, "There is no such idea in this campaign.", "idea"),
        { } status when !status.TakesVotes() => Refuse(RefusalCode.IdeaNotVotable, $"The idea takes no votes: it is {status.InWords()}.", "idea"),
        _ => true,
    };

    private void Add(Event e)
    {
        events.Add(e);
        if (e is BallotEvent vote)
            ballot = ballot.Apply(vote, version + events.Count);
    }

    private bool Refuse(string code, string detail, string? field = null)
    {
        Refusal ??= new Refusal(code, detail, field);
        return false;
    }
}
