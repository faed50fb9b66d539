using System.Collections.Immutable;
using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Voters.Merging;

namespace IdeaVote.Engine.Tests.Snapshots;

/// <summary>Small states with something of everything and the largest values there are.</summary>
public static class Extremes
{
    private static readonly Id Highest = Id.Parse("zzzzzzzzzzzzzzzzzzzz");
    private static readonly Instant Beginning = new(long.MinValue);
    private static readonly Instant End = new(long.MaxValue);

    private static readonly Rules Rules = new(
        new ApproveRule(int.MaxValue), new RateRule([0.0000000000000000000000000001m, 1_000.0m]), new InvestRule(int.MaxValue, int.MaxValue, null),
        VotesCanChange: true, ScoresHidden: true, Fund: decimal.MaxValue, WhoMayVote.Roll, [new TermId(Highest), North], Moderated: true);

    public static IReadOnlyList<(AggregateKind Kind, Aggregate State)> States { get; } =
    [
        (AggregateKind.Campaign, Campaign.Restore(
            long.MaxValue, Doc("campaign"), Preset.Budget, Rules, [Open.From(Beginning), Closed.From(End), Review], 2, End, votingOpened: true)),
        (AggregateKind.Idea, Idea.Restore(
            long.MaxValue, [new Revision(Beginning, Doc("a")), new Revision(End, Doc("b"))],
            [new StatusEntry(Beginning, IdeaStatus.Submitted, null), new StatusEntry(End, IdeaStatus.Merged, Doc("answer"), new IdeaId(Highest))],
            [new TermId(Highest), default], 79_228_162_514_264.337593543950335m, [new VoterId(Highest), Ann], [Doc("a").Id], new IdeaId(Highest))),
        (AggregateKind.Voter, Voter.Restore(
            long.MaxValue,
            new Ballot(
                VoteMap<IdeaId, Instant>.Empty.SetItem(new IdeaId(Highest), Beginning).SetItem(default, End),
                VoteMap<IdeaId, Rating>.Empty.SetItem(Park, new Rating(Scores.Of([.. Enumerable.Repeat(5, 16)]), Beginning)),
                VoteMap<IdeaId, Investment>.Empty.SetItem(Park, new Investment(int.MaxValue, End, long.MaxValue)).SetItem(Bench, new Investment(int.MaxValue, Beginning, 1)),
                2L * int.MaxValue)
            {
                Duels = VoteMap<Pair, DuelChoice>.Empty.SetItem(Pair.Of(Park, Bench), new DuelChoice(Winner.Other, End)),
                Order = new Order([Bench, Park, new IdeaId(Highest)], End),
            },
            new TermId(Highest), Doc("ann"), [new ObeyedCommand(new CommandId(Highest), long.MaxValue), new ObeyedCommand(default, 0)],
            new MergedVotes(
                [new MergeLink(Bench, Park, long.MaxValue), new MergeLink(Park, new IdeaId(Highest), 0)],
                Ballot.Empty with
                {
                    Approvals = VoteMap<IdeaId, Instant>.Empty.SetItem(Bench, End),
                    Order = new Order([Bench, Park], Beginning),
                },
                ImmutableDictionary<IdeaId, int>.Empty.Add(new IdeaId(Highest), int.MaxValue)),
            new VoterInvited(new VoterId(Highest), Park), hasVoted: true)),
        (AggregateKind.Thread, CommentThread.Restore(
            long.MaxValue, new IdeaId(Highest),
            [
                new Comment(new CommentId(Highest), null, null, Beginning, [Doc("a")]),
                new Comment(default, Ann, new CommentId(Highest), End, [Doc("b"), Doc("c")])
                {
                    EditedAt = End,
                    IsDeleted = true,
                    Hidden = Concern.Other,
                    Reports = [new Report(new VoterId(Highest), Concern.Spam, IsSettled: true), new Report(Bob, Concern.Privacy, IsSettled: false)],
                    Erased = [Doc("b").Id, new TextId(Highest)],
                },
            ])),
        (AggregateKind.Campaign, Campaign.Restore(
            1, Doc("campaign"), Preset.Challenge, Rules, [Closed], 0, Beginning, votingOpened: true,
            new Announced(new Announcement(Doc("results"), RankBy.Controversial, [new IdeaId(Highest), default]), Beginning, End))),
    ];

    public static Board Board { get; } = Board.Restore(
        (Campaign)States[0].State, Beginning, long.MaxValue, int.MaxValue,
        [
            new TallyState(
                Park, End, Doc("park"), Doc("answer"), IdeaStatus.Merged, [North], 0.00m, [Ann],
                int.MaxValue, int.MaxValue, int.MaxValue, new QuadraticSum(long.MaxValue, long.MaxValue), [.. Enumerable.Repeat(int.MaxValue, 80)],
                [int.MaxValue - 1, 1], [new(-1, long.MaxValue), new(1L << 30, 1)])
            {
                Comments = int.MaxValue,
                MergedInto = new IdeaId(Highest),
                HistoryDays = 1L << 30,
                History = [int.MinValue, int.MaxValue],
            },
            new TallyState(Bench, Beginning, Doc("bench"), null, IdeaStatus.Published, [], null, [], 0, 0, 0, default, [], [], []) { BuildsOn = Park },
        ],
        [new Duel(0, 1, int.MaxValue, 0)],
        new PairwiseState(int.MaxValue, [(0, int.MaxValue), (1, 1)], [(0, 1, int.MaxValue)]));
}
