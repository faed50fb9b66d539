using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>Ranks by the credits invested, or by how many invest.</summary>
/// <param name="byInvestors">Whether it ranks by how many invest.</param>
internal sealed class InvestmentRanker(bool byInvestors) : IRanker
{
    public long Key(IdeaTally idea) => byInvestors ? idea.Investors : idea.Invested;

    public int Votes(IdeaTally idea) => idea.Investors;

    public ScoreDetail Detail(IdeaTally idea, Board board) => ScoreDetail.Plain(
        Key(idea), "counts_are_exact", new ScoreTerm("credits", idea.Invested), new ScoreTerm("investors", idea.Investors));
}
