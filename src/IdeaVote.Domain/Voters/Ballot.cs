using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Voters;

/// <summary>All votes of one voter in one campaign. Immutable.</summary>
/// <param name="Approvals">The ideas approved, each with when it first was.</param>
/// <param name="Ratings">The ideas rated.</param>
/// <param name="Investments">The ideas invested in.</param>
/// <param name="SpentCredits">The sum of all investments.</param>
public sealed record Ballot(
    VoteMap<IdeaId, Instant> Approvals,
    VoteMap<IdeaId, Rating> Ratings,
    VoteMap<IdeaId, Investment> Investments,
    long SpentCredits)
{
    /// <summary>The order of ideas.</summary>
    public Order Order { get; init; } = Order.None;

    /// <summary>The duels decided.</summary>
    public VoteMap<Pair, DuelChoice> Duels { get; init; } = VoteMap<Pair, DuelChoice>.Empty;

    /// <summary>The most votes, of all methods together, one ballot can hold.</summary>
    public const int MaxVotes = 10_000;

    /// <summary>A ballot without a vote.</summary>
    public static readonly Ballot Empty = new(
        VoteMap<IdeaId, Instant>.Empty,
        VoteMap<IdeaId, Rating>.Empty,
        VoteMap<IdeaId, Investment>.Empty,
        0);

    /// <summary>How many votes it holds.</summary>
    public int Held => Approvals.Count + Ratings.Count + Investments.Count + Order.Ideas.Length + Duels.Count;

    /// <summary>The ballot after one vote changed.</summary>
    /// <param name="vote">What changed.</param>
    /// <param name="version">The version of the voter's stream after it.</param>
    public Ballot Apply(BallotEvent vote, long version) => vote switch
    {
        ApprovalChanged e => this with
        {
            Approvals = e.New ? Approvals.SetItem(e.Idea, e.First) : Approvals.Remove(e.Idea),
        },
        RatingChanged e => this with
        {
            Ratings = e.Is ? Ratings.SetItem(e.Idea, new Rating(e.New, e.First)) : Ratings.Remove(e.Idea),
        },
        InvestmentChanged e => this with
        {
            Investments = e.Is ? Investments.SetItem(e.Idea, new Investment(e.New, e.First, version)) : Investments.Remove(e.Idea),
            SpentCredits = SpentCredits - e.Old + e.New,
        },
        DuelChanged e => this with
        {
            Duels = e.Is ? Duels.SetItem(e.Pair, new DuelChoice(e.New, e.First)) : Duels.Remove(e.Pair),
        },
        OrderChanged e => this with
        {
            Order = e.New.IsEmpty ? Order.None : new Order(e.New, e.First),
        },
        _ => throw new ArgumentException($"{vote.GetType().Name} is no vote.", nameof(vote)),
    };
}
