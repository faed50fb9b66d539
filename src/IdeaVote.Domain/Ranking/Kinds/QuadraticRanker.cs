using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>
/// Ranks by the sum of the roots of the credits: where votes cost their square, the number of votes. How a pool would be split by it is
/// <see cref="QuadraticMatching"/>.
/// </summary>
/// <param name="matches">What each idea would get of a pool; null if none is split.</param>
internal sealed class QuadraticRanker(IReadOnlyDictionary<IdeaId, decimal>? matches = null) : IRanker
{
    public long Key(IdeaTally idea) => idea.Quadratic.Steps;

    public int Votes(IdeaTally idea) => idea.Investors;

    public ScoreDetail Detail(IdeaTally idea, Board board)
    {
        ScoreTerm[] terms = [new("credits", idea.Invested), new("investors", idea.Investors)];
        return ScoreDetail.Plain(
            Math.Round(idea.Quadratic.Roots, 6), "counts_are_exact",
            matches is null ? [.. terms] : [.. terms, new ScoreTerm("match", matches.GetValueOrDefault(idea.Id))]);
    }
}
