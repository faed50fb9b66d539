using IdeaVote.Domain.Projections;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>
/// Ranks by approvals. The share is that of the voters whose ballot holds any vote; its lower end (<see cref="Wilson"/>) stands in the
/// same order, because all ideas share these voters.
/// </summary>
/// <param name="byLowerEnd">Whether the score is the lower end of the share's interval rather than the number of approvals.</param>
internal sealed class ApprovalRanker(bool byLowerEnd) : IRanker
{
    public long Key(IdeaTally idea) => idea.Approvals;

    public int Votes(IdeaTally idea) => idea.Approvals;

    public ScoreDetail Detail(IdeaTally idea, Board board)
    {
        var interval = Wilson.Of(idea.Approvals, board.Voters);
        var share = board.Voters == 0 ? 0 : Math.Round((decimal)idea.Approvals / board.Voters, 9);
        var score = byLowerEnd ? Math.Round((decimal)interval.Low, 9) : idea.Approvals;
        return ScoreDetail.Sure(
            score, interval, new ScoreTerm("approvals", idea.Approvals), new ScoreTerm("voters", board.Voters), new ScoreTerm("share", share));
    }
}
