using System.Runtime.InteropServices;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking.Kinds;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Ranking;

/// <summary>
/// What one segment's votes say of each idea, as far as a weighted ranking needs it: a few numbers an idea in one array, taken off the
/// segment's board at once, so that the board can move on.
/// </summary>
public sealed class SegmentVotes
{
    private readonly Sum[] sums;

    private SegmentVotes(RankBy by, int width, Sum[] sums) => (By, Width, this.sums) = (by, width, sums);

    /// <summary>The ranking it is for.</summary>
    internal RankBy By { get; }

    /// <summary>How many sums an idea has: one for each criterion of ratings, else one.</summary>
    internal int Width { get; }

    /// <summary>Takes the numbers off a board.</summary>
    /// <param name="board">The board of the segment's votes.</param>
    /// <param name="by">Approvals, rating, invested or investors.</param>
    /// <param name="criterion">The criterion to rank by alone; null for all of them.</param>
    public static SegmentVotes Take(Board board, RankBy by, int? criterion = null)
    {
        var criteria = new Criteria(board.Campaign.Rules, criterion);
        var width = WidthOf(by, criteria);
        var sums = new Sum[board.Ideas.Count * width];
        foreach (var idea in board.Ideas)
        {
            for (var i = 0; i < width; i++)
                sums[idea.Ordinal * width + i] = Of(idea, by, criteria, i);
        }
        return new SegmentVotes(by, width, sums);
    }

    /// <summary>How many sums an idea has in a ranking.</summary>
    internal static int WidthOf(RankBy by, Criteria criteria) => by == RankBy.Rating ? criteria.Weights.Length : 1;

    /// <summary>One of an idea's sums over all votes that a board has of it.</summary>
    internal static Sum Of(IdeaTally idea, RankBy by, Criteria criteria, int at) => by switch
    {
        RankBy.Approvals => new Sum(idea.Approvals, idea.Approvals),
        RankBy.Investors => new Sum(idea.Investors, idea.Investors),
        RankBy.Rating => Stars(idea, criteria.Only ?? at),
        _ => new Sum(idea.Invested, idea.Investors),
    };

    /// <summary>One of an idea's sums; nothing for an idea that came later.</summary>
    internal Sum Of(int ordinal, int at) => ordinal * Width + at < sums.Length ? sums[ordinal * Width + at] : default;

    private static Sum Stars(IdeaTally idea, int criterion)
    {
        long stars = 0, votes = 0;
        for (var count = 1; count <= Scores.MaxStars; count++)
        {
            var given = idea.Stars(criterion, count);
            (stars, votes) = (stars + (long)count * given, votes + given);
        }
        return new Sum(stars, votes);
    }

    /// <summary>A sum over votes, and how many there are.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Sum(long Value, long Votes);
}
