using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking.Kinds;

namespace IdeaVote.Domain.Ranking;

/// <summary>
/// What a ranking that all ideas' counts decide together takes off a board, so that it can be worked out while the board moves on.
/// </summary>
/// <param name="Work">Works it out; may take seconds, and touches nothing of the board.</param>
public sealed record RankInput(Func<IRanker> Work)
{
    /// <summary>The most ideas that are ranked by Schulze's method: its work grows with their cube.</summary>
    public const int MaxCondorcetIdeas = 1_000;

    /// <summary>Takes what a ranking needs.</summary>
    /// <param name="board">The board.</param>
    /// <param name="by">What to rank by; one that is not <see cref="Rankers.IsLocal"/>.</param>
    /// <param name="criterion">The criterion to rank by alone; null for all of them.</param>
    /// <param name="prior">What is given of a Bayesian prior; null for what the campaign's rules say.</param>
    /// <param name="places">How many places there are to win, for <see cref="RankBy.NeedsVotes"/>; 1 or more.</param>
    /// <returns>Null if there are more ideas than the ranking takes.</returns>
    /// <exception cref="ArgumentException">Each idea's own counts decide the ranking.</exception>
    public static RankInput? Take(Board board, RankBy by, int? criterion = null, RankingRule? prior = null, int places = 10)
    {
        var rules = board.Campaign.Rules;
        switch (by)
        {
            case RankBy.Bayesian:
                var bayesian = new BayesianRanker(board, new Criteria(rules, criterion), prior ?? rules.Ranking);
                return new RankInput(() => bayesian);
            case RankBy.Duels or RankBy.Elo:
                var (count, duels) = (board.Ideas.Count, board.Duels.Pairs.ToArray());
                return new RankInput(() => new DuelRanker(BradleyTerry.Fit(count, Sorted(duels)), inPoints: by == RankBy.Elo));
            case RankBy.Condorcet:
                int[] named = [.. board.Ideas.Where(idea => idea.Status.IsRanked()).Select(idea => idea.Ordinal)];
                if (named.Length > MaxCondorcetIdeas)
                    return null;
                var (preferences, ballots) = (board.Preferences.Matrix(named), board.Preferences.Ballots);
                return new RankInput(() => new CondorcetRanker(named, Schulze.Ranks(preferences, named.Length), preferences, ballots));
            case RankBy.NeedsVotes:
                var counts = NeedCounts.Take(board, criterion);
                return new RankInput(() => new NeedsVotesRanker(counts, places));
            default:
                throw new ArgumentException($"{by} is decided by each idea's own counts.", nameof(by));
        }
    }

    /// <summary>In one order, so that the sums over them have the same bits whatever order the duels came in.</summary>
    private static Duel[] Sorted(Duel[] duels)
    {
        Array.Sort(duels, static (x, y) => x.First != y.First ? x.First.CompareTo(y.First) : x.Second.CompareTo(y.Second));
        return duels;
    }
}
