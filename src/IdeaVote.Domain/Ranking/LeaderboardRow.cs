using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking;

/// <summary>One line of a leaderboard.</summary>
/// <param name="Rank">1 for the best; ties share a rank and the next ranks are skipped (1, 2, 2, 4).</param>
/// <param name="Idea">The idea and its counts.</param>
/// <param name="Votes">How many voters the score rests on.</param>
/// <param name="Detail">Its score, how sure it is, and what it is made of.</param>
public sealed record LeaderboardRow(int Rank, IdeaTally Idea, int Votes, ScoreDetail Detail)
{
    /// <summary>What it is ranked by; null if it has no vote that could give it one.</summary>
    public decimal? Score => Detail.Score;
}
