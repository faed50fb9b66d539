using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class PairwiseCountsTests
{
    private const int Ideas = 6;

    private static readonly Gen<int[]> Ballot =
        Gen.Choose(0, Ideas).SelectMany(length => Gen.Shuffle(Enumerable.Range(0, Ideas)).Select(order => order.Take(length).ToArray()));

    [Fact]
    public void It_is_what_counting_all_ballots_says() =>
        Prop.ForAll(Arb.From(Ballot.ListOf()), ballots =>
        {
            var counts = new PairwiseCounts();
            foreach (var ballot in ballots)
                counts.Add(ballot);
            var matrix = counts.Matrix([.. Enumerable.Range(0, Ideas)]);
            counts.Ballots.ShouldBe(ballots.Count);
            for (var i = 0; i < Ideas; i++)
                for (var j = 0; j < Ideas; j++)
                {
                    var preferring = ballots.Count(ballot => i != j && Place(ballot, i) < Place(ballot, j));
                    counts.Prefer(i, j).ShouldBe(preferring);
                    matrix[i * Ideas + j].ShouldBe(preferring);
                }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_taken_out_was_never_there() =>
        Prop.ForAll(Arb.From(Ballot.ListOf()), Arb.From(Ballot.ListOf()), (stay, go) =>
        {
            var (never, taken) = (new PairwiseCounts(), new PairwiseCounts());
            foreach (var ballot in stay)
                never.Add(ballot);
            foreach (var ballot in go.Concat(stay))
                taken.Add(ballot);
            foreach (var ballot in Enumerable.Reverse(go))
                taken.Remove(ballot);
            int[] all = [.. Enumerable.Range(0, Ideas)];
            taken.Matrix(all).ShouldBe(never.Matrix(all));
            var (left, right) = (taken.ToState(), never.ToState());
            left.Ballots.ShouldBe(right.Ballots);
            left.Named.ShouldBe(right.Named);
            left.Orders.ShouldBe(right.Orders);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void It_is_made_again_from_what_it_held() =>
        Prop.ForAll(Arb.From(Ballot.NonEmptyListOf()), ballots =>
        {
            var counts = new PairwiseCounts();
            foreach (var ballot in ballots)
                counts.Add(ballot);
            var again = PairwiseCounts.From(counts.ToState());
            int[] all = [.. Enumerable.Range(0, Ideas)];
            again.Matrix(all).ShouldBe(counts.Matrix(all));
            again.Remove(ballots[0]);
            again.Ballots.ShouldBe(counts.Ballots - 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_matrix_can_be_of_some_ideas_in_any_order()
    {
        var counts = new PairwiseCounts();
        counts.Add([4, 0, 900]);
        counts.Add([900]);

        counts.Matrix([900, 4]).ShouldBe([0, 1, 1, 0]);
        counts.Matrix([0, 7]).ShouldBe([0, 1, 0, 0]);
    }

    [Fact]
    public void A_wrong_ballot_changes_nothing()
    {
        var counts = new PairwiseCounts();
        counts.Add([0, 1, 2]);

        Should.Throw<ArgumentException>(() => counts.Add([3, 4, 3]));
        Should.Throw<ArgumentOutOfRangeException>(() => counts.Add([3, -4]));
        Should.Throw<ArgumentException>(() => counts.Remove([1, 0]));
        Should.Throw<ArgumentException>(() => counts.Remove([0, 3]));
        counts.Remove([0, 1, 2]);
        Should.Throw<ArgumentException>(() => counts.Remove([]));
        counts.Matrix([0, 1, 2, 3]).ShouldAllBe(count => count == 0);
    }

    private static int Place(int[] ballot, int idea) => Array.IndexOf(ballot, idea) is >= 0 and var place ? place : Ideas;
}
