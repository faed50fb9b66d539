using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Tests.Properties;

namespace IdeaVote.Domain.Tests.Ranking;

/// <summary>Leaderboards in which segments' votes have weights, against the ballots.</summary>
public sealed class WeightedTests
{
    [Fact]
    public void A_weighted_count_is_what_the_ballots_weigh() =>
        WorldProperty.AtTheEnd(world =>
        {
            var weights = Weights(world.Feed);
            foreach (var by in new[] { RankBy.Approvals, RankBy.Invested, RankBy.Investors })
            {
                foreach (var row in Ranked(world.Feed, world.Board, by, weights))
                {
                    var weighed = world.AllVoters.Sum(voter => Weight(weights, voter.Segment) * by switch
                    {
                        RankBy.Approvals => voter.Ballot.Approvals.Keys.Contains(row.Idea.Id) ? 1 : 0,
                        RankBy.Invested => Credits(voter, row.Idea.Id),
                        _ => Credits(voter, row.Idea.Id) > 0 ? 1 : 0,
                    });
                    Shown(row).ShouldBe(weighed, $"by {by}");
                }
            }
        });

    [Fact]
    public void A_weighted_mean_is_that_of_the_weighed_stars() =>
        WorldProperty.AtTheEnd(world =>
        {
            var weights = Weights(world.Feed);
            for (var criterion = 0; criterion < world.Board.Campaign.Rules.Rate?.Weights.Length; criterion++)
            {
                foreach (var row in Ranked(world.Feed, world.Board, RankBy.Rating, weights, criterion))
                {
                    decimal stars = 0, votes = 0;
                    foreach (var voter in world.AllVoters)
                    {
                        if (!voter.Ballot.Ratings.TryGetValue(row.Idea.Id, out var rating) || rating.Scores[criterion] == 0)
                            continue;
                        stars += Weight(weights, voter.Segment) * rating.Scores[criterion];
                        votes += Weight(weights, voter.Segment);
                    }
                    Shown(row).ShouldBe(votes == 0 ? null : Math.Round(stars / votes, 6));
                }
            }
        });

    [Fact]
    public void Only_the_numbers_of_the_same_ranking_fit()
    {
        var board = new Board();
        board.Apply(new RecordedEvent(StreamId.Of(TheCampaign), 1, T(0), new CampaignCreated(Doc("campaign"), Preset.Continuous, Plain, [Open])));
        var votes = SegmentVotes.Take(board, RankBy.Approvals);

        Should.Throw<ArgumentException>(() => Rankers.Weighted(RankBy.Invested, Plain, [(votes, 2)]));
        Should.Throw<ArgumentException>(() => Rankers.Weighted(RankBy.Borda, Plain, []));
    }

    /// <summary>A weight for each segment but those with every third name: they stay unnamed.</summary>
    private static Dictionary<TermId, decimal> Weights(IEnumerable<RecordedEvent> feed) => feed
        .Select(recorded => (recorded.Event as BallotEvent)?.Segment).OfType<TermId>().Distinct().Order()
        .Select((segment, i) => (segment, i)).Where(each => each.i % 3 != 2).ToDictionary(each => each.segment, each => 0.5m * (3 * each.i));

    private static decimal Weight(Dictionary<TermId, decimal> weights, TermId? segment) => segment is { } term && weights.TryGetValue(term, out var weight) ? weight : 1;

    private static decimal Credits(Voter voter, IdeaId idea) => voter.Ballot.Investments.TryGetValue(idea, out var investment) ? investment.Credits : 0;

    private static IReadOnlyList<LeaderboardRow> Ranked(IReadOnlyList<RecordedEvent> feed, Board board, RankBy by, Dictionary<TermId, decimal> weights, int? criterion = null)
    {
        var segments = new List<(SegmentVotes Votes, decimal Weight)>();
        foreach (var (segment, weight) in weights)
        {
            var filtered = new FilteredBoard(BallotFilter.All with { Segment = segment });
            foreach (var recorded in feed)
                filtered.Apply(recorded);
            segments.Add((SegmentVotes.Take(filtered.Board, by, criterion), weight));
        }
        return Leaderboard.Top(board, Rankers.Weighted(by, board.Campaign.Rules, segments, criterion), int.MaxValue);
    }

    private static decimal? Shown(LeaderboardRow row) => row.Detail.Terms.FirstOrDefault(term => term.Name == ScoreTerm.Weighted) is { Name: not null } term ? term.Value : null;
}
