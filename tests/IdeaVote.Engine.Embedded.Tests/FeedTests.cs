using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Embedded.Tests.Support;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Embedded.Tests;

public sealed class FeedTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_cursor_resumes_with_exactly_the_rest_and_the_right_predecessor()
    {
        await using var world = await World.OpenAsync(folder);
        await world.CreateAsync();
        for (var voter = 0; voter < 20; voter++)
            await world.RateAsync(voter, 0, 4);
        var all = await ReadAsync(world, Position.Start);
        all.Count.ShouldBe(24);
        for (var cut = 0; cut < all.Count; cut++)
        {
            var rest = await ReadAsync(world, cut == 0 ? Position.Start : all[cut - 1].Position);
            rest.Select(entry => entry.Position).ShouldBe(all.Skip(cut).Select(entry => entry.Position));
            rest[0].Prev.ToArray().ShouldBe(all[cut].Prev.ToArray());
        }
    }

    [Fact]
    public async Task Following_sees_what_happens_later_and_ends_when_told()
    {
        await using var world = await World.OpenAsync(folder);
        await world.CreateAsync();
        using var stop = new CancellationTokenSource();
        await using var feed = world.Engine.FeedAsync(World.Campaign, world.Engine.Head, follow: true, stop.Token).GetAsyncEnumerator(CancellationToken.None);
        var next = feed.MoveNextAsync();
        next.IsCompleted.ShouldBeFalse();
        await world.RateAsync(1, 0, 3);
        (await next).ShouldBeTrue();
        EventReader.Read(feed.Current.Body.Span).Stream.Kind.ShouldBe(AggregateKind.Voter);
        var last = feed.MoveNextAsync().AsTask();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(last);
    }

    [Fact]
    public async Task Each_stream_stands_in_the_order_of_its_versions()
    {
        await using var world = await World.OpenAsync(folder);
        await world.CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => world.RateAsync(i % 5, i % 3, 1 + i % 5)));
        var versions = new Dictionary<StreamId, long>();
        foreach (var entry in await ReadAsync(world, Position.Start))
        {
            var recorded = EventReader.Read(entry.Body.Span);
            recorded.Version.ShouldBe(versions.GetValueOrDefault(recorded.Stream) + 1);
            versions[recorded.Stream] = recorded.Version;
        }
    }

    private static async Task<List<FeedEntry>> ReadAsync(World world, Position after)
    {
        var entries = new List<FeedEntry>();
        await foreach (var entry in world.Engine.FeedAsync(World.Campaign, after, follow: false))
            entries.Add(entry);
        return entries;
    }
}
