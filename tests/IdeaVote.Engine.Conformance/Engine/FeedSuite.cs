using IdeaVote.Domain.Kernel;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>The feed: every event once, in order, from any cursor on, chained.</summary>
public abstract class FeedSuite : EngineSuite
{
    [Fact]
    public async Task A_cursor_resumes_with_exactly_the_rest_and_the_right_predecessor()
    {
        await CreateAsync();
        await CreateAsync(campaign: Names.Campaign(1));
        for (var voter = 0; voter < 20; voter++)
        {
            await TakenAsync(Voter(voter), Rating(0, 4));
            await TakenAsync(StreamId.Of(Names.Campaign(1), Names.Voter(voter)), Rating(0, 2));
        }
        var all = await Engine.ReadFeedAsync(Campaign);
        all.Count.ShouldBe(24);
        for (var cut = 0; cut <= all.Count; cut++)
        {
            var rest = await Engine.ReadFeedAsync(Campaign, cut == 0 ? Position.Start : all[cut - 1].Position);
            Bytes(rest).ShouldBe(Bytes(all.Skip(cut)));
        }
    }

    [Fact]
    public async Task A_long_feed_is_read_to_its_end_from_anywhere()
    {
        const int Voters = 2_100;
        await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, Voters).Select(voter => TakenAsync(Voter(voter), Rating(0, 4))));
        var all = await Engine.ReadFeedAsync(Campaign);
        all.Count.ShouldBe(Voters + 4);
        all.ShouldBeChained();
        foreach (var cut in new[] { 1, 999, 1_000, 1_001, 2_000, Voters + 3, Voters + 4 })
            Bytes(await Engine.ReadFeedAsync(Campaign, all[cut - 1].Position)).ShouldBe(Bytes(all.Skip(cut)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cursors_and_bytes_stay_good_after_the_engine_ended(bool crash)
    {
        await CreateAsync();
        for (var voter = 0; voter < 10; voter++)
            await TakenAsync(Voter(voter), Rating(0, 4));
        var before = await Engine.ReadFeedAsync(Campaign);
        await (crash ? Host.CrashAsync() : Host.RestartAsync());
        await TakenAsync(Voter(10), Rating(0, 4));
        var after = await Engine.ReadFeedAsync(Campaign);
        after.ShouldBeChained();
        Bytes(after.SkipLast(1)).ShouldBe(Bytes(before));
        foreach (var entry in before)
            Bytes(await Engine.ReadFeedAsync(Campaign, entry.Position)).ShouldBe(Bytes(after.SkipWhile(e => e.Position != entry.Position).Skip(1)));
    }

    [Fact]
    public async Task Following_brings_what_happens_later_and_ends_when_told()
    {
        await CreateAsync();
        var head = (await Engine.ReadFeedAsync(Campaign))[^1].Position;
        using var stop = new CancellationTokenSource();
        await using var feed = Engine.FeedAsync(Campaign, head, follow: true, stop.Token).GetAsyncEnumerator(CancellationToken.None);
        var next = feed.MoveNextAsync().AsTask();
        next.IsCompleted.ShouldBeFalse();
        await TakenAsync(Voter(1), Rating(0, 3));
        (await next.WaitAsync(Patience)).ShouldBeTrue();
        feed.Current.Recorded().Stream.ShouldBe(Voter(1));
        feed.Current.Campaign.ShouldBe(Campaign);
        var last = feed.MoveNextAsync().AsTask();
        last.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(last.WaitAsync(Patience));
    }

    [Fact]
    public async Task Following_a_campaign_that_is_yet_to_come_brings_its_first_event()
    {
        await using var feed = Engine.FeedAsync(Campaign, Position.Start, follow: true).GetAsyncEnumerator();
        var next = feed.MoveNextAsync().AsTask();
        await CreateAsync(campaign: Names.Campaign(1));
        next.IsCompleted.ShouldBeFalse();
        await CreateAsync();
        (await next.WaitAsync(Patience)).ShouldBeTrue();
        feed.Current.Recorded().Stream.ShouldBe(StreamId.Of(Campaign));
    }

    [Fact]
    public async Task Whoever_follows_while_many_vote_gets_every_event_once_and_in_order()
    {
        const int Votes = 500;
        await CreateAsync();
        var followers = Enumerable.Range(0, 3).Select(_ => FollowAsync(4 + Votes)).ToList();
        await Task.WhenAll(Enumerable.Range(0, Votes).Select(voter => TakenAsync(Voter(voter), Rating(voter % 3, 4))));
        var all = await Engine.ReadFeedAsync(Campaign);
        all.ShouldBeChained();
        foreach (var follower in followers)
            Bytes(await follower.WaitAsync(Patience)).ShouldBe(Bytes(all));
    }

    private async Task<List<FeedEntry>> FollowAsync(int count)
    {
        var entries = new List<FeedEntry>();
        await foreach (var entry in Engine.FeedAsync(Campaign, Position.Start, follow: true))
        {
            entries.Add(entry);
            if (entries.Count == count)
                break;
        }
        return entries;
    }

    /// <summary>What a feed holds, partition by partition: each has an order of its own and none among the others.</summary>
    private static List<string> Bytes(IEnumerable<FeedEntry> feed) =>
        [.. feed.OrderBy(entry => entry.Partition).Select(entry => $"{entry.Partition} {Convert.ToHexString(entry.Prev.Span)} {Convert.ToHexString(entry.Body.Span)} {Convert.ToHexString(entry.Hash.Span)}")];
}
