using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Engine.Tests.Snapshots;

/// <summary>States come back from their snapshots as they were, whatever made them.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void Aggregates_come_back_as_they_were() =>
        Check(world =>
        {
            foreach (var stream in world.Streams.Where(stream => world.State(stream).Version > 0))
            {
                var bytes = AggregateSnapshots.Write(world.State(stream));
                var read = AggregateSnapshots.Read(stream.Kind, bytes);

                Show.Of(read).ShouldBe(Show.Of(world.State(stream)));
                AggregateSnapshots.Write(read).ShouldBe(bytes);
            }
        });

    [Fact]
    public void Boards_come_back_as_they_were_and_go_on_counting_alike() =>
        Check(world =>
        {
            var read = BoardSnapshots.Read(BoardSnapshots.Write(world.Board));
            ShouldBeAlike(read, world.Board);

            var half = new Board();
            foreach (var recorded in world.Feed.Take(world.Feed.Count / 2))
                half.Apply(recorded);
            var resumed = BoardSnapshots.Read(BoardSnapshots.Write(half));
            foreach (var recorded in world.Feed.Skip(world.Feed.Count / 2))
                resumed.Apply(recorded);
            ShouldBeAlike(resumed, world.Board);
        });

    [Fact]
    public void Aggregates_that_come_back_decide_and_go_on_alike() =>
        Check(world =>
        {
            foreach (var run in world.Turns.Where(run => run.Before.Version > 0))
            {
                var read = AggregateSnapshots.Read(run.Stream.Kind, AggregateSnapshots.Write(run.Before));
                var result = Turn.Run(run.Stream, read, run.Command, run.Context);

                result.Refusal.ShouldBe(run.Refusal);
                Show.Of(result.State).ShouldBe(Show.Of(run.After));
            }
        });

    [Fact]
    public void Extreme_values_come_back_as_they_were()
    {
        foreach (var (kind, state) in Extremes.States)
            Show.Of(AggregateSnapshots.Read(kind, AggregateSnapshots.Write(state))).ShouldBe(Show.Of(state));
        ShouldBeAlike(BoardSnapshots.Read(BoardSnapshots.Write(Extremes.Board)), Extremes.Board);
        ShouldBeAlike(BoardSnapshots.Read(BoardSnapshots.Write(new Board())), new Board());
    }

    private static void ShouldBeAlike(Board actual, Board expected)
    {
        Show.Of(actual).ShouldBe(Show.Of(expected));
        Show.Of(actual.Ideas.Select(idea => idea.ToState())).ShouldBe(Show.Of(expected.Ideas.Select(idea => idea.ToState())));
    }

    private static void Check(Action<SmallWorld> check) =>
        Prop.ForAll(Scripts.Any, script =>
        {
            var world = new SmallWorld(script.Rules);
            foreach (var step in script.Steps)
                world.Run(step);
            check(world);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));
}
