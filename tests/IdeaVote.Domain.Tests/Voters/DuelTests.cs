namespace IdeaVote.Domain.Tests.Voters;

/// <summary>Which of two.</summary>
public sealed class DuelTests
{
    private static readonly Rules Duels = Plain with { Duel = new DuelRule() };
    private static readonly Pair Both = Pair.Of(Park, Bench);
    private static readonly Winner ParkWins = Both.One == Park ? Winner.One : Winner.Other;
    private static readonly Winner BenchWins = Both.One == Bench ? Winner.One : Winner.Other;

    [Fact]
    public void A_voter_decides_a_duel_thinks_again_and_takes_it_back() =>
        A.Voter.Under(Duels)
            .At(T(1)).When(new CastDuel(Park, Bench, Park)).Then(Changed(Winner.None, ParkWins, 1))
            .At(T(2)).When(new CastDuel(Park, Bench, Bench)).Then(Changed(ParkWins, BenchWins, 1))
            .At(T(3)).When(new CastDuel(Bench, Park, null)).Then(Changed(BenchWins, Winner.None, 0));

    [Fact]
    public void A_pair_is_the_same_whichever_is_named_first()
    {
        Pair.Of(Bench, Park).ShouldBe(Both);
        Both.CompareTo(Pair.Of(Park, Bench)).ShouldBe(0);
        Both.One.CompareTo(Both.Other).ShouldBeLessThan(0);
        Should.Throw<ArgumentException>(() => Pair.Of(Park, Park));
        A.Voter.Under(Duels).After(new CastDuel(Park, Bench, Park)).When(new CastDuel(Bench, Park, Park)).ThenNothing();
    }

    [Fact]
    public void It_takes_two_and_one_of_them_wins()
    {
        A.Voter.Under(Duels).When(new CastDuel(Park, Park, Park)).ThenRefused(RefusalCode.InvalidOrder, "winner");
        A.Voter.Under(Duels).When(new CastDuel(Park, Bench, Tree)).ThenRefused(RefusalCode.InvalidOrder, "winner");
        A.Voter.Under(Duels).When(new SetBallot([], [], []) { Duels = [new DuelVote(Park, Park)] }).ThenRefused(RefusalCode.InvalidOrder, "duels");
    }

    [Fact]
    public void Both_take_votes()
    {
        A.Voter.Under(Duels).When(new CastDuel(Park, Unknown, Park)).ThenRefused(RefusalCode.IdeaNotFound, "idea");
        A.Voter.Under(Duels).When(new CastDuel(Unknown, Park, Park)).ThenRefused(RefusalCode.IdeaNotFound, "idea");
    }

    [Fact]
    public void A_method_that_is_off_takes_no_duel() =>
        A.Voter.Under(Plain).When(new CastDuel(Park, Bench, Park)).ThenRefused(RefusalCode.MethodOff);

    [Fact]
    public void Taking_back_what_was_not_decided_changes_nothing() =>
        A.Voter.Under(Duels).When(new CastDuel(Park, Bench, null)).ThenNothing();

    [Fact]
    public void Duels_are_part_of_the_whole_ballot_and_the_last_mention_of_a_pair_counts()
    {
        var filled = A.Voter.Under(Duels).After(
            new SetBallot([], [], []) { Duels = [new DuelVote(Park, Bench), new DuelVote(Park, Tree), new DuelVote(Bench, Park)] });

        var duels = ((Voter)filled.State).Ballot.Duels;
        duels.Count.ShouldBe(2);
        duels[Both].Winner.ShouldBe(BenchWins);
        ((Voter)filled.After(new SetBallot([], [], [])).State).Ballot.Held.ShouldBe(0);
    }

    [Fact]
    public void A_duel_moves_with_the_voter_to_another_segment() =>
        A.Voter.Under(Duels).At(T(1)).After(new DescribeVoter(new SegmentChange(North), null), new CastDuel(Park, Bench, Park))
            .At(T(2)).When(new DescribeVoter(new SegmentChange(South), null))
            .Then(
                new SegmentChanged(North, South),
                Changed(ParkWins, Winner.None, 0) with { Segment = North },
                Changed(Winner.None, ParkWins, 1) with { Segment = South });

    private static DuelChanged Changed(Winner old, Winner @new, int held) => new(Both.One, Both.Other, old, @new, null, T(1), held);
}
