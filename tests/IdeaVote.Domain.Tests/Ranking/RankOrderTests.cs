using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Tests.Properties;

namespace IdeaVote.Domain.Tests.Ranking;

/// <summary>Orders that are kept up, and rankings that are worked out anew.</summary>
public sealed class RankOrderTests
{
    private static readonly RankBy[] Local = [.. Enum.GetValues<RankBy>().Where(Rankers.IsLocal)];
    private static readonly RankBy[] Shared = [.. Enum.GetValues<RankBy>().Where(by => !Rankers.IsLocal(by))];

    [Fact]
    public void An_order_that_is_kept_up_is_the_order_ranked_anew() =>
        WorldProperty.Always(world =>
        {
            // Asked at every step, so that each order is made once and moved from then on.
            foreach (var by in Local)
            {
                var ranker = Rankers.Local(by, world.Board.Campaign.Rules);
                var anew = world.Board.Ideas
                    .OrderByDescending(ranker.Key).ThenByDescending(ranker.Votes).ThenBy(idea => idea.Ordinal).Select(idea => idea.Id);

                world.Board.Order(by).Select(place => place.Idea.Id).ShouldBe(anew, $"by {by}");
            }
        });

    [Fact]
    public void The_top_of_a_kept_order_is_the_top_worked_out_from_all_ideas() =>
        WorldProperty.AtTheEnd(world =>
        {
            foreach (var by in Local)
                for (var top = 1; top <= 5; top++)
                    Seen(Leaderboard.Top(world.Board, by, top))
                        .ShouldBe(Seen(Leaderboard.Top(world.Board, Rankers.Local(by, world.Board.Campaign.Rules), top)), $"by {by}");
        });

    [Fact]
    public void Every_ranking_has_a_score_or_none_and_an_interval_or_a_reason() =>
        WorldProperty.AtTheEnd(world =>
        {
            foreach (var by in Local)
                Check(Leaderboard.Top(world.Board, by, int.MaxValue));
            foreach (var by in Shared)
                Check(Leaderboard.Top(world.Board, RankInput.Take(world.Board, by)!.Work(), int.MaxValue));
        });

    [Fact]
    public void A_board_folded_from_the_feed_in_one_go_ranks_alike() =>
        WorldProperty.AtTheEnd(world =>
        {
            var copy = new Board();
            foreach (var recorded in world.Feed)
                copy.Apply(recorded);
            foreach (var by in Local)
                Seen(Leaderboard.Top(copy, by, 9)).ShouldBe(Seen(Leaderboard.Top(world.Board, by, 9)), $"by {by}");
            foreach (var by in Shared)
                Seen(Leaderboard.Top(copy, RankInput.Take(copy, by)!.Work(), 9))
                    .ShouldBe(Seen(Leaderboard.Top(world.Board, RankInput.Take(world.Board, by)!.Work(), 9)), $"by {by}");
        });

    [Fact]
    public void A_ranking_that_all_ideas_decide_has_no_order_of_its_own()
    {
        foreach (var by in Shared)
            Should.Throw<ArgumentException>(() => Rankers.Local(by, Plain));
        foreach (var by in Local)
            Should.Throw<ArgumentException>(() => RankInput.Take(new Board(), by));
    }

    private static IEnumerable<(int Rank, IdeaId Idea, int Votes, decimal? Score)> Seen(IReadOnlyList<LeaderboardRow> rows) =>
        rows.Select(row => (row.Rank, row.Idea.Id, row.Votes, row.Score));

    private static void Check(IReadOnlyList<LeaderboardRow> rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            (row.Detail.Interval is null).ShouldBe(row.Detail.WhyNoInterval is not null);
            if (row.Detail.Interval is { } interval)
                interval.Low.ShouldBeLessThanOrEqualTo(interval.High);
            row.Rank.ShouldBe(i > 0 && rows[i - 1].Score == row.Score ? rows[i - 1].Rank : i + 1);
            (row.Score ?? decimal.MinValue).ShouldBeLessThanOrEqualTo(i > 0 ? rows[i - 1].Score ?? decimal.MinValue : decimal.MaxValue);
        }
    }
}
