using System.Collections.Immutable;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Properties;

/// <summary>Every count equals a recount.</summary>
public sealed class CountTests
{
    [Fact]
    public void The_board_equals_a_recount_of_the_ballots() =>
        WorldProperty.Always(world =>
        {
            var ballots = world.AllVoters.Select(voter => voter.Ballot).ToList();
            foreach (var idea in world.Board.Ideas)
            {
                idea.Approvals.ShouldBe(ballots.Count(ballot => ballot.Approvals.ContainsKey(idea.Id)));
                idea.Investors.ShouldBe(ballots.Count(ballot => ballot.Investments.ContainsKey(idea.Id)));
                idea.Invested.ShouldBe(ballots.Sum(ballot => (long)Credits(ballot, idea.Id)));
                var ratings = ballots.Where(ballot => ballot.Ratings.ContainsKey(idea.Id)).Select(ballot => ballot.Ratings[idea.Id].Scores).ToList();
                idea.Raters.ShouldBe(ratings.Count);
                idea.Criteria.ShouldBeGreaterThanOrEqualTo(ratings.Select(scores => scores.Length).DefaultIfEmpty().Max());
                for (var criterion = 0; criterion <= idea.Criteria; criterion++)
                    for (var stars = 1; stars <= Scores.MaxStars; stars++)
                        idea.Stars(criterion, stars).ShouldBe(ratings.Count(scores => scores[criterion] == stars));
            }
        });

    [Fact]
    public void The_board_equals_a_recount_of_orders_duels_roots_and_times() =>
        WorldProperty.Always(world =>
        {
            var (board, ballots) = (world.Board, world.AllVoters.Select(voter => voter.Ballot).ToList());
            foreach (var idea in board.Ideas)
            {
                for (var place = 0; place < RankRule.LongestOrder; place++)
                    (place < idea.Places.Length ? idea.Places[place] : 0).ShouldBe(ballots.Count(ballot => ballot.Order.Ideas.IndexOf(idea.Id) == place));
                idea.Quadratic.ShouldBe(ballots.Aggregate(default(QuadraticSum), (sum, ballot) => sum.Add(Credits(ballot, idea.Id))));
                var trending = new Trending((long)TimeSpan.FromHours(RankingRule.DefaultHalfLifeHours).TotalMilliseconds);
                foreach (var first in ballots.SelectMany(ballot => FirstTimes(ballot, idea.Id)))
                    trending.Add(first);
                (idea.Trending?.Key ?? Trending.NoVotes).ShouldBe(trending.Key);
                idea.HistoryUntil(world.Now)[^1].Votes.ShouldBe(idea.Approvals + idea.Raters + idea.Investors + idea.Rankers);
                foreach (var other in board.Ideas.Where(other => other != idea))
                    board.Preferences.Prefer(idea.Ordinal, other.Ordinal).ShouldBe(ballots.Count(ballot => Prefers(ballot.Order.Ideas, idea.Id, other.Id)));
            }
            board.Duels.Pairs.Sum(pair => pair.FirstWins + pair.SecondWins).ShouldBe(ballots.Sum(ballot => ballot.Duels.Count));
            foreach (var pair in board.Duels.Pairs)
            {
                var (one, other) = (board.Ideas[pair.First].Id, board.Ideas[pair.Second].Id);
                pair.FirstWins.ShouldBe(ballots.Count(ballot => ballot.Duels.TryGetValue(Pair.Of(one, other), out var duel) && duel.Winner == Winner.One));
                pair.SecondWins.ShouldBe(ballots.Count(ballot => ballot.Duels.TryGetValue(Pair.Of(one, other), out var duel) && duel.Winner == Winner.Other));
            }
        });

    [Fact]
    public void The_boards_voters_are_those_who_hold_a_vote() =>
        WorldProperty.Always(world => world.Board.Voters.ShouldBe(world.AllVoters.Count(voter => voter.Ballot.Held > 0)));

    [Fact]
    public void Within_each_segment_the_votes_by_the_feed_are_those_on_the_ballots() =>
        WorldProperty.AtTheEnd(world =>
        {
            var counts = new Dictionary<(TermId? Segment, IdeaId Idea, string Method), long>();
            foreach (var recorded in world.Feed)
            {
                if (recorded.Event is VoteEvent vote)
                    Add(counts, vote.Segment, vote.Idea, vote.GetType().Name, vote is InvestmentChanged i ? i.New - i.Old : (vote.Is ? 1 : 0) - (vote.Was ? 1 : 0));
                if (recorded.Event is OrderChanged order)
                {
                    foreach (var idea in order.Old)
                        Add(counts, order.Segment, idea, nameof(OrderChanged), -1);
                    foreach (var idea in order.New)
                        Add(counts, order.Segment, idea, nameof(OrderChanged), 1);
                }
            }
            foreach (var voter in world.AllVoters)
            {
                foreach (var idea in voter.Ballot.Approvals.Keys)
                    Add(counts, voter.Segment, idea, nameof(ApprovalChanged), -1);
                foreach (var idea in voter.Ballot.Ratings.Keys)
                    Add(counts, voter.Segment, idea, nameof(RatingChanged), -1);
                foreach (var (idea, investment) in voter.Ballot.Investments)
                    Add(counts, voter.Segment, idea, nameof(InvestmentChanged), -investment.Credits);
                foreach (var pair in voter.Ballot.Duels.Keys)
                    Add(counts, voter.Segment, pair.One, nameof(DuelChanged), -1);
                foreach (var idea in voter.Ballot.Order.Ideas)
                    Add(counts, voter.Segment, idea, nameof(OrderChanged), -1);
            }
            counts.Values.Any(rest => rest != 0).ShouldBeFalse();
        });

    [Fact]
    public void Each_vote_tells_the_value_before_it_and_how_many_votes_there_are_after_it() =>
        WorldProperty.AtTheEnd(world =>
        {
            foreach (var run in world.Turns.Where(run => run.Stream.Kind == AggregateKind.Voter))
            {
                var ballot = ((Voter)run.Before).Ballot;
                foreach (var recorded in run.Events)
                {
                    if (recorded.Event is not BallotEvent vote)
                        continue;
                    vote.HeldBefore.ShouldBe(ballot.Held);
                    var (old, first) = Old(ballot, vote);
                    old.ShouldBe(true);
                    vote.First.ShouldBe(first ?? vote.First);
                    ballot = ballot.Apply(vote, recorded.Version);
                    vote.Held.ShouldBe(ballot.Held);
                }
            }
        });

    private static (bool Fits, Instant? First) Old(Ballot ballot, BallotEvent vote) => vote switch
    {
        ApprovalChanged e => (e.Old == ballot.Approvals.ContainsKey(e.Idea), e.Old ? ballot.Approvals[e.Idea] : null),
        RatingChanged e => (e.Old == (ballot.Ratings.TryGetValue(e.Idea, out var rating) ? rating.Scores : Scores.None), e.Was ? ballot.Ratings[e.Idea].First : null),
        InvestmentChanged e => (e.Old == Credits(ballot, e.Idea), e.Was ? ballot.Investments[e.Idea].First : null),
        DuelChanged e => (
            e.Old == (ballot.Duels.TryGetValue(e.Pair, out var duel) ? duel.Winner : Winner.None), e.Was ? ballot.Duels[e.Pair].First : null),
        OrderChanged e => (e.Old.SequenceEqual(ballot.Order.Ideas), e.Old.IsEmpty ? null : ballot.Order.First),
        _ => (false, null),
    };

    private static IEnumerable<Instant> FirstTimes(Ballot ballot, IdeaId idea)
    {
        if (ballot.Approvals.TryGetValue(idea, out var approved))
            yield return approved;
        if (ballot.Ratings.TryGetValue(idea, out var rating))
            yield return rating.First;
        if (ballot.Investments.TryGetValue(idea, out var investment))
            yield return investment.First;
        if (ballot.Order.Ideas.Contains(idea))
            yield return ballot.Order.First;
    }

    private static bool Prefers(ImmutableArray<IdeaId> order, IdeaId idea, IdeaId other)
    {
        var (place, against) = (order.IndexOf(idea), order.IndexOf(other));
        return place >= 0 && (against < 0 || place < against);
    }

    private static int Credits(Ballot ballot, IdeaId idea) => ballot.Investments.TryGetValue(idea, out var investment) ? investment.Credits : 0;

    private static void Add(
        Dictionary<(TermId? Segment, IdeaId Idea, string Method), long> counts, TermId? segment, IdeaId idea, string method, long change) =>
        counts[(segment, idea, method)] = counts.GetValueOrDefault((segment, idea, method)) + change;
}
