using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>Ranks by how much those who rate disagree (<see cref="Controversy"/>): the mean over the criteria by their weights.</summary>
/// <param name="criteria">The criteria that count.</param>
internal sealed class ControversyRanker(Criteria criteria) : IRanker
{
    public long Key(IdeaTally idea) => Value(idea) is { } value ? (long)(value * RankKey.PartsOfOne) : Score.NoScore;

    public int Votes(IdeaTally idea) => criteria.Votes(idea);

    public ScoreDetail Detail(IdeaTally idea, Board board) =>
        ScoreDetail.Plain(Value(idea), "not_an_estimate", new ScoreTerm("ratings", criteria.Votes(idea)));

    private decimal? Value(IdeaTally idea)
    {
        var stars = criteria.Stars(idea);
        decimal sum = 0, weights = 0;
        for (var i = 0; i < criteria.Weights.Length; i++)
        {
            var counts = stars.AsSpan(i * Scores.MaxStars, Scores.MaxStars);
            if (!counts.ContainsAnyExcept(0))
                continue;
            sum += criteria.Weights[i] * Controversy.OfStars(counts);
            weights += criteria.Weights[i];
        }
        return weights == 0 ? null : Math.Round(sum / weights, 9);
    }
}
