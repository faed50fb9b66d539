using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Embedded.Tests.Support;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Embedded.Tests;

public sealed class ScheduleTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_wake_up_records_the_stage_when_its_time_comes()
    {
        var time = new ManualTime(Start);
        await using var world = await World.OpenAsync(folder, time: time);
        await world.CreateAsync(stages:
        [
            new Stage(Allows.Submit | Allows.Vote, null),
            new Stage(Allows.None, Instant.From(Start.AddHours(1))),
        ]);
        var before = world.Engine.Head;
        time.Move(TimeSpan.FromHours(1));
        (await world.Engine.WaitAsync(new Position(before.Offset + 1), TimeSpan.FromMinutes(1))).ShouldBeTrue();
        await foreach (var entry in world.Engine.FeedAsync(World.Campaign, before, follow: false))
            EventReader.Read(entry.Body.Span).Event.ShouldBe(new StageEntered(0, 1, Instant.From(Start.AddHours(1)), Scheduled: true));
        (await world.SendAsync(1, new CastApproval(World.Idea(0), true))).Refusal!.Code.ShouldBe(RefusalCode.StageClosed);
    }

    [Fact]
    public async Task A_stage_that_came_due_while_nothing_ran_is_recorded_at_the_start()
    {
        var time = new ManualTime(Start);
        await using (var world = await World.OpenAsync(folder, time: time))
            await world.CreateAsync(stages: [new Stage(Allows.Submit, null), new Stage(Allows.Vote, Instant.From(Start.AddHours(1)))]);

        time.Move(TimeSpan.FromHours(2));
        await using var again = await World.OpenAsync(folder, time: time);
        (await again.Engine.WaitAsync(new Position(5), TimeSpan.FromMinutes(1))).ShouldBeTrue();
        again.Engine.Query(World.Campaign, (board, _) => board.Campaign.CurrentStage).ShouldBe(1);
    }

    [Fact]
    public async Task Event_times_never_run_backwards_by_small_steps_of_the_clock()
    {
        var time = new ManualTime(Start);
        await using var world = await World.OpenAsync(folder, time: time);
        await world.CreateAsync();
        await world.RateAsync(1, 0, 1);
        time.Move(TimeSpan.FromSeconds(-30));
        await world.RateAsync(1, 0, 2);
        time.Move(TimeSpan.FromHours(-1));
        await world.RateAsync(1, 0, 3);
        var times = new List<Instant>();
        await foreach (var entry in world.Engine.FeedAsync(World.Campaign, new Position(4), follow: false))
            times.Add(EventReader.Read(entry.Body.Span).At);
        times.ShouldBe([Instant.From(Start), Instant.From(Start), Instant.From(Start.AddSeconds(-30).AddHours(-1))]);
    }
}
