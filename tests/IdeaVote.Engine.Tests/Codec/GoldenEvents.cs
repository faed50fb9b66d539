using IdeaVote.Domain.Ranking;

namespace IdeaVote.Engine.Tests.Codec;

/// <summary>
/// The events of <c>events-v1.golden.jsonl</c>, in its order. Every kind of event is here, with its optional fields present
/// and absent. To add one: put it at the end of its list, and the line that the failing test shows at the same place of the
/// file. What is there already is on people's disks and never changes.
/// </summary>
public static class GoldenEvents
{
    private static readonly Id Lowest = Id.Parse("00000000000000000000");
    private static readonly Id Highest = Id.Parse("zzzzzzzzzzzzzzzzzzzz");
    private static readonly CommandId Command = new(Id.Parse("c0mmandc0mmandc0mman"));
    private static readonly ActorId Actor = new(Id.Parse("act0ract0ract0ract0r"));

    private static readonly StreamId Campaign = StreamId.Of(TheCampaign);
    private static readonly StreamId Idea = StreamId.Of(TheCampaign, Park);
    private static readonly StreamId Voter = StreamId.Of(TheCampaign, Ann);

    private static readonly Rules Everything = new(
        new ApproveRule(3), new RateRule([1m, 2.50m, 0.001m]), new InvestRule(1_000_000_000, 5, 500),
        VotesCanChange: true, ScoresHidden: true, Fund: 50_000.00m, WhoMayVote.Confirmed, [North, South], Moderated: true);

    private static readonly Rules WithoutLimits = new(
        new ApproveRule(null), new RateRule([1.0000000000000000000000000001m]), new InvestRule(1, null, null),
        VotesCanChange: false, ScoresHidden: false, Fund: 0m, WhoMayVote.Anyone, [], Moderated: false);

    private static readonly Rules AllOff = new(
        null, null, null, VotesCanChange: true, ScoresHidden: false, Fund: null, WhoMayVote.Roll, [], Moderated: false);

    public static IReadOnlyList<RecordedEvent> All { get; } = [.. OfCampaigns(), .. OfIdeas(), .. OfVoters(), .. Envelopes(), .. OfSeveralIdeas(), .. OfThreads(), .. OfMerges(), .. OfResults(), .. OfRemixes(), .. OfInvitations()];

    private static IEnumerable<RecordedEvent> OfCampaigns() =>
    [
        new(Campaign, 1, T(0), new CampaignCreated(
            Doc("campaign"), Preset.Budget, Everything,
            [Submitting.From(T(-10)), Voting.From(T(10)), Review, Closed.From(T(20))]), Command, Actor),
        new(Campaign, 1, T(0), new CampaignCreated(Doc("campaign"), Preset.Continuous, WithoutLimits, [Open])),
        new(Campaign, 1, T(0), new CampaignCreated(Doc("campaign"), Preset.Challenge, AllOff, [Closed])),
        new(Campaign, 2, T(1), new CampaignDescribed(Doc("campaign"), Doc("better")), null, Actor),
        new(Campaign, 3, T(2), new RulesChanged(AllOff, Everything)),
        new(Campaign, 4, T(3), new RulesChanged(Everything, WithoutLimits)),
        new(Campaign, 5, T(4), new ScheduleChanged([Submitting, Voting.From(T(9))], [Submitting, Voting, Closed])),
        new(Campaign, 6, T(5), new StageEntered(0, 1, T(5), Scheduled: false), Command, Actor),
        new(Campaign, 7, T(9), new StageEntered(1, 19, T(8), Scheduled: true)),
    ];

    private static IEnumerable<RecordedEvent> OfIdeas() =>
    [
        new(Idea, 1, T(10), new IdeaSubmitted(Doc("park"), [North, South], 12.50m, [Ann, Bob], IdeaStatus.Submitted), Command),
        new(Idea, 1, T(10), new IdeaSubmitted(Doc("park"), [], null, [], IdeaStatus.Published), null, Actor),
        new(Idea, 1, T(10), new IdeaSubmitted(Doc("park"), [], 0.00m, [Ann], IdeaStatus.Published)),
        new(Idea, 2, T(11), new IdeaEdited(Doc("park"), Doc("park, better"))),
        new(Idea, 3, T(12), new IdeaRetagged([North], [South, North])),
        new(Idea, 4, T(13), new IdeaRetagged([South, North], [])),
        new(Idea, 5, T(14), new IdeaCostChanged(null, 1_000_000_000_000_000m)),
        new(Idea, 6, T(15), new IdeaCostChanged(0.10m, 7m)),
        new(Idea, 7, T(16), new IdeaCostChanged(7.0m, null)),
        new(Idea, 8, T(17), new IdeaStatusChanged(IdeaStatus.Submitted, IdeaStatus.Published, null)),
        new(Idea, 9, T(18), new IdeaStatusChanged(IdeaStatus.Published, IdeaStatus.UnderReview, Doc("answer")), null, Actor),
        new(Idea, 10, T(19), new IdeaStatusChanged(IdeaStatus.Planned, IdeaStatus.Building, null)),
        new(Idea, 11, T(20), new IdeaStatusChanged(IdeaStatus.Shipped, IdeaStatus.Declined, null)),
        new(Idea, 12, T(21), new IdeaStatusChanged(IdeaStatus.Withdrawn, IdeaStatus.Merged, null)),
        new(Idea, 13, T(22), new IdeaTextErased(Doc("park").Id)),
    ];

    private static IEnumerable<RecordedEvent> OfVoters() =>
    [
        new(Voter, 1, T(30), new ApprovalChanged(Park, false, true, null, T(30), 1)),
        new(Voter, 2, T(31), new ApprovalChanged(Park, true, false, North, T(30), 0), Command, Actor),
        new(Voter, 3, T(32), new RatingChanged(Park, Scores.None, Scores.Of(4), null, T(32), 1)),
        new(Voter, 4, T(33), new RatingChanged(Park, Scores.Of(4), Scores.Of(5, 1, 3), South, T(32), 1), Command),
        new(Voter, 5, T(34), new RatingChanged(Park, Scores.Of(5, 1, 3), Scores.Of(0, 0, 2), null, T(32), 1)),
        new(Voter, 6, T(35), new RatingChanged(Park, Scores.None.With(15, 5), Scores.None, null, T(32), 0)),
        new(Voter, 7, T(36), new InvestmentChanged(Bench, 0, 30, null, T(36), 1)),
        new(Voter, 8, T(37), new InvestmentChanged(Bench, 30, 1_000_000_000, North, T(36), 10_000), Command),
        new(Voter, 9, T(38), new InvestmentChanged(Bench, 1_000_000_000, 0, North, T(36), 0, 11)),
        new(Voter, 10, T(39), new SegmentChanged(null, North), null, Actor),
        new(Voter, 11, T(40), new SegmentChanged(North, South)),
        new(Voter, 12, T(41), new SegmentChanged(South, null)),
        new(Voter, 13, T(42), new AttributesChanged(null, Doc("ann"))),
        new(Voter, 14, T(43), new AttributesChanged(Doc("ann"), Doc("ann, moved"))),
        new(Voter, 15, T(44), new AttributesChanged(Doc("ann, moved"), null)),
    ];

    private static IEnumerable<RecordedEvent> OfSeveralIdeas()
    {
        var pair = Pair.Of(Park, Bench);
        return
        [
            new(Voter, 16, T(45), new DuelChanged(pair.One, pair.Other, Winner.None, Winner.One, null, T(45), 1)),
            new(Voter, 17, T(46), new DuelChanged(pair.One, pair.Other, Winner.One, Winner.Other, North, T(45), 1), Command),
            new(Voter, 18, T(47), new DuelChanged(pair.One, pair.Other, Winner.Other, Winner.None, null, T(45), 0)),
            new(Voter, 19, T(48), new OrderChanged([], [Park, Bench], null, T(48), 2)),
            new(Voter, 20, T(49), new OrderChanged([Park, Bench], [Bench], North, T(48), 1), Command),
            new(Voter, 21, T(50), new OrderChanged([Bench], [], null, T(48), 0)),
            new(
                StreamId.Of(TheCampaign), 8, T(51),
                new RulesChanged(
                    Plain,
                    Plain with
                    {
                        Invest = new InvestRule(100, null, null) { Cost = CreditCost.Quadratic },
                        Rank = new RankRule(3),
                        Duel = new DuelRule(),
                        Ranking = new RankingRule(24, 10.5m, 3m),
                    })),
            new(StreamId.Of(TheCampaign), 9, T(52), new RulesChanged(Plain with { Ranking = new RankingRule(null, null, null) }, Plain)),
            new(StreamId.Of(TheCampaign), 10, T(53), new RulesChanged(Plain, Plain with { Publication = new PublicationRule() })),
        ];
    }

    private static IEnumerable<RecordedEvent> OfThreads()
    {
        var thread = StreamId.Of(TheCampaign, First);
        var (first, reply) = (new CommentId(First.Value), CommentOf("reply"));
        return
        [
            new(thread, 1, T(60), new CommentPosted(first, Park, Ann, Doc("first"), null)),
            new(thread, 2, T(61), new CommentPosted(reply, Park, null, Doc("reply"), first), Command, Actor),
            new(thread, 3, T(62), new CommentEdited(first, Park, Doc("first"), Doc("first, better"))),
            new(thread, 4, T(63), new CommentReported(first, Park, Bob, null, Concern.Spam)),
            new(thread, 5, T(64), new CommentReported(first, Park, Bob, Concern.Spam, Concern.Other)),
            new(thread, 6, T(65), new CommentHidden(first, Park, null, Concern.Abuse, -1), null, Actor),
            new(thread, 7, T(66), new CommentHidden(first, Park, Concern.Abuse, Concern.OffTopic, 0), null, Actor),
            new(thread, 8, T(67), new CommentShown(first, Park, Concern.OffTopic, 1), null, Actor),
            new(thread, 9, T(68), new CommentShown(first, Park, null, 0)),
            new(thread, 10, T(69), new CommentTextErased(first, Park, Doc("first").Id, 0)),
            new(thread, 11, T(70), new CommentDeleted(reply, Park, -1)),
            new(thread, 12, T(71), new CommentTextErased(first, Park, Doc("first, better").Id, -1)),
        ];
    }

    private static IEnumerable<RecordedEvent> OfMerges() =>
    [
        new(Idea, 20, T(80), new IdeaStatusChanged(IdeaStatus.Published, IdeaStatus.Merged, Doc("answer")) { Into = Bench }, Command, Actor),
        new(Idea, 21, T(81), new IdeaStatusChanged(IdeaStatus.Merged, IdeaStatus.Published, null)),
        new(Voter, 60, T(82), new VotesMerged(Park, Bench, 20, 30, 2)),
        new(Voter, 63, T(83), new VotesUnmerged(Park, Bench, 21, 20, 10, 0)),
    ];

    private static IEnumerable<RecordedEvent> OfResults()
    {
        var (first, second) = (new Announcement(Doc("results"), RankBy.NeedsVotes, [Park, Bench]), new Announcement(Doc("results, better"), RankBy.Approvals, []));
        return
        [
            new(Campaign, 11, T(80), new ResultsAnnounced(null, first), Command, Actor),
            new(Campaign, 12, T(81), new ResultsAnnounced(first, second), null, Actor),
            new(Idea, 14, T(82), new IdeaStatusChanged(IdeaStatus.Published, IdeaStatus.Hidden, Doc("why")), null, Actor),
        ];
    }

    private static IEnumerable<RecordedEvent> OfRemixes() =>
    [
        new(Idea, 1, T(80), new IdeaSubmitted(Doc("park"), [North], null, [Ann], IdeaStatus.Published, Bench)),
    ];

    private static IEnumerable<RecordedEvent> OfInvitations() =>
    [
        new(Voter, 22, T(81), new VoterInvited(Bob, Park), Command),
        new(Voter, 22, T(81), new VoterInvited(Bob, null)),
    ];

    /// <summary>The extremes of what surrounds every event.</summary>
    private static IEnumerable<RecordedEvent> Envelopes() =>
    [
        new(
            StreamId.Of(new CampaignId(Lowest), new VoterId(Highest)), long.MaxValue, new Instant(-1),
            new ApprovalChanged(new IdeaId(Highest), false, true, new TermId(Lowest), new Instant(long.MinValue), int.MaxValue),
            new CommandId(Highest), new ActorId(Lowest)),
        new(StreamId.Of(new CampaignId(Highest), new IdeaId(Lowest)), 2, new Instant(0), new IdeaTextErased(new TextId(Highest))),
        new(StreamId.Of(new CampaignId(Highest)), 2, new Instant(long.MaxValue), new StageEntered(1, 0, new Instant(-1), Scheduled: false)),
    ];
}
