using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class SchulzeTests
{
    private static readonly Arbitrary<int[]> Matrices = Arb.From(
        Gen.Choose(1, 19).SelectMany(n => Gen.Choose(0, 12).ArrayOf(n * n)));

    [Fact]
    public void The_published_example_of_45_voters_comes_out_as_published()
    {
        var counts = new PairwiseCounts();
        foreach (var (ballots, order) in new[]
        {
            (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC"),
        })
            for (var i = 0; i < ballots; i++)
                counts.Add([.. order.Select(letter => letter - 'A')]);
        var prefer = counts.Matrix([0, 1, 2, 3, 4]);

        Schulze.Paths(prefer, 5).ShouldBe([
            0, 28, 28, 30, 24,
            25, 0, 28, 33, 24,
            25, 29, 0, 29, 24,
            25, 28, 28, 0, 24,
            25, 28, 28, 31, 0]);
        // E > A > C > B > D.
        Schulze.Ranks(prefer, 5).ShouldBe([2, 4, 3, 5, 1]);
    }

    [Fact]
    public void Ideas_that_nothing_parts_share_a_rank()
    {
        Schulze.Ranks([0, 0, 0, 0], 2).ShouldBe([1, 1]);
        // A circle of equal strength, and one idea that all beat.
        Schulze.Ranks([0, 2, 1, 3, 1, 0, 2, 3, 2, 1, 0, 3, 0, 0, 0, 0], 4).ShouldBe([1, 1, 1, 4]);
        Schulze.Ranks([], 0).ShouldBeEmpty();
    }

    [Fact]
    public void Paths_are_those_of_a_search_without_tricks() =>
        Prop.ForAll(Matrices, prefer =>
        {
            var n = (int)Math.Sqrt(prefer.Length);
            Schulze.Paths(prefer, n).ShouldBe(Widest(prefer, n));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whoever_wins_every_duel_comes_first_alone() =>
        Prop.ForAll(Matrices, prefer =>
        {
            var n = (int)Math.Sqrt(prefer.Length);
            var winner = Enumerable.Range(0, n).FirstOrDefault(
                i => Enumerable.Range(0, n).All(j => i == j || prefer[i * n + j] > prefer[j * n + i]), -1);
            if (winner >= 0)
                Schulze.Ranks(prefer, n).Select((rank, idea) => (rank, idea)).Where(x => x.rank == 1).ShouldHaveSingleItem().idea.ShouldBe(winner);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Ranks_agree_with_every_pair_that_the_order_decides() =>
        Prop.ForAll(Matrices, prefer =>
        {
            var n = (int)Math.Sqrt(prefer.Length);
            var (paths, ranks) = (Schulze.Paths(prefer, n), Schulze.Ranks(prefer, n));
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    if (paths[i * n + j] > paths[j * n + i])
                        ranks[i].ShouldBeLessThan(ranks[j]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Numbers_out_of_range_are_errors()
    {
        Should.Throw<ArgumentException>(() => Schulze.Ranks([0, 1, 0], 2));
        Should.Throw<ArgumentOutOfRangeException>(() => Schulze.Ranks([], -1));
        Should.Throw<ArgumentOutOfRangeException>(() => Schulze.Ranks([], Schulze.MaxIdeas + 1));
    }

    /// <summary>Each path is lengthened by each link until nothing widens any more.</summary>
    private static int[] Widest(int[] prefer, int n)
    {
        int[] link = [.. Enumerable.Range(0, n * n).Select(x => (x / n, x % n)).Select(
            x => x.Item1 != x.Item2 && prefer[x.Item1 * n + x.Item2] > prefer[x.Item2 * n + x.Item1] ? prefer[x.Item1 * n + x.Item2] : 0)];
        int[] paths = [.. link];
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    for (var k = 0; k < n; k++)
                        if (i != k && Math.Min(paths[i * n + j], link[j * n + k]) is var through && through > paths[i * n + k])
                            (paths[i * n + k], changed) = (through, true);
        }
        return paths;
    }
}
