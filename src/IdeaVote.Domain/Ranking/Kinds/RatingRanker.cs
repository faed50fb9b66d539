using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>Ranks by the weighted mean of the stars.</summary>
/// <param name="criteria">The criteria that count.</param>
internal sealed class RatingRanker(Criteria criteria) : IRanker
{
    public long Key(IdeaTally idea) => criteria.MeanMillionths(idea) ?? Score.NoScore;

    public int Votes(IdeaTally idea) => criteria.Votes(idea);

    public ScoreDetail Detail(IdeaTally idea, Board board)
    {
        var stars = criteria.Stars(idea);
        var score = (decimal?)criteria.MeanMillionths(idea) / Score.Million;
        var terms = Terms(stars);
        return score is null
            ? ScoreDetail.Plain(null, "no_votes", terms)
            : ScoreDetail.Sure(score, RatingInterval.Weighted(stars, criteria.Weights.AsSpan()), terms);
    }

    /// <summary>How many ratings give each number of stars, over all criteria that count.</summary>
    private static System.Collections.Immutable.ImmutableArray<ScoreTerm> Terms(int[] stars)
    {
        var terms = new ScoreTerm[Scores.MaxStars];
        for (var count = 0; count < Scores.MaxStars; count++)
        {
            long votes = 0;
            for (var i = count; i < stars.Length; i += Scores.MaxStars)
                votes += stars[i];
            terms[count] = new ScoreTerm(Names[count], votes);
        }
        return [.. terms];
    }

    private static readonly string[] Names = ["stars_1", "stars_2", "stars_3", "stars_4", "stars_5"];
}
