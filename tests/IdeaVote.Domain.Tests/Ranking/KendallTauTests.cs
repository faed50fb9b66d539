using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class KendallTauTests
{
    [Theory]
    [InlineData("1-1 2-2 3-3 4-4", 1)]
    [InlineData("1-4 2-3 3-2 4-1", -1)]
    // One of six pairs is turned round: (5 - 1) ÷ 6.
    [InlineData("1-1 2-3 3-2 4-4", 0.6666666666666666)]
    // Pairs: one agrees, one is tied in the first ranking, one in the second: 1 ÷ √(2 · 2).
    [InlineData("1-1 1-2 3-2", 0.5)]
    public void It_is_what_its_definition_gives(string ranks, double expected) => KendallTau.Of(Ranks(ranks))!.Value.ShouldBe(expected, 1e-12);

    [Theory]
    [InlineData("")]
    [InlineData("1-1")]
    [InlineData("1-1 1-2")]
    [InlineData("1-1 2-1")]
    public void Without_an_order_there_is_none(string ranks) => KendallTau.Of(Ranks(ranks)).ShouldBeNull();

    [Fact]
    public void It_lies_between_its_ends_knows_no_first_and_turns_with_either_ranking() =>
        Prop.ForAll(Gen.Choose(1, 8).Two().ListOf().ToArbitrary(), pairs =>
        {
            var ranks = pairs.ToArray();
            if (KendallTau.Of([.. ranks.Select(pair => (pair.Item1, pair.Item2))]) is not { } tau)
                return;
            tau.ShouldBeInRange(-1, 1);
            KendallTau.Of([.. ranks.Select(pair => (pair.Item2, pair.Item1))])!.Value.ShouldBe(tau, 1e-12);
            KendallTau.Of([.. ranks.Select(pair => (pair.Item1, -pair.Item2))])!.Value.ShouldBe(-tau, 1e-12);
        }).QuickCheckThrowOnFailure();

    private static (int First, int Second)[] Ranks(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('-')).Select(pair => (int.Parse(pair[0]), int.Parse(pair[1])))];
}
