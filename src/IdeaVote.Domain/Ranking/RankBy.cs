namespace IdeaVote.Domain.Ranking;

/// <summary>What a leaderboard ranks by.</summary>
public enum RankBy
{
    /// <summary>The number of approvals.</summary>
    Approvals,

    /// <summary>The lower end of the interval of the approval share.</summary>
    Wilson,

    /// <summary>The weighted mean of the stars.</summary>
    Rating,

    /// <summary>The mean of the stars drawn towards what is usual.</summary>
    Bayesian,

    /// <summary>The credits invested.</summary>
    Invested,

    /// <summary>The number of those who invest.</summary>
    Investors,

    /// <summary>The sum of the roots of the credits, which is the votes where votes cost their square.</summary>
    Quadratic,

    /// <summary>Points for places in orders.</summary>
    Borda,

    /// <summary>The duels between ideas that orders imply, by Schulze's method.</summary>
    Condorcet,

    /// <summary>The strength that duels show, by Bradley and Terry's model.</summary>
    Duels,

    /// <summary>The same strength in Elo's points.</summary>
    Elo,

    /// <summary>Votes, newer ones counting for more.</summary>
    Trending,

    /// <summary>Where a next vote teaches most about the top.</summary>
    NeedsVotes,

    /// <summary>How much voters disagree.</summary>
    Controversial,
}
