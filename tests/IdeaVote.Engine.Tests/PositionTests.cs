namespace IdeaVote.Engine.Tests;

public sealed class PositionTests
{
    [Fact]
    public void Positions_are_ordered_from_the_start_on()
    {
        var (first, second) = (new Position(1), new Position(2));

        Position.Start.ShouldBe(new Position(0));
        (Position.Start < first).ShouldBeTrue();
        (second < first).ShouldBeFalse();
        (second > first).ShouldBeTrue();
        (first > new Position(1)).ShouldBeFalse();
        (first <= new Position(1)).ShouldBeTrue();
        (second <= first).ShouldBeFalse();
        (first >= new Position(1)).ShouldBeTrue();
        (first >= second).ShouldBeFalse();
        new[] { second, Position.Start, first }.Order().ShouldBe([Position.Start, first, second]);
    }
}
