using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking;

/// <summary>Which ranking of which ideas by which votes: all that decides a leaderboard, besides the votes themselves and how many rows are shown.</summary>
/// <param name="By">What to rank by.</param>
public sealed record RankingQuery(RankBy By)
{
    /// <summary>How many places there are to win unless somebody says so.</summary>
    public const int DefaultPlaces = 10;

    /// <summary>The number of the criterion to rank by alone; null for all.</summary>
    public int? Criterion { get; init; }

    /// <summary>A tag that ideas must have; null for any.</summary>
    public TermId? Tag { get; init; }

    /// <summary>Statuses that ideas may have; empty for any.</summary>
    public IReadOnlySet<IdeaStatus> Statuses { get; init; } = new HashSet<IdeaStatus>();

    /// <summary>Which votes count.</summary>
    public BallotFilter Filter { get; init; } = BallotFilter.All;

    /// <summary>What the votes of segments weigh; empty for none.</summary>
    public IReadOnlyList<(TermId Segment, decimal Weight)> Weights { get; init; } = [];

    /// <summary>What is given of a Bayesian prior; null, or null in part, for what the campaign says.</summary>
    public RankingRule? Prior { get; init; }

    /// <summary>How many places there are to win, 1 or more.</summary>
    public int Places { get; init; } = DefaultPlaces;

    /// <summary>The money to split by quadratic matching among the ideas in the race, with up to 2 decimals; null for none.</summary>
    public decimal? Pool { get; init; }

    /// <summary>Whether all votes count, and equally.</summary>
    public bool CountsAll => Filter == BallotFilter.All && Weights.Count == 0;

    /// <summary>Which votes make the board of each segment that has a weight, in the order of <see cref="Weights"/>.</summary>
    public IEnumerable<BallotFilter> OfSegments => Weights.Select(each => Filter with { Segment = each.Segment });

    /// <summary>Whether an idea is in the race.</summary>
    public bool Takes(IdeaTally idea) =>
        (Tag is not { } tag || idea.Tags.Contains(tag)) && (Statuses.Count == 0 || Statuses.Contains(idea.Status));

    /// <summary>The leaderboard.</summary>
    /// <param name="board">The votes that <see cref="Filter"/> takes.</param>
    /// <param name="segments">The votes of <see cref="OfSegments"/>, as of the same position.</param>
    /// <param name="top">How many rows at most, 1 or more.</param>
    /// <returns>Null if there are more ideas than the ranking takes.</returns>
    public IReadOnlyList<LeaderboardRow>? Top(Board board, IReadOnlyList<SegmentVotes> segments, int top)
    {
        if (Weights.Count > 0)
            return Leaderboard.Top(board, Weighted(board, segments), top, Takes);
        if (Rankers.IsLocal(By))
            return Local(board, top);
        return Input(board) is { } input ? Leaderboard.Top(board, input.Work(), top, Takes) : null;
    }

    /// <summary>The leaderboard by a ranking that each idea's own counts decide.</summary>
    public IReadOnlyList<LeaderboardRow> Local(Board board, int top) => Pool is { } pool
        ? Leaderboard.Top(board, Rankers.Matching(board, pool, Takes), top, Takes)
        : Leaderboard.Top(board, By, top, Criterion, Takes);

    /// <summary>What a ranking that all ideas' counts decide together takes off a board; null if there are more ideas than it takes.</summary>
    public RankInput? Input(Board board) => RankInput.Take(board, By, Criterion, PriorOf(board.Campaign.Rules.Ranking), Places);

    /// <summary>What a segment's votes say, taken off their board.</summary>
    public SegmentVotes SegmentOf(Board board) => SegmentVotes.Take(board, By, Criterion);

    /// <summary>The ranking in which segments' votes have weights.</summary>
    public IRanker Weighted(Board board, IReadOnlyList<SegmentVotes> segments) =>
        Rankers.Weighted(By, board.Campaign.Rules, [.. segments.Zip(Weights, static (votes, each) => (votes, each.Weight))], Criterion);

    private RankingRule? PriorOf(RankingRule? rule) => Prior is { } given
        ? new RankingRule(null, given.PriorWeight ?? rule?.PriorWeight, given.PriorMean ?? rule?.PriorMean)
        : null;
}
