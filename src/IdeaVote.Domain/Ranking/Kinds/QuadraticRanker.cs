using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>
/// Ranks by the sum of the roots of the credits: where votes cost their square, the number of votes. How a pool would be split by it is
/// <see cref="QuadraticMatching"/>.
/// </summary>
internal sealed class QuadraticRanker : IRanker
{
    public long Key(IdeaTally idea) => idea.Quadratic.Steps;

    public int Votes(IdeaTally idea) => idea.Investors;

    public ScoreDetail Detail(IdeaTally idea, Board board) => ScoreDetail.Plain(
        Math.Round(idea.Quadratic.Roots, 6), "counts_are_exact", new ScoreTerm("credits", idea.Invested), new ScoreTerm("investors", idea.Investors));
}
