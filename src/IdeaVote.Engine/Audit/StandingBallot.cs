using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Audit;

/// <summary>One voter's ballot as the events up to here left it; to be read before the next event is taken.</summary>
public readonly struct StandingBallot
{
    private readonly StandingBallots owner;
    private readonly StandingBallots.Held held;

    internal StandingBallot(StandingBallots owner, VoterId voter, StandingBallots.Held held)
    {
        this.owner = owner;
        this.held = held;
        Voter = voter;
    }

    /// <summary>The voter.</summary>
    public VoterId Voter { get; }

    /// <summary>The segment they count for; null for none.</summary>
    public TermId? Segment => owner.SegmentOf(held);

    /// <summary>
    /// The votes, by method; approvals, ratings and investments in the order of the ideas' ids, the places of an order from the first, duels in
    /// the order of the ids of the first idea, then of the second.
    /// </summary>
    public ReadOnlySpan<StandingVote> Votes => owner.VotesOf(held);
}
