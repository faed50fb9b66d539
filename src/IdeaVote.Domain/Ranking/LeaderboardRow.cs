using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking;

/// <summary>What a leaderboard ranks by.</summary>
public enum RankBy
{
    /// <summary>The number of approvals.</summary>
    Approvals,

    /// <summary>The weighted mean of the stars.</summary>
    Rating,

    /// <summary>The credits invested.</summary>
    Invested,
}

/// <summary>One line of a leaderboard.</summary>
/// <param name="Rank">1 for the best; ties share a rank and the next ranks are skipped (1, 2, 2, 4).</param>
/// <param name="Idea">The idea and its counts.</param>
/// <param name="Score">What it is ranked by; null if it has no vote that could give it one.</param>
/// <param name="Votes">How many voters the score rests on.</param>
public sealed record LeaderboardRow(int Rank, IdeaTally Idea, decimal? Score, int Votes);
