using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Conformance.Engine;
using IdeaVote.Engine.Conformance.Support;
using IdeaVote.Engine.Embedded.Tests.Support;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Embedded.Tests;

public sealed class ClockTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

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
        await foreach (var entry in world.Engine.FeedAsync(World.Campaign, OnePartition.At(4), follow: false))
            times.Add(EventReader.Read(entry.Body.Span).At);
        times.ShouldBe([Instant.From(Start), Instant.From(Start), Instant.From(Start.AddSeconds(-30).AddHours(-1))]);
    }
}
