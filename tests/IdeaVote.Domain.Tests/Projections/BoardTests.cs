namespace IdeaVote.Domain.Tests.Projections;

public sealed class BoardTests
{
    private static readonly StreamId TheStream = StreamId.Of(TheCampaign);
    private readonly Board board = new();

    [Fact]
    public void It_is_empty_before_the_first_event()
    {
        board.Campaign.ShouldBeSameAs(Campaign.None);
        board.Ideas.ShouldBeEmpty();
        board.Voters.ShouldBe(0);
        board.Revision.ShouldBe(0);
        board.Find(Park).ShouldBeNull();
    }

    [Fact]
    public void It_follows_the_campaign()
    {
        Fold(TheStream, 1, new CampaignCreated(Doc("campaign"), Preset.Challenge, Plain, [Submitting, Voting]));
        Fold(TheStream, 2, new RulesChanged(Plain, Plain with { ScoresHidden = true }), T(5));
        Fold(TheStream, 3, new StageEntered(0, 1, T(6), Scheduled: false), T(6));

        board.CreatedAt.ShouldBe(T(1));
        board.Campaign.Version.ShouldBe(3);
        board.Campaign.Rules.ScoresHidden.ShouldBeTrue();
        board.Campaign.CurrentStage.ShouldBe(1);
        board.Revision.ShouldBe(3);
    }

    [Fact]
    public void Ideas_stand_in_the_order_of_their_submission()
    {
        Submit(Tree, Park, Bench);

        board.Ideas.Select(idea => (idea.Id, idea.Ordinal)).ShouldBe([(Tree, 0), (Park, 1), (Bench, 2)]);
        board.Find(Park).ShouldBeSameAs(board.Ideas[1]);
    }

    [Fact]
    public void It_follows_an_idea()
    {
        Fold(StreamId.Of(TheCampaign, Park), 1, new IdeaSubmitted(Doc("park"), [North], 5, [Ann], IdeaStatus.Submitted));
        Fold(StreamId.Of(TheCampaign, Park), 2, new IdeaEdited(Doc("park"), Doc("better")));
        Fold(StreamId.Of(TheCampaign, Park), 3, new IdeaRetagged([North], [South]));
        Fold(StreamId.Of(TheCampaign, Park), 4, new IdeaCostChanged(5, 6.50m));
        Fold(StreamId.Of(TheCampaign, Park), 5, new IdeaStatusChanged(IdeaStatus.Submitted, IdeaStatus.Planned, Doc("we will")));
        Fold(StreamId.Of(TheCampaign, Park), 6, new IdeaStatusChanged(IdeaStatus.Planned, IdeaStatus.Building, null));
        Fold(StreamId.Of(TheCampaign, Park), 7, new IdeaTextErased(Doc("park").Id));

        Show.Of(board.Ideas[0].ToState()).ShouldBe(Show.Of(new TallyState(
            Park, T(1), Doc("better"), Doc("we will"), IdeaStatus.Building, [South], 6.50m, [Ann], 0, 0, 0, default, [], [], [])));
    }

    [Fact]
    public void It_counts_approvals_ratings_and_credits_by_difference()
    {
        Submit(Park, Bench);
        Vote(Ann, new ApprovalChanged(Park, false, true, null, T(1), 1));
        Vote(Ann, new RatingChanged(Park, Scores.None, Scores.Of(4, 2), null, T(1), 2));
        Vote(Ann, new InvestmentChanged(Park, 0, 30, null, T(1), 3));
        Vote(Bob, new RatingChanged(Park, Scores.None, Scores.Of(4), null, T(1), 1));
        Vote(Bob, new InvestmentChanged(Park, 0, 5, null, T(1), 2));
        Counts(Park).ShouldBe((1, 2, 2, 35L));
        Stars(Park, 0).ShouldBe([0, 0, 0, 2, 0]);
        Stars(Park, 1).ShouldBe([0, 1, 0, 0, 0]);

        Vote(Ann, new RatingChanged(Park, Scores.Of(4, 2), Scores.Of(5), null, T(1), 3));
        Vote(Ann, new InvestmentChanged(Park, 30, 10, null, T(1), 3));
        Vote(Bob, new InvestmentChanged(Park, 5, 0, null, T(1), 1));
        Vote(Ann, new ApprovalChanged(Park, true, false, null, T(1), 2));
        Counts(Park).ShouldBe((0, 2, 1, 10L));
        Stars(Park, 0).ShouldBe([0, 0, 0, 1, 1]);
        Stars(Park, 1).ShouldBe([0, 0, 0, 0, 0]);
        Counts(Bench).ShouldBe((0, 0, 0, 0L));
        board.Ideas[0].Criteria.ShouldBe(2);
        board.Ideas[0].Stars(7, 3).ShouldBe(0);
    }

    [Fact]
    public void It_counts_each_voter_who_holds_any_vote_once()
    {
        Submit(Park, Bench);

        Vote(Ann, new ApprovalChanged(Park, false, true, null, T(1), 1));
        board.Voters.ShouldBe(1);
        Vote(Ann, new RatingChanged(Bench, Scores.None, Scores.Of(3), null, T(1), 2));
        Vote(Bob, new InvestmentChanged(Bench, 0, 3, null, T(1), 1));
        board.Voters.ShouldBe(2);
        Vote(Ann, new ApprovalChanged(Park, true, false, null, T(1), 1));
        Vote(Ann, new RatingChanged(Bench, Scores.Of(3), Scores.Of(4), null, T(1), 1));
        board.Voters.ShouldBe(2);
        Vote(Ann, new RatingChanged(Bench, Scores.Of(4), Scores.None, null, T(1), 0));
        Vote(Bob, new InvestmentChanged(Bench, 3, 0, null, T(1), 0, 9));
        board.Voters.ShouldBe(0);
    }

    [Fact]
    public void A_move_between_segments_leaves_every_count_as_it_was()
    {
        Submit(Park);
        Vote(Ann, new ApprovalChanged(Park, false, true, North, T(1), 1));
        Vote(Ann, new InvestmentChanged(Park, 0, 3, North, T(1), 2));

        Vote(Ann, new SegmentChanged(North, South));
        Vote(Ann, new ApprovalChanged(Park, true, false, North, T(1), 1));
        Vote(Ann, new InvestmentChanged(Park, 3, 0, North, T(1), 0));
        Vote(Ann, new ApprovalChanged(Park, false, true, South, T(1), 1));
        Vote(Ann, new InvestmentChanged(Park, 0, 3, South, T(1), 2));

        Counts(Park).ShouldBe((1, 0, 1, 3L));
        board.Voters.ShouldBe(1);
    }

    [Theory]
    [InlineData(false, true, 3, 2)]
    [InlineData(true, true, 3, 3)]
    [InlineData(true, false, 0, 1)]
    [InlineData(false, true, 1, 0)]
    public void A_vote_tells_how_many_were_held_before_it(bool was, bool @is, int held, int before)
    {
        new ApprovalChanged(Park, was, @is, null, T(1), held).HeldBefore.ShouldBe(before);
        new RatingChanged(Park, Scores.Of(was ? 1 : 0), Scores.Of(@is ? 2 : 0), null, T(1), held).HeldBefore.ShouldBe(before);
        new InvestmentChanged(Park, was ? 1 : 0, @is ? 2 : 0, null, T(1), held).HeldBefore.ShouldBe(before);
    }

    [Fact]
    public void An_event_of_an_idea_never_submitted_is_an_error() =>
        Should.Throw<InvalidOperationException>(() => Fold(StreamId.Of(TheCampaign, Park), 1, new IdeaCostChanged(null, 1)));

    [Fact]
    public void It_can_be_rebuilt_from_plain_values()
    {
        Fold(TheStream, 1, new CampaignCreated(Doc("campaign"), Preset.Challenge, Plain, [Submitting, Voting]));
        Submit(Park, Bench);
        Vote(Ann, new RatingChanged(Park, Scores.None, Scores.Of(4, 2), null, T(1), 1));
        Vote(Ann, new InvestmentChanged(Park, 0, 10, null, T(1), 2));
        Vote(Ann, new OrderChanged([], [Bench, Park], null, T(1), 4));
        Vote(Ann, new DuelChanged(Pair.Of(Park, Bench).One, Pair.Of(Park, Bench).Other, Winner.None, Winner.Other, null, T(1), 5));

        var copy = Board.Restore(
            board.Campaign, board.CreatedAt, board.Revision, board.Voters, board.Ideas.Select(idea => idea.ToState()), board.Duels.Pairs,
            board.Preferences.ToState());

        copy.Duels.Pairs.ShouldBe(board.Duels.Pairs);
        copy.Duels.Decided.ShouldBe(1);
        copy.Preferences.Prefer(1, 0).ShouldBe(1);
        copy.Find(Park)!.Trending!.Key.ShouldBe(board.Find(Park)!.Trending!.Key);

        Show.Of(copy.Ideas.Select(idea => idea.ToState())).ShouldBe(Show.Of(board.Ideas.Select(idea => idea.ToState())));
        (copy.Voters, copy.Revision, copy.CreatedAt, copy.Campaign).ShouldBe((board.Voters, board.Revision, board.CreatedAt, board.Campaign));
        copy.Find(Bench)!.Ordinal.ShouldBe(1);

        // What the copy counts from now on is its own business.
        copy.Apply(new RecordedEvent(StreamId.Of(TheCampaign, Bob), 1, T(2), new RatingChanged(Park, Scores.None, Scores.Of(4), null, T(2), 1)));
        board.Find(Park)!.Stars(0, 4).ShouldBe(1);
        copy.Find(Park)!.Stars(0, 4).ShouldBe(2);
    }

    private void Submit(params IdeaId[] ideas)
    {
        foreach (var idea in ideas)
            Fold(StreamId.Of(TheCampaign, idea), 1, new IdeaSubmitted(Doc("text"), [], null, [], IdeaStatus.Published));
    }

    private void Vote(VoterId voter, Event e) => Fold(StreamId.Of(TheCampaign, voter), 1, e);

    private void Fold(StreamId stream, long version, Event e, Instant? at = null) => board.Apply(new RecordedEvent(stream, version, at ?? T(1), e));

    private (int, int, int, long) Counts(IdeaId idea) =>
        board.Find(idea) is { } tally ? (tally.Approvals, tally.Raters, tally.Investors, tally.Invested) : default;

    private int[] Stars(IdeaId idea, int criterion) => [.. Enumerable.Range(1, 5).Select(count => board.Find(idea)!.Stars(criterion, count))];
}
