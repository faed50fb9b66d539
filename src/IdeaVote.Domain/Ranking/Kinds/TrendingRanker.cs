using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>Ranks by votes of which newer ones count for more (<see cref="Trending"/>).</summary>
internal sealed class TrendingRanker : IRanker
{
    public long Key(IdeaTally idea) => idea.Trending?.Key is { } key and not Trending.NoVotes ? key : Score.NoScore;

    public int Votes(IdeaTally idea) => idea.Approvals + idea.Raters + idea.Investors + idea.Rankers;

    public ScoreDetail Detail(IdeaTally idea, Board board)
    {
        const string Why = "not_an_estimate";
        return idea.Trending is { } trending && Key(idea) != Score.NoScore
            ? ScoreDetail.Plain(Math.Round((decimal)trending.Score, 6), Why, new ScoreTerm("half_life_hours", trending.HalfLife / 3_600_000m))
            : ScoreDetail.Plain(null, Why);
    }
}
