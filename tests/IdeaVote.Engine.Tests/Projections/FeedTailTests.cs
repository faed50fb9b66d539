using IdeaVote.Engine.Projections;

namespace IdeaVote.Engine.Tests.Projections;

/// <summary>The newest events in memory.</summary>
public sealed class FeedTailTests
{
    private readonly FeedTail tail = new(4);
    private readonly RecordedEvent[] feed;

    public FeedTailTests()
    {
        feed = [.. Enumerable.Range(1, 12).Select(number => new RecordedEvent(
            Crowd.Of(Crowd.Person(number)), 1, T(number), new SegmentChanged(null, null)))];
        tail.Begin(2);
    }

    [Fact]
    public void It_gives_what_came_after_a_position()
    {
        tail.Add(feed[2..5]);

        tail.Read(2, 10).ShouldBe(feed[2..5]);
        tail.Read(4, 10).ShouldBe(feed[4..5]);
        tail.Read(2, 2).ShouldBe(feed[2..4]);
        tail.Read(5, 10).ShouldBe([]);
    }

    [Fact]
    public void What_has_left_is_for_the_journal_to_give()
    {
        tail.Add(feed[2..5]);
        tail.Add(feed[5..8]);

        tail.Read(3, 10).ShouldBeNull();
        tail.Read(4, 10).ShouldBe(feed[4..8]);
    }

    [Fact]
    public void Of_a_batch_larger_than_itself_it_keeps_the_end()
    {
        tail.Add(feed[2..12]);

        tail.Read(7, 10).ShouldBeNull();
        tail.Read(8, 10).ShouldBe(feed[8..12]);
    }

    [Fact]
    public void Before_its_beginning_and_beyond_its_end_it_knows_nothing()
    {
        tail.Read(1, 10).ShouldBeNull();
        tail.Read(3, 10).ShouldBeNull();
        tail.Read(2, 10).ShouldBe([]);
    }
}
