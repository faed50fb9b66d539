namespace IdeaVote.Domain.Tests.Kernel;

public sealed class InstantTests
{
    [Fact]
    public void A_moment_is_cut_to_whole_milliseconds()
    {
        var time = new DateTimeOffset(2027, 1, 15, 9, 0, 0, TimeSpan.FromHours(1)).AddTicks(12_345_678);

        var instant = Instant.From(time);

        instant.ToDateTimeOffset().ShouldBe(new DateTimeOffset(2027, 1, 15, 8, 0, 1, 234, TimeSpan.Zero));
        instant.ToDateTimeOffset().Offset.ShouldBe(TimeSpan.Zero);
        Instant.From(instant.ToDateTimeOffset()).ShouldBe(instant);
    }

    [Fact]
    public void Moments_are_ordered()
    {
        (T(1) < T(2)).ShouldBeTrue();
        (T(2) < T(2)).ShouldBeFalse();
        (T(2) > T(1)).ShouldBeTrue();
        (T(2) > T(2)).ShouldBeFalse();
        (T(2) <= T(2)).ShouldBeTrue();
        (T(3) <= T(2)).ShouldBeFalse();
        (T(2) >= T(2)).ShouldBeTrue();
        (T(1) >= T(2)).ShouldBeFalse();
        new[] { T(3), T(-1), T(2) }.Order().ShouldBe([T(-1), T(2), T(3)]);
    }
}
