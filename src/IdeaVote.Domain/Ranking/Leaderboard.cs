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
    /// <param name="by">What to rank by; a ranking that <see cref="Rankers.IsLocal"/>.</param>
    /// <param name="top">How many rows at most, 1 or more.</param>
    /// <param name="criterion">The criterion to rank by alone; null for all of them.</param>
    /// <param name="takes">Which ideas are in the race; null for all. Ranks are among these.</param>
    public static IReadOnlyList<LeaderboardRow> Top(
        Board board, RankBy by, int top, int? criterion = null, Func<IdeaTally, bool>? takes = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        var best = board.Order(by, criterion).Where(place => InTheRace(place.Idea, takes)).Take(top);
        return Rows(best, Rankers.Local(by, board.Campaign.Rules, criterion), board);
    }

    /// <summary>The best ideas by a ranking that was worked out beforehand.</summary>
    /// <param name="board">The counts.</param>
    /// <param name="ranker">The ranking.</param>
    /// <param name="top">How many rows at most, 1 or more.</param>
    /// <param name="takes">Which ideas are in the race; null for all.</param>
    public static IReadOnlyList<LeaderboardRow> Top(Board board, IRanker ranker, int top, Func<IdeaTally, bool>? takes = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        // The worst of the kept ones is at the head of the queue: each idea costs one comparison once the queue is full.
        var worstFirst = Comparer<RankOrder.Place>.Create(static (x, y) => RankOrder.Comparer.Instance.Compare(y, x));
        var kept = new PriorityQueue<RankOrder.Place, RankOrder.Place>(Math.Min(top, board.Ideas.Count) + 1, worstFirst);
        foreach (var idea in board.Ideas)
        {
            if (!InTheRace(idea, takes))
                continue;
            var place = new RankOrder.Place(idea, ranker.Key(idea), ranker.Votes(idea));
            if (kept.Count < top)
                kept.Enqueue(place, place);
            else
                kept.EnqueueDequeue(place, place);
        }
        var best = new RankOrder.Place[kept.Count];
        for (var i = best.Length - 1; i >= 0; i--)
            best[i] = kept.Dequeue();
        return Rows(best, ranker, board);
    }

    /// <summary>All ideas of any status in leaderboard order, without ranks; for lists that are paged through.</summary>
    public static IEnumerable<IdeaTally> Order(Board board, RankBy by) => board.Order(by).Select(place => place.Idea);

    /// <summary>The same in the order of a ranking that was worked out beforehand.</summary>
    public static IEnumerable<IdeaTally> Order(Board board, IRanker ranker) => board.Ideas
        .Select(idea => new RankOrder.Place(idea, ranker.Key(idea), ranker.Votes(idea))).Order(RankOrder.Comparer.Instance).Select(place => place.Idea);

    private static bool InTheRace(IdeaTally idea, Func<IdeaTally, bool>? takes) => idea.Status.IsRanked() && (takes is null || takes(idea));

    private static List<LeaderboardRow> Rows(IEnumerable<RankOrder.Place> best, IRanker ranker, Board board)
    {
        var rows = new List<LeaderboardRow>();
        long lastKey = 0;
        foreach (var place in best)
        {
            var rank = rows.Count > 0 && place.Key == lastKey ? rows[^1].Rank : rows.Count + 1;
            rows.Add(new LeaderboardRow(rank, place.Idea, place.Votes, ranker.Detail(place.Idea, board)));
            lastKey = place.Key;
        }
        return rows;
    }
}
