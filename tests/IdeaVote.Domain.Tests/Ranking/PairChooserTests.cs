using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class PairChooserTests
{
    private static readonly Arbitrary<Strength[]> Some = Arb.From(
        Gen.Choose(-30, 30).SelectMany(score => Gen.Choose(0, 40).Select(variance => new Strength(score / 10.0, variance / 10.0, 5)))
            .ArrayOf().Where(ideas => ideas.Length >= 2));

    [Fact]
    public void A_voter_is_asked_about_every_pair_once() =>
        Prop.ForAll(Some, Arb.From(Gen.Choose(0, 1_000_000)), (ideas, seed) =>
        {
            var asked = new HashSet<(int, int)>();
            while (PairChooser.Next(ideas, (a, b) => asked.Contains((Math.Min(a, b), Math.Max(a, b))), (ulong)(seed + asked.Count)) is { } pair)
            {
                pair.First.ShouldNotBe(pair.Second);
                asked.Add((Math.Min(pair.First, pair.Second), Math.Max(pair.First, pair.Second))).ShouldBeTrue();
            }
            asked.Count.ShouldBe(ideas.Length * (ideas.Length - 1) / 2);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30).WithEndSize(20));

    [Fact]
    public void The_same_seed_gives_the_same_pair() =>
        Prop.ForAll(Some, Arb.From(Gen.Choose(0, 1_000_000)), (ideas, seed) =>
            PairChooser.Next(ideas, Never, (ulong)seed).ShouldBe(PairChooser.Next(ideas, Never, (ulong)seed))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_pair_is_asked_about_as_often_as_it_teaches()
    {
        // Only the first is unknown enough to be drawn first; against it the others teach different amounts.
        Strength[] ideas = [new(0, 1, 0), new(0, 0, 0), new(2, 0, 0), new(4, 0, 0)];
        var asked = Enumerable.Range(0, 4_000).Select(seed => PairChooser.Next(ideas, Never, (ulong)seed)!.Value).ToList();
        double all = Enumerable.Range(1, 3).Sum(i => PairChooser.Information(ideas[0], ideas[i]));

        asked.ShouldAllBe(pair => pair.First == 0 || pair.Second == 0);
        for (var i = 1; i < 4; i++)
            (asked.Count(pair => pair.First + pair.Second == i) / 4_000.0).ShouldBe(PairChooser.Information(ideas[0], ideas[i]) / all, 0.03);
    }

    [Fact]
    public void Ideas_of_which_little_is_known_are_asked_about_more_often()
    {
        Strength[] ideas = [.. Enumerable.Range(0, 50).Select(i => new Strength(0, i < 5 ? 2 : 0.02, 10))];
        var asked = Enumerable.Range(0, 1_000).Select(seed => PairChooser.Next(ideas, Never, (ulong)seed)!.Value).ToList();

        asked.Count(pair => pair.First < 5 || pair.Second < 5).ShouldBeGreaterThan(850);
        // At random it would be eight in a thousand.
        asked.Count(pair => pair.First < 5 && pair.Second < 5).ShouldBeGreaterThan(100);
        // Voters who come at the same time are not all asked the same, and no side is favoured.
        asked.Select(pair => Math.Max(pair.First, pair.Second)).Distinct().Count().ShouldBeGreaterThan(3);
        asked.Count(pair => pair.First < pair.Second).ShouldBeInRange(400, 600);
    }

    [Fact]
    public void It_looks_at_each_idea_a_few_times_only()
    {
        Strength[] ideas = [.. Enumerable.Range(0, 2_000).Select(i => new Strength(i % 7, 1 + i % 3, 10))];
        var looks = 0;
        PairChooser.Next(ideas, (_, _) => { looks++; return false; }, 3);
        looks.ShouldBeLessThanOrEqualTo(2_000);
    }

    [Fact]
    public void Where_there_is_nothing_to_compare_there_is_no_pair()
    {
        PairChooser.Next([], Never, 1).ShouldBeNull();
        PairChooser.Next([new Strength(0, 1, 0)], Never, 1).ShouldBeNull();
        PairChooser.Next([new Strength(0, 1, 0), new Strength(0, 0, 0)], (_, _) => true, 1).ShouldBeNull();
    }

    private static bool Never(int first, int second) => false;
}
