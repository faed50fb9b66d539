using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class LeaderboardTests
{
    private static readonly IdeaStatus[] Unranked = [IdeaStatus.Submitted, IdeaStatus.Declined, IdeaStatus.Withdrawn, IdeaStatus.Merged, IdeaStatus.Hidden];

    [Fact]
    public void The_best_come_first_and_ties_share_a_rank()
    {
        var board = WithApprovals(3, 5, 5, 7);

        Ranks(Leaderboard.Top(board, RankBy.Approvals, 10)).ShouldBe([(1, "3", 7), (2, "1", 5), (2, "2", 5), (4, "0", 3)]);
    }

    [Fact]
    public void A_tie_cut_off_at_the_end_keeps_the_earlier_submission() =>
        Ranks(Leaderboard.Top(WithApprovals(3, 5, 5, 5), RankBy.Approvals, 2)).ShouldBe([(1, "1", 5), (1, "2", 5)]);

    [Fact]
    public void Without_votes_all_share_the_first_rank_in_the_order_of_submission() =>
        Ranks(Leaderboard.Top(WithApprovals(0, 0), RankBy.Approvals, 10)).ShouldBe([(1, "0", 0), (1, "1", 0)]);

    [Fact]
    public void Among_equal_scores_more_votes_come_first_and_share_the_rank_all_the_same()
    {
        var board = With(3);
        Rate(board, 0, 4);
        Rate(board, 1, 4, 4, 4);
        Rate(board, 2, 4, 4);

        Leaderboard.Top(board, RankBy.Rating, 10).Select(row => (row.Rank, row.Idea.Ordinal, row.Score, row.Votes))
            .ShouldBe([(1, 1, 4m, 3), (1, 2, 4m, 2), (1, 0, 4m, 1)]);
    }

    [Fact]
    public void Ideas_without_a_score_come_last_and_share_a_rank()
    {
        var board = With(3);
        Rate(board, 1, 1);

        Leaderboard.Top(board, RankBy.Rating, 10).Select(row => (row.Rank, row.Idea.Ordinal, row.Score))
            .ShouldBe([(1, 1, 1m), (2, 0, null), (2, 2, null)]);
    }

    [Fact]
    public void Investing_ranks_by_credits_and_counts_investors()
    {
        var board = With(2);
        board.Apply(Of(Ann, new InvestmentChanged(Nth(0), 0, 50, null, T(1), 1)));
        board.Apply(Of(Bob, new InvestmentChanged(Nth(1), 0, 60, null, T(1), 1)));
        board.Apply(Of(VoterOf("cem"), new InvestmentChanged(Nth(0), 0, 20, null, T(1), 1)));

        Leaderboard.Top(board, RankBy.Invested, 10).Select(row => (row.Rank, row.Idea.Ordinal, row.Score, row.Votes))
            .ShouldBe([(1, 0, 70m, 2), (2, 1, 60m, 1)]);
    }

    [Fact]
    public void Ideas_that_are_not_in_the_race_are_left_out_of_the_board_but_not_of_the_order()
    {
        var board = WithApprovals([.. Enumerable.Range(1, Unranked.Length + 2)]);
        for (var i = 0; i < Unranked.Length; i++)
            board.Apply(new RecordedEvent(StreamId.Of(TheCampaign, Nth(i + 1)), 2, T(1), new IdeaStatusChanged(IdeaStatus.Published, Unranked[i], null)));
        board.Apply(new RecordedEvent(StreamId.Of(TheCampaign, Nth(0)), 2, T(1), new IdeaStatusChanged(IdeaStatus.Published, IdeaStatus.Shipped, null)));

        Ranks(Leaderboard.Top(board, RankBy.Approvals, 10)).ShouldBe([(1, "6", 7), (2, "0", 1)]);
        Leaderboard.Order(board, RankBy.Approvals).Select(idea => idea.Ordinal).ShouldBe([6, 5, 4, 3, 2, 1, 0]);
    }

    [Fact]
    public void An_empty_board_has_no_rows_and_a_board_of_nothing_is_no_wish()
    {
        Leaderboard.Top(With(0), RankBy.Rating, int.MaxValue).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => Leaderboard.Top(With(1), RankBy.Rating, 0));
    }

    [Fact]
    public void The_top_of_the_board_is_the_beginning_of_the_whole_board() =>
        Prop.ForAll(
            Gen.Choose(0, 4).ArrayOf().Two().ToArbitrary(),
            Gen.Elements(RankBy.Approvals, RankBy.Rating, RankBy.Invested).ToArbitrary(),
            (counts, by) =>
            {
                var board = WithApprovals(counts.Item1);
                for (var i = 0; i < Math.Min(counts.Item1.Length, counts.Item2.Length); i++)
                    Rate(board, i, [.. Enumerable.Repeat(counts.Item2[i] % 3 + 1, counts.Item2[i])]);
                var whole = Leaderboard.Top(board, by, int.MaxValue);

                whole.Select(row => row.Idea).ShouldBe(Leaderboard.Order(board, by));
                for (var top = 1; top <= whole.Count + 1; top++)
                    Leaderboard.Top(board, by, top).Select(row => (row.Rank, row.Idea, row.Score, row.Votes))
                        .ShouldBe(whole.Take(top).Select(row => (row.Rank, row.Idea, row.Score, row.Votes)));
                // A rank is one more than the number of ideas with a better score.
                foreach (var row in whole)
                    row.Rank.ShouldBe(1 + whole.Count(other => Nullable.Compare(other.Score, row.Score) > 0));
            }).QuickCheckThrowOnFailure();

    private static List<(int Rank, string Idea, int Votes)> Ranks(IReadOnlyList<LeaderboardRow> rows)
    {
        rows.All(row => row.Score == row.Votes).ShouldBeTrue();
        return [.. rows.Select(row => (row.Rank, $"{row.Idea.Ordinal}", row.Votes))];
    }

    private static IdeaId Nth(int number) => IdeaOf($"{number}");

    private static RecordedEvent Of(VoterId voter, Event e) => new(StreamId.Of(TheCampaign, voter), 1, T(1), e);

    private static Board With(int ideas)
    {
        var board = new Board();
        board.Apply(new RecordedEvent(StreamId.Of(TheCampaign), 1, T(0), new CampaignCreated(Doc("campaign"), Preset.Continuous, Plain, [Open])));
        for (var i = 0; i < ideas; i++)
            board.Apply(new RecordedEvent(StreamId.Of(TheCampaign, Nth(i)), 1, T(1), new IdeaSubmitted(Doc("idea"), [], null, [], IdeaStatus.Published)));
        return board;
    }

    private static Board WithApprovals(params int[] approvals)
    {
        var board = With(approvals.Length);
        for (var i = 0; i < approvals.Length; i++)
            for (var voter = 0; voter < approvals[i]; voter++)
                board.Apply(Of(VoterOf($"{voter}"), new ApprovalChanged(Nth(i), false, true, null, T(1), 1)));
        return board;
    }

    private static void Rate(Board board, int idea, params int[] stars)
    {
        for (var voter = 0; voter < stars.Length; voter++)
            board.Apply(Of(VoterOf($"{voter}"), new RatingChanged(Nth(idea), Scores.None, Scores.Of(stars[voter]), null, T(1), 1)));
    }
}
