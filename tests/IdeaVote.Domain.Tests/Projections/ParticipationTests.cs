using IdeaVote.Domain.Tests.Properties;

namespace IdeaVote.Domain.Tests.Projections;

public sealed class ParticipationTests
{
    // A Sunday, an hour before midnight.
    private static readonly Instant Sunday = Instant.From(new DateTimeOffset(2030, 6, 2, 23, 0, 0, TimeSpan.Zero));

    private readonly Participation participation = new();

    [Fact]
    public void It_is_empty_before_the_first_event()
    {
        participation.Days.ShouldBeEmpty();
        participation.Weeks.ShouldBeEmpty();
        participation.Segments.ShouldBeEmpty();
        participation.ToFunnel().ShouldBe(new Funnel(0, 0, 0, 0, 0, 0));
    }

    [Fact]
    public void Days_and_weeks_count_each_voter_once_and_know_who_is_new()
    {
        Vote(Ann, 0, Approval(Park, null, 1));
        Vote(Ann, 0, new RatingChanged(Park, Scores.None, Scores.None.With(0, 4), null, Sunday, 2));
        Vote(Bob, 0, Approval(Park, null, 1));
        Vote(Ann, 2, new ApprovalChanged(Park, true, false, null, Sunday, 1));
        Vote(Ann, 30, new RatingChanged(Park, Scores.None.With(0, 4), Scores.None.With(0, 5), null, Sunday, 1));

        participation.Days.Select(day => ($"{day.Date:yyyy-MM-dd}", day.NewVoters, day.ActiveVoters, day.Votes))
            .ShouldBe([("2030-06-02", 2, 2, 3L), ("2030-06-03", 0, 1, 0L), ("2030-06-04", 0, 1, 0L)]);
        participation.Weeks.Select(week => ($"{week.Date:yyyy-MM-dd}", week.NewVoters, week.ActiveVoters, week.Votes))
            .ShouldBe([("2030-05-27", 2, 2, 3L), ("2030-06-03", 0, 1, 0L)]);
        participation.ToFunnel().ShouldBe(new Funnel(Cast: 2, Hold: 2, Several: 0, Back: 1, Authors: 0, VotingAuthors: 0));
    }

    [Fact]
    public void Votes_that_follow_their_voter_into_another_segment_are_no_acts()
    {
        Vote(Ann, 0, Approval(Park, North, 1));
        Vote(Ann, 0, Approval(Bench, North, 2));
        Vote(Ann, 48, new SegmentChanged(North, South));
        Vote(Ann, 48, new ApprovalChanged(Park, true, false, North, Sunday, 1));
        Vote(Ann, 48, new ApprovalChanged(Bench, true, false, North, Sunday, 0));
        Vote(Ann, 48, Approval(Park, South, 1));
        Vote(Ann, 48, Approval(Bench, South, 2));

        participation.Days.ShouldHaveSingleItem().Votes.ShouldBe(2);
        participation.Segments.ShouldBe([(South, new SegmentPart { Voters = 1, Votes = 2 })]);

        // What comes in the same turn behind the move is the voter's own again.
        Vote(Ann, 48, Approval(Tree, South, 3));
        participation.Days.Select(day => day.Votes).ShouldBe([2, 1]);
    }

    [Fact]
    public void Credits_that_the_system_gives_back_are_no_act()
    {
        Vote(Ann, 0, new InvestmentChanged(Park, 0, 10, null, Sunday, 1));
        Vote(Ann, 48, new InvestmentChanged(Park, 10, 0, null, Sunday, 0, Cause: 7));

        participation.Days.ShouldHaveSingleItem();
        participation.ToFunnel().ShouldBe(new Funnel(Cast: 1, Hold: 0, Several: 0, Back: 0, Authors: 0, VotingAuthors: 0));
        participation.Segments.ShouldBeEmpty();
    }

    [Fact]
    public void Authors_count_once_and_those_who_vote_too()
    {
        foreach (var (idea, author) in new[] { (Park, Ann), (Bench, Ann), (Tree, Bob) })
            participation.Apply(new RecordedEvent(StreamId.Of(TheCampaign, idea), 1, Sunday, new IdeaSubmitted(Doc("text"), [], null, [author], IdeaStatus.Published)));
        Vote(Bob, 0, Approval(Park, null, 1));

        var funnel = participation.ToFunnel();
        (funnel.Authors, funnel.VotingAuthors).ShouldBe((2, 1));
    }

    [Fact]
    public void It_equals_a_recount_of_the_ballots_and_of_the_feed() => WorldProperty.AtTheEnd(world =>
    {
        var counted = new Participation();
        var held = new Dictionary<StreamId, int>();
        var moves = new Dictionary<StreamId, int>();
        var cast = 0L;
        foreach (var recorded in world.Feed)
        {
            counted.Apply(recorded);
            // Whoever moves takes all votes along: they are put in once more without being cast.
            if (recorded.Event is SegmentChanged)
                cast -= held.GetValueOrDefault(recorded.Stream);
            // Nor are votes cast that follow a merge.
            if (recorded.Event is MergeEvent merge)
                moves[recorded.Stream] = merge.Changes;
            if (recorded.Event is BallotEvent change)
            {
                var follows = moves.GetValueOrDefault(recorded.Stream);
                moves[recorded.Stream] = Math.Max(0, follows - 1);
                cast += follows > 0 ? 0 : Math.Max(0, change.Held - change.HeldBefore);
                held[recorded.Stream] = change.Held;
            }
        }

        counted.Days.Sum(day => day.Votes).ShouldBe(cast);
        counted.Weeks.Sum(week => week.Votes).ShouldBe(cast);
        var voters = world.AllVoters.Where(voter => voter.Ballot.Held > 0).ToList();
        var funnel = counted.ToFunnel();
        funnel.Hold.ShouldBe(voters.Count);
        funnel.Several.ShouldBe(voters.Count(voter => Methods(voter.Ballot) > 1));
        counted.Days.Sum(day => day.NewVoters).ShouldBe(funnel.Cast);
        counted.Segments.ToDictionary(part => part.Segment ?? default, part => (part.Part.Voters, part.Part.Votes))
            .ShouldBe(voters.GroupBy(voter => voter.Segment ?? default)
                .ToDictionary(group => group.Key, group => (group.Count(), group.Sum(voter => (long)voter.Ballot.Held))), ignoreOrder: true);
    });

    private static int Methods(Ballot ballot) => new[]
    {
        ballot.Approvals.Count, ballot.Ratings.Count, ballot.Investments.Count, ballot.Duels.Count, ballot.Order.Ideas.Length,
    }.Count(votes => votes > 0);

    private static ApprovalChanged Approval(IdeaId idea, TermId? segment, int held) => new(idea, false, true, segment, Sunday, held);

    private void Vote(VoterId voter, int hours, Event e) => participation.Apply(
        new RecordedEvent(StreamId.Of(TheCampaign, voter), 1, new Instant(Sunday.UnixMilliseconds + hours * 3_600_000L), e));
}
