using System.Collections.Immutable;
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
        var kept = new PriorityQueue<Candidate, Candidate>(Math.Min(top, board.Ideas.Count) + 1);
        var weights = Score.Weights(board.Campaign.Rules);
        foreach (var idea in board.Ideas)
        {
            if (!idea.Status.IsRanked())
                continue;
            var candidate = Candidate.Of(idea, by, weights);
            if (kept.Count < top)
                kept.Enqueue(candidate, candidate);
            else if (candidate.CompareTo(kept.Peek()) > 0)
                kept.EnqueueDequeue(candidate, candidate);
        }

        var best = new Candidate[kept.Count];
        for (var i = best.Length - 1; i >= 0; i--)
            best[i] = kept.Dequeue();
        var rows = new LeaderboardRow[best.Length];
        for (var i = 0; i < best.Length; i++)
        {
            var rank = i > 0 && best[i].Key == best[i - 1].Key ? rows[i - 1].Rank : i + 1;
            rows[i] = new LeaderboardRow(rank, best[i].Idea, Score.FromKey(best[i].Key, by), best[i].Votes);
        }
        return rows;
    }

    /// <summary>All ideas of any status in leaderboard order, without ranks; for lists that are paged through.</summary>
    public static IReadOnlyList<IdeaTally> Order(Board board, RankBy by)
    {
        var weights = Score.Weights(board.Campaign.Rules);
        return [.. board.Ideas
            .Select(idea => Candidate.Of(idea, by, weights))
            .OrderDescending()
            .Select(candidate => candidate.Idea)];
    }

    private readonly record struct Candidate(IdeaTally Idea, long Key, int Votes) : IComparable<Candidate>
    {
        public static Candidate Of(IdeaTally idea, RankBy by, ImmutableArray<decimal> weights) =>
            new(idea, Score.Key(idea, by, weights), Score.Votes(idea, by));

        /// <summary>The worse one comes first.</summary>
        public int CompareTo(Candidate other)
        {
            if (Key != other.Key)
                return Key.CompareTo(other.Key);
            var byVotes = Votes.CompareTo(other.Votes);
            return byVotes != 0 ? byVotes : other.Idea.Ordinal.CompareTo(Idea.Ordinal);
        }
    }
}
