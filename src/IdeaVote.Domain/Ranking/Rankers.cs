using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking.Kinds;

namespace IdeaVote.Domain.Ranking;

/// <summary>The rankings there are.</summary>
public static class Rankers
{
    /// <summary>Whether an idea's own counts decide its key, so that a vote moves no other idea.</summary>
    public static bool IsLocal(RankBy by) => by is not (RankBy.Bayesian or RankBy.Condorcet or RankBy.Duels or RankBy.Elo or RankBy.NeedsVotes);

    /// <summary>The ranking that each idea's own counts decide.</summary>
    /// <param name="by">What to rank by.</param>
    /// <param name="rules">The campaign's rules.</param>
    /// <param name="criterion">The criterion to rank by alone; null for all of them.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static IRanker Local(RankBy by, Rules rules, int? criterion = null) => by switch
    {
        RankBy.Approvals => new ApprovalRanker(byLowerEnd: false),
        RankBy.Wilson => new ApprovalRanker(byLowerEnd: true),
        RankBy.Rating => new RatingRanker(new Criteria(rules, criterion)),
        RankBy.Invested => new InvestmentRanker(byInvestors: false),
        RankBy.Investors => new InvestmentRanker(byInvestors: true),
        RankBy.Quadratic => new QuadraticRanker(),
        RankBy.Borda => new BordaRanker(rules.Rank?.MaxLength ?? RankRule.LongestOrder),
        RankBy.Trending => new TrendingRanker(),
        RankBy.Controversial => new ControversyRanker(new Criteria(rules, criterion)),
        _ => throw new ArgumentException($"{by} is decided by all ideas' counts together.", nameof(by)),
    };

    /// <summary>The quadratic ranking, with what each idea in the race would get of a pool.</summary>
    /// <param name="board">The counts.</param>
    /// <param name="pool">What there is to give, 0 or more, with at most 2 decimals.</param>
    /// <param name="takes">Which ideas are in the race.</param>
    public static IRanker Matching(Board board, decimal pool, Func<IdeaTally, bool> takes)
    {
        IdeaTally[] ideas = [.. board.Ideas.Where(idea => idea.Status.IsRanked() && takes(idea))];
        var parts = QuadraticMatching.Split(pool, Array.ConvertAll(ideas, idea => idea.Quadratic));
        return new QuadraticRanker(ideas.Zip(parts).ToDictionary(pair => pair.First.Id, pair => pair.Second));
    }

    /// <summary>A ranking in which segments' votes have weights.</summary>
    /// <param name="by">Approvals, rating, invested or investors.</param>
    /// <param name="rules">The campaign's rules.</param>
    /// <param name="segments">What the votes of each segment that is named say, as of the same position and for the same ranking, and their weight, 0 or more.</param>
    /// <param name="criterion">The criterion to rank by alone; null for all of them.</param>
    /// <exception cref="ArgumentException">Votes of this ranking have no weights, or a segment's were taken for another.</exception>
    public static IRanker Weighted(RankBy by, Rules rules, IReadOnlyList<(SegmentVotes Votes, decimal Weight)> segments, int? criterion = null)
    {
        var criteria = new Criteria(rules, criterion);
        if (!TakesWeights(by))
            throw new ArgumentException($"{by} takes no weights.", nameof(by));
        if (segments.Any(segment => segment.Votes.By != by || segment.Votes.Width != SegmentVotes.WidthOf(by, criteria)))
            throw new ArgumentException("The segments' votes were taken for another ranking.", nameof(segments));
        return new WeightedRanker(by, Local(by, rules, criterion), segments, criteria);
    }

    /// <summary>Whether segments' votes can have weights in a ranking.</summary>
    public static bool TakesWeights(RankBy by) => by is RankBy.Approvals or RankBy.Rating or RankBy.Invested or RankBy.Investors;

    /// <summary>Which voting method a ranking rests on and the rules lack, in words for a message; null if they have it.</summary>
    public static string? Missing(RankBy by, Rules rules) => by switch
    {
        RankBy.Approvals or RankBy.Wilson => rules.Approve is null ? "Approving" : null,
        RankBy.Rating or RankBy.Bayesian => rules.Rate is null ? "Rating" : null,
        RankBy.Invested or RankBy.Investors or RankBy.Quadratic => rules.Invest is null ? "Investing" : null,
        RankBy.Borda or RankBy.Condorcet => rules.Rank is null ? "Ranking" : null,
        RankBy.Duels or RankBy.Elo => rules.Duel is null ? "Deciding duels" : null,
        RankBy.Controversial => rules.Rate is null ? "Rating" : null,
        RankBy.NeedsVotes => rules is { Approve: null, Rate: null, Duel: null } ? "Approving, rating or deciding duels" : null,
        _ => null,
    };
}
