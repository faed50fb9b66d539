using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking;

/// <summary>Ranks the ideas of a board.</summary>
public static class Leaderboard
{
    /// <summary>
    /// The best ideas, best first. Ideas whose status is not ranked are left out; ideas without a score come last. Among equal
    /// scores, more votes come first in the list (they share the rank all the same), then the earlier submission.
    /// </summary>
    /// <param name="board">The counts.</param>
    /// <param name="by">What to rank by.</param>
    /// <param name="top">How many rows at most, 1 or more.</param>
    public static IReadOnlyList<LeaderboardRow> Top(Board board, RankBy by, int top)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        // The worst of the kept ones is at the head of the queue: each idea costs one comparison once the queue is full.
        var kept = new PriorityQueue<Candidate, Candidate>(Math.Min(top, board.Ideas.Count) + 1, Candidate.WorstFirst);
        foreach (var idea in board.Ideas)
        {
            if (!idea.Status.IsRanked())
                continue;
            var (score, votes) = Score.Of(idea, by, board.Campaign.Rules);
            var candidate = new Candidate(idea, score, votes);
            if (kept.Count < top)
                kept.Enqueue(candidate, candidate);
            else if (Candidate.WorstFirst.Compare(candidate, kept.Peek()) > 0)
                kept.EnqueueDequeue(candidate, candidate);
        }

        var best = new Candidate[kept.Count];
        for (var i = best.Length - 1; i >= 0; i--)
            best[i] = kept.Dequeue();
        var rows = new LeaderboardRow[best.Length];
        for (var i = 0; i < best.Length; i++)
        {
            var rank = i > 0 && best[i].Score == best[i - 1].Score ? rows[i - 1].Rank : i + 1;
            rows[i] = new LeaderboardRow(rank, best[i].Idea, best[i].Score, best[i].Votes);
        }
        return rows;
    }

    /// <summary>All ideas of any status in leaderboard order, without ranks; for lists that are paged through.</summary>
    public static IReadOnlyList<IdeaTally> Order(Board board, RankBy by) =>
        [.. board.Ideas
            .Select(idea => Score.Of(idea, by, board.Campaign.Rules) is var (score, votes) ? new Candidate(idea, score, votes) : default)
            .OrderDescending(Candidate.WorstFirst)
            .Select(candidate => candidate.Idea)];

    private readonly record struct Candidate(IdeaTally Idea, decimal? Score, int Votes)
    {
        public static readonly Comparer<Candidate> WorstFirst = Comparer<Candidate>.Create(static (a, b) =>
        {
            // Null compares below every number, as it should: no score is worse than any.
            var byScore = Nullable.Compare(a.Score, b.Score);
            if (byScore != 0)
                return byScore;
            var byVotes = a.Votes.CompareTo(b.Votes);
            return byVotes != 0 ? byVotes : b.Idea.Ordinal.CompareTo(a.Idea.Ordinal);
        });
    }
}
