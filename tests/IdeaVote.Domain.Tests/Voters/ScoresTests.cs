using FsCheck;
using FsCheck.Fluent;

namespace IdeaVote.Domain.Tests.Voters;

public sealed class ScoresTests
{
    private static readonly Arbitrary<int[]> Stars = Arb.From(
        Gen.Choose(0, Scores.MaxStars).ArrayOf().Where(stars => stars.Length <= Scores.MaxCriteria),
        stars => stars.Select((_, i) => stars.Where((_, j) => i != j).ToArray()));

    [Fact]
    public void Stars_are_read_as_they_were_given() =>
        Prop.ForAll(Stars, stars =>
        {
            var scores = Scores.Of(stars);
            for (var i = 0; i < Scores.MaxCriteria; i++)
                scores[i].ShouldBe(i < stars.Length ? stars[i] : 0);
            scores.Length.ShouldBe(Array.FindLastIndex(stars, star => star > 0) + 1);
            scores.IsEmpty.ShouldBe(stars.All(star => star == 0));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_packed_form_is_read_back() =>
        Prop.ForAll(Stars, stars => Scores.FromPacked(Scores.Of(stars).ToPacked()) == Scores.Of(stars)).QuickCheckThrowOnFailure();

    [Fact]
    public void Scores_are_equal_if_their_stars_are()
    {
        Scores.Of(1, 2).ShouldBe(Scores.None.With(1, 2).With(0, 1));
        Scores.Of(1, 0).ShouldBe(Scores.Of(1));
        Scores.Of(1, 2).ShouldNotBe(Scores.Of(2, 1));
        Scores.Of(1, 2).With(1, 0).ShouldBe(Scores.Of(1));
        Scores.Of(4, 0, 2).ToString().ShouldBe("4/0/2");
    }

    [Fact]
    public void The_packed_form_is_four_bits_a_criterion_from_the_lowest() =>
        Scores.Of(1, 0, 5).With(15, 3).ToPacked().ShouldBe(0x3000_0000_0000_0501UL);

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(16, 1)]
    [InlineData(0, 6)]
    [InlineData(0, -1)]
    public void Numbers_out_of_range_are_errors(int criterion, int stars) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Scores.None.With(criterion, stars));

    [Theory]
    [InlineData(6UL)]
    [InlineData(0x70UL)]
    [InlineData(ulong.MaxValue)]
    public void A_packed_form_with_more_than_five_stars_is_an_error(ulong packed) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Scores.FromPacked(packed));
}
